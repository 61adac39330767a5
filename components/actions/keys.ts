/** A key with its modifiers: `d`, `shift+d`, `mod+k` (Ctrl, or Cmd on a Mac), `alt+shift+ArrowLeft`, `?`. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

export function pressed(event: KeyPress, keys: string): boolean {
  const parts = keys.split('+');
  const key = parts.pop() ?? '';
  const wants = (name: string) => parts.includes(name);
  if (wants('mod') !== (event.ctrlKey || event.metaKey) || wants('alt') !== event.altKey) return false;
  const letter = /^[a-z]$/.test(key);
  // For signs such as `?` the layout decides whether Shift is held.
  if ((letter || key.length > 1) && wants('shift') !== event.shiftKey) return false;
  return letter ? event.key.toLowerCase() === key : event.key === key;
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
};

/** The keys to draw, one cap each. */
export function keyCaps(keys: string, mac: boolean): string[] {
  return keys.split('+').map((part) => {
    if (part === 'mod') return mac ? '⌘' : 'Ctrl';
    if (part === 'alt') return mac ? '⌥' : 'Alt';
    if (part === 'shift') return mac ? '⇧' : 'Shift';
    return names[part] ?? (part.length === 1 ? part.toUpperCase() : part);
  });
}

export function isMac(): boolean {
  return typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform);
}

/** A text field keeps every key that has no modifier. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input:not([type=checkbox],[type=radio]), textarea, select');
}
