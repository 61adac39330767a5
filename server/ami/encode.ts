import { AmiFieldError } from './errors';
import type { AmiFields } from './types';

/**
 * `get_input` of main/manager.c reads into 1,024 bytes; a line that fills them without its LF inside is discarded. So a
 * line is at most 1,024 bytes with its CRLF.
 */
export const MAX_LINE_BYTES = 1_024;
/** `AST_MAX_MANHEADERS`; the lines of an action, Action and ActionID included. */
export const MAX_HEADERS = 128;

/** Tab and what is above space may stand in a value; every other control character (C0, DEL) is refused. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;
/** With the u flag only a surrogate without its partner matches. */
const HALF_CHARACTER = /[\ud800-\udfff]/u;
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9_-]*$/;
/** What the client sets itself; a field of this name would make a second action or break the correlation. */
const RESERVED = new Set(['action', 'actionid']);

/**
 * The bytes of one action. Throws AmiFieldError, naming the field and never repeating its value, for anything Asterisk
 * would read as another line, cut, or discard.
 */
export function encodeAction(name: string, actionId: string, fields: AmiFields = {}): Buffer {
  const lines = [line('Action', name), line('ActionID', actionId)];
  for (const field of Object.keys(fields)) {
    const value = fields[field];
    if (value === undefined) continue;
    if (!HEADER_NAME.test(field)) throw new AmiFieldError(printable(field), 'is not a header name');
    if (RESERVED.has(field.toLowerCase())) throw new AmiFieldError(field, 'is set by the client itself');
    if (isList(value)) for (const item of value) lines.push(line(field, item));
    else lines.push(line(field, scalar(field, value)));
    if (lines.length > MAX_HEADERS) throw new AmiFieldError(field, `makes more than ${MAX_HEADERS} lines`);
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'utf8');
}

function isList(value: string | number | boolean | readonly string[]): value is readonly string[] {
  return Array.isArray(value);
}

function scalar(field: string, value: string | number | boolean): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new AmiFieldError(field, 'is not a number');
  return String(value);
}

function line(field: string, value: string): string {
  if (typeof value !== 'string') throw new AmiFieldError(field, 'is not a text');
  const bad = CONTROL.exec(value);
  if (bad !== null) throw new AmiFieldError(field, `holds ${controlName(bad[0])}`);
  if (HALF_CHARACTER.test(value)) throw new AmiFieldError(field, 'holds half a character');
  const text = `${field}: ${value}`;
  if (Buffer.byteLength(text) + 2 > MAX_LINE_BYTES)
    throw new AmiFieldError(field, `is longer than ${MAX_LINE_BYTES} bytes`);
  return text;
}

function controlName(char: string): string {
  if (char === '\r') return 'a carriage return';
  if (char === '\n') return 'a line feed';
  if (char === '\0') return 'a NUL';
  return `control character ${char.charCodeAt(0)}`;
}

function printable(field: string): string {
  return (
    JSON.stringify(field.slice(0, 60))
      .slice(1, -1)
      .replace(/[\u007f-\u009f]/g, '\uFFFD') || '(empty)'
  );
}
