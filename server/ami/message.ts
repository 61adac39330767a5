import { type EscapeRule, isEscaped, unescapeC } from './escape';
import type { EventForm } from './forms';
import { bytesAreNoCase, type LineTable } from './lines';
import type { AmiMessage } from './types';

interface HeaderKey {
  readonly lower: string;
  readonly bytes: Buffer;
}

const KEY_CACHE_LIMIT = 1_000;
/** Blocks up to this size are decoded at once when they are ASCII; of larger ones only what is asked for. */
const WHOLE_LIMIT = 4_096;
const keys = new Map<string, HeaderKey>();

/** A header's name made ready for comparison; names come from our own code, so the cache stays small, and is bounded. */
function headerKey(header: string): HeaderKey {
  const known = keys.get(header);
  if (known !== undefined) return known;
  const lower = header.toLowerCase();
  const key = { lower, bytes: Buffer.from(lower, 'utf8') };
  if (keys.size < KEY_CACHE_LIMIT) keys.set(header, key);
  return key;
}

/** A block whose headers are found by their bytes and decoded only when somebody reads them. */
export class AmiBlock implements AmiMessage {
  readonly #buffer: Buffer;
  readonly #at: Int32Array;
  readonly #base: number;
  readonly #end: number;
  readonly #rule: EscapeRule;
  readonly #form: EventForm | null;
  readonly #ascii: boolean;
  /** The whole block when it is ASCII (then offsets are the same), '' when it is not, null before the first look. */
  #text: string | null = null;
  /** False when no value of the block can hold an escape. */
  #escapes = true;

  constructor(
    readonly kind: 'event' | 'response',
    readonly name: string,
    buffer: Buffer,
    lines: LineTable,
    rule: EscapeRule,
    /** Where its headers are, when that is known; and whether all its bytes are known to be ASCII. */
    form: EventForm | null = null,
    ascii = false,
  ) {
    this.#buffer = buffer;
    this.#base = lines.base;
    this.#end = lines.base + lines.count * 4;
    this.#at = lines.claim();
    this.#rule = rule;
    this.#form = form;
    this.#ascii = ascii;
  }

  get(header: string): string | undefined {
    const form = this.#form;
    if (form !== null) {
      const known = form.slotOf(header);
      return known < 0 ? undefined : this.#known(known + this.#base, header);
    }
    const key = headerKey(header);
    const slot = this.#find(key, this.#base);
    return slot < 0 ? undefined : this.#value(slot, key.lower);
  }

  all(header: string): readonly string[] {
    const key = headerKey(header);
    const values: string[] = [];
    for (let slot = this.#find(key, this.#base); slot >= 0; slot = this.#find(key, slot + 4)) {
      values.push(this.#value(slot, key.lower));
    }
    return values;
  }

  *entries(): IterableIterator<readonly [string, string]> {
    for (let slot = this.#base; slot < this.#end; slot += 4) {
      const name = this.#slice(this.#at[slot] as number, this.#at[slot + 1] as number);
      const raw = this.#slice(this.#at[slot + 2] as number, this.#at[slot + 3] as number);
      const escaped = raw.includes('\\') && isEscaped(this.#rule, name.toLowerCase());
      yield [name, escaped ? unescapeC(raw) : raw];
    }
  }

  #find(key: HeaderKey, from: number): number {
    const at = this.#at;
    const length = key.bytes.length;
    for (let slot = from; slot < this.#end; slot += 4) {
      const start = at[slot] as number;
      if ((at[slot + 1] as number) - start === length && bytesAreNoCase(this.#buffer, start, key.bytes)) return slot;
    }
    return -1;
  }

  #known(slot: number, header: string): string {
    const raw = this.#slice(this.#at[slot + 2] as number, this.#at[slot + 3] as number);
    return this.#escapes && raw.includes('\\') && isEscaped(this.#rule, header.toLowerCase()) ? unescapeC(raw) : raw;
  }

  #value(slot: number, lower: string): string {
    const raw = this.#slice(this.#at[slot + 2] as number, this.#at[slot + 3] as number);
    return raw.includes('\\') && isEscaped(this.#rule, lower) ? unescapeC(raw) : raw;
  }

  #slice(from: number, to: number): string {
    if (this.#text === null) {
      this.#text = this.#decodeWhole();
      this.#escapes = this.#rule !== 'none' && (this.#text === '' || this.#text.includes('\\'));
    }
    if (this.#text === '') return this.#buffer.toString('utf8', from, to);
    const start = this.#at[this.#base] as number;
    return this.#text.slice(from - start, to - start);
  }

  #decodeWhole(): string {
    if (this.#end === this.#base) return '';
    const start = this.#at[this.#base] as number;
    const end = this.#at[this.#end - 1] as number;
    if (end - start > WHOLE_LIMIT) return '';
    if (this.#ascii) return this.#buffer.toString('latin1', start, end);
    const text = this.#buffer.toString('utf8', start, end);
    // Anything but ASCII takes more bytes than characters (an invalid byte becomes U+FFFD, seen below).
    return text.length === end - start && !text.includes('\uFFFD') ? text : '';
  }
}

const RAW_HEADER = /^(Response|Privilege|ActionID|Message):[ ]?([^\r\n]*)\r\n/;

/** The answer of `Command` on Asterisk ≤ 13: a few headers, then raw text; each line of it is an `Output` value. */
export class RawTextBlock implements AmiMessage {
  readonly kind = 'response';
  readonly name = 'Follows';
  readonly #headers: readonly (readonly [string, string])[];

  constructor(text: string) {
    const headers: (readonly [string, string])[] = [];
    let rest = text;
    for (let header = RAW_HEADER.exec(rest); header !== null; header = RAW_HEADER.exec(rest)) {
      headers.push([header[1] ?? '', header[2] ?? '']);
      rest = rest.slice(header[0].length);
    }
    const lines = rest.split(/\r?\n/);
    if (lines.at(-1) === '') lines.pop();
    for (const line of lines) headers.push(['Output', line]);
    this.#headers = headers;
  }

  get(header: string): string | undefined {
    return this.all(header)[0];
  }

  all(header: string): readonly string[] {
    const lower = header.toLowerCase();
    return this.#headers.filter(([name]) => name.toLowerCase() === lower).map(([, value]) => value);
  }

  entries(): IterableIterator<readonly [string, string]> {
    return this.#headers[Symbol.iterator]();
  }
}
