import { limits } from './bytes';

/** One line of a file, as far as it can be said from itself. Texts of comments are not kept: they may hold old secrets. */
export type Line =
  | { readonly kind: 'blank' }
  | { readonly kind: 'comment' }
  | { readonly kind: 'section'; readonly name: string }
  | { readonly kind: 'setting'; readonly key: string; readonly value: string }
  | { readonly kind: 'directive'; readonly name: 'exec' | 'include' }
  | { readonly kind: 'broken'; readonly why: string; readonly section: boolean };

/** Never throws. Keys in small letters; `\;` is a semicolon, any other begins a comment. */
export function readLine(text: string): Line {
  if (text.length > limits.line) return broken(`longer than ${limits.line / 1024} KB`);
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'blank' };
  if (trimmed.startsWith(';')) return { kind: 'comment' };
  const directive = /^#\s*(exec|include|tryinclude)\b/i.exec(trimmed)?.[1]?.toLowerCase();
  if (directive !== undefined) return { kind: 'directive', name: directive === 'exec' ? 'exec' : 'include' };
  if (trimmed.startsWith('#')) return { kind: 'comment' };
  // A tab is the only control character that a person types.
  if (/[^\P{Cc}\t]/u.test(trimmed)) return broken('holds control characters', trimmed.startsWith('['));
  const content = withoutComment(trimmed);
  return content.startsWith('[') ? section(content) : setting(content);
}

function broken(why: string, section = false): Line {
  return { kind: 'broken', why, section };
}

function withoutComment(text: string): string {
  const at = text.search(/(?<!\\);/);
  return (at < 0 ? text : text.slice(0, at)).replaceAll('\\;', ';').trim();
}

function section(text: string): Line {
  const name = /^\[([^[\]]*)\]$/.exec(text)?.[1]?.trim();
  if (name === undefined) return broken('the head of a section that cannot be read', true);
  return name === '' ? broken('a section without a name', true) : { kind: 'section', name };
}

function setting(text: string): Line {
  const at = text.indexOf('=');
  const key = text.slice(0, Math.max(at, 0)).trim().toLowerCase();
  if (key === '') return broken('neither a section nor a key with a value');
  const value = text.slice(at + 1).replace(/^>/, '');
  return { kind: 'setting', key, value: unquoted(value.trim()) };
}

function unquoted(value: string): string {
  return value.length >= 2 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1).trim() : value;
}

/** A key as it may be shown: what does not look like one may be anything, a secret too. */
export function shownKey(key: string): string {
  return /^[a-z][a-z_]{0,39}$/.test(key) ? key : '';
}
