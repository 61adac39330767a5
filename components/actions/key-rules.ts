/** Which keys may be given to an action, and who else has them. */

const walking = new Set(['Tab', 'Enter', 'Escape', ' ', 'Home', 'End', 'PageUp', 'PageDown', 'Backspace', 'Delete']);
const arrows = /^Arrow/;
const browserFunctionKeys = new Set(['F1', 'F3', 'F5', 'F6', 'F7', 'F10', 'F11', 'F12']);
/** Of Chrome, Firefox, Edge and Safari, with Ctrl or Cmd. */
const browserLetters = new Set('abcdefghijlmnopqrstuvwxyz'.split(''));
const readers = new Set([
  'Insert',
  'CapsLock',
  'NumLock',
  'ScrollLock',
  'ContextMenu',
  'Numpad0',
  'Pause',
  'PrintScreen',
]);

/** Why this key cannot be given to an action, in one sentence; null: it can. */
export function keyRefusal(keys: string): string | null {
  const parts = keys === '+' ? ['+'] : keys.split(/\+(?=.)/);
  const key = parts.at(-1) ?? '';
  const has = (name: string) => parts.slice(0, -1).includes(name);
  if (readers.has(key)) return 'Screen readers and the system use this key.';
  if (has('mod') && has('alt')) return 'Ctrl with Alt belongs to screen readers, and types signs on some keyboards.';
  if (walking.has(key) || arrows.test(key)) {
    return key === 'Enter' || key === 'Escape'
      ? 'Enter and Esc do what fits the place where you are.'
      : 'This key moves the focus or edits text.';
  }
  if (browserFunctionKeys.has(key) || (key === 'F4' && (has('mod') || has('alt')))) return 'The browser uses this key.';
  if (has('mod')) return withMod(key, has('shift'));
  if (has('alt') && !has('shift')) return 'Alt with a key opens menus of the browser.';
  return null;
}

function withMod(key: string, shift: boolean): string | null {
  if (/^[0-9+\-=]$/.test(key) || /^Numpad/.test(key)) return 'The browser zooms or changes tabs with this key.';
  if (!shift && browserLetters.has(key)) return 'The browser or text fields use this key.';
  if (shift && 'abcijknpqrtwz'.includes(key)) return 'The browser uses this key.';
  return null;
}

export interface Bound {
  readonly id: string;
  /** Where the keys work: a tile's come first while a tile has the focus. */
  readonly place: 'everywhere' | 'tile';
  readonly keys: readonly string[];
}

/** Who else has this key in the same place; null: nobody. */
export function holderOf<B extends Bound>(all: readonly B[], one: Bound, keys: string): B | null {
  return all.find((other) => other.id !== one.id && other.place === one.place && other.keys.includes(keys)) ?? null;
}
