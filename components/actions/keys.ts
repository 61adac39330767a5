/**
 * A key with its modifiers: `d`, `shift+d`, `mod+k` (Ctrl, or Cmd on a Mac), `alt+shift+ArrowLeft`, `?`; keys of the
 * number block by their place, whatever they type: `NumpadAdd`.
 */
export interface KeyPress {
  readonly key: string;
  /** The place on the keyboard; some virtual keyboards tell none. */
  readonly code?: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** The modifiers in front, and the key at the end, which may be `+` itself. */
function split(keys: string): { readonly held: readonly string[]; readonly key: string } {
  const at = keys.length < 2 ? -1 : keys.lastIndexOf('+', keys.length - 2);
  return { held: at < 0 ? [] : keys.slice(0, at).split('+'), key: keys.slice(at + 1) };
}

export function pressed(event: KeyPress, keys: string): boolean {
  const { held, key } = split(keys);
  const wants = (name: string) => held.includes(name);
  if (wants('mod') !== (event.ctrlKey || event.metaKey) || wants('alt') !== event.altKey) return false;
  const letter = /^[a-z]$/.test(key);
  // For signs such as `?` the layout decides whether Shift is held.
  if ((letter || key.length > 1) && wants('shift') !== event.shiftKey) return false;
  if (key.startsWith('Numpad')) return event.code === key;
  if (!letter) return event.key === key;
  // With Alt a Mac types another sign.
  return event.key.toLowerCase() === key || (event.altKey && event.code === `Key${key.toUpperCase()}`);
}

const alone = /^(?:Shift|Control|Alt|AltGraph|Meta|OS|Fn|Dead|Process|Unidentified)/;

/** What was pressed, as it is written here; null: a modifier alone, or nothing that can be told again. */
export function keysOfPress(event: KeyPress): string | null {
  if (alone.test(event.key)) return null;
  const held = [event.ctrlKey || event.metaKey ? 'mod' : '', event.altKey ? 'alt' : ''];
  const plain = /^Key[A-Z]$/.test(event.code ?? '') && event.altKey ? (event.code ?? '').slice(3) : event.key;
  const key = event.code?.startsWith('Numpad') ? event.code : plain.length === 1 ? plain.toLowerCase() : plain;
  const shift = event.shiftKey && (/^[a-z]$/.test(key) || key.length > 1) ? 'shift' : '';
  return [...held, shift, key].filter(Boolean).join('+');
}

const names: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  ' ': 'Space',
  NumpadAdd: 'Num +',
  NumpadSubtract: 'Num −',
  NumpadMultiply: 'Num ×',
  NumpadDivide: 'Num ÷',
  NumpadDecimal: 'Num .',
  NumpadEnter: 'Num Enter',
};

/** The keys to draw, one cap each. */
export function keyCaps(keys: string, mac: boolean): string[] {
  const { held, key } = split(keys);
  return [...held, key].map((part) => {
    if (part === 'mod') return mac ? '⌘' : 'Ctrl';
    if (part === 'alt') return mac ? '⌥' : 'Alt';
    if (part === 'shift') return mac ? '⇧' : 'Shift';
    return names[part] ?? (part.length === 1 ? part.toUpperCase() : part.replace(/^Numpad(?=\d)/, 'Num '));
  });
}

/** The same in one line of text. */
export function keyText(keys: string, mac: boolean): string {
  return keyCaps(keys, mac).join('+');
}

export function isMac(): boolean {
  return typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform);
}

/** F2 and its like type nothing: they work while a text field has the focus. */
export function isFunctionKey(event: KeyPress): boolean {
  return /^F\d{1,2}$/.test(event.key);
}

/** A text field keeps every key that has no modifier. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input:not([type=checkbox],[type=radio]), textarea, select');
}
