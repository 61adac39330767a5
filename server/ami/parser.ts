import { isAscii } from 'node:buffer';
import { ByteStore } from './byteStore';
import { escapeRule } from './escape';
import { EventNames } from './eventNames';
import type { EventForm } from './forms';
import { bytesAre, bytesAreNoCase, LineTable, scanLines } from './lines';
import { AmiBlock, RawTextBlock } from './message';
import { PresenceGuard } from './presenceGuard';
import { EventCheck, type TamperReason } from './tamper';
import type { AmiMessage } from './types';

/** What the owner of a parser gives it. Nothing here may throw. */
export interface ParserOwner {
  /** Event names worth decoding; asked once per name. */
  readonly wants: ReadonlySet<string> | ((name: string) => boolean);
  /** A whole message; `actionId` is the ActionID it carries. Unwanted events come only with an ActionID of ours. */
  message(message: AmiMessage, actionId: string | undefined): void;
  /** The first line of the connection, without CRLF; return false when it is not Asterisk's: the rest is dropped. */
  greeting?(line: string): boolean;
  /** True for an ActionID of ours that is still unanswered: nobody outside can know it, so it proves a block genuine. */
  isOurs?(actionId: string): boolean;
  /**
   * A forged or broken block was seen. Everything is dropped until a block with an ActionID of ours arrives, so send a
   * Ping with a new one. Called once for each such silence.
   */
  tamper?(reason: TamperReason, excerpt: string): void;
}

export interface ParserLimits {
  /** Largest event, bytes. */
  readonly eventBytes: number;
  /** Largest answer (`Command` gives megabytes), bytes. */
  readonly answerBytes: number;
}

const DEFAULT_LIMITS: ParserLimits = { eventBytes: 1_048_576, answerBytes: 33_554_432 };
const GREETING_LIMIT = 1_024;
const EXCERPT = 200;
/** Longer names are looked at when the block is whole. */
const NAME_LIMIT = 256;
const BLOCK_END = Buffer.from('\r\n\r\n');
const EVENT = Buffer.from('Event:');
const RESPONSE = Buffer.from('Response:');
const FOLLOWS = Buffer.from('Response: Follows\r\n');
const RAW_END = Buffer.from('--END COMMAND--');
const RAW_BLOCK_END = Buffer.from('--END COMMAND--\r\n\r\n');
const ACTION_ID = Buffer.from('actionid');
const HINT = Buffer.from('hint');
const PRESENTITY = Buffer.from('presentity');
const SUBTYPE = Buffer.from('subtype');
const MESSAGE = Buffer.from('message');
/** Slot of the line behind `Event`: Asterisk prints an ActionID there or at the end. */
const SECOND_LINE = 4;

/**
 * Bytes in, messages out. Any chunking gives the same messages. A block nobody wants is checked for forgery and otherwise
 * left alone. Give one parser to one connection.
 */
export class AmiParser {
  readonly stats = { bytes: 0, blocks: 0, parsed: 0, incidents: 0, dropped: 0 };
  readonly #owner: ParserOwner;
  readonly #limits: ParserLimits;
  readonly #names: EventNames;
  readonly #lines = new LineTable();
  readonly #check = new EventCheck(this.#lines);
  readonly #store = new ByteStore();
  readonly #presence = new PresenceGuard();
  /** Free text may end in line breaks of its own: an empty line behind it says nothing. */
  #afterFreeText = false;
  /** Whether the bytes in hand are ASCII; null until somebody reads them. */
  #ascii: boolean | null = null;
  #greeted: boolean;
  #dead = false;
  /** The head of an oversized block was thrown away; its end still has to come. */
  #overflow = false;
  /** 'before': a block with an ActionID of ours ends the silence; 'after': the first such block is itself the cut rest. */
  #silence: 'none' | 'before' | 'after' = 'none';

  constructor(owner: ParserOwner, limits: Partial<ParserLimits> = {}) {
    this.#owner = owner;
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#names = new EventNames(owner.wants);
    this.#greeted = owner.greeting === undefined;
  }

  /** True while blocks are dropped because forged ones may be among them. */
  get silent(): boolean {
    return this.#silence !== 'none';
  }

  /** The connection is over: nothing more is delivered, also not from the bytes being read right now. */
  stop(): void {
    this.#dead = true;
  }

  /** Take the next bytes. The parser keeps references into `chunk`, so the caller must not write to it again. */
  write(chunk: Buffer): void {
    this.stats.bytes += chunk.length;
    if (this.#dead || chunk.length === 0) return;
    const store = this.#store;
    const buffer = store.append(chunk);
    let start = 0;
    if (!this.#greeted) {
      start = this.#readGreeting(buffer);
      if (start < 0) return;
    }
    this.#ascii = null;
    let from = Math.max(start, store.searched - BLOCK_END.length + 1);
    for (;;) {
      const next = this.#known(buffer, start);
      if (next >= 0) {
        if (this.#dead) return;
        start = next;
        from = next;
        continue;
      }
      const end = this.#findEnd(buffer, start, from);
      if (end < 0) break;
      if (this.#overflow) this.#overflow = false;
      else this.#block(buffer, start, end);
      if (this.#dead) return;
      start = end + BLOCK_END.length;
      from = start;
    }
    this.#keep(buffer, start);
  }

  #readGreeting(buffer: Buffer): number {
    const end = buffer.indexOf('\n');
    if (end < 0 && buffer.length <= GREETING_LIMIT) {
      this.#store.keep(buffer, 0);
      return -1;
    }
    const line = buffer.toString('utf8', 0, Math.min(end < 0 ? buffer.length : end, GREETING_LIMIT)).replace(/\r$/, '');
    this.#greeted = true;
    if (this.#owner.greeting?.(line) === false) {
      this.#dead = true;
      return -1;
    }
    return end + 1;
  }

  /** Offset of the CRLF CRLF that ends the block at `start`, or -1 while it has not come. */
  #findEnd(buffer: Buffer, start: number, from: number): number {
    let end = buffer.indexOf(BLOCK_END, from);
    if (end < 0 || this.#overflow || !this.#isRawAnswer(buffer, start, end)) return end;
    if (bytesAre(buffer, end - RAW_END.length, RAW_END)) return end;
    end = buffer.indexOf(RAW_BLOCK_END, Math.max(start, this.#store.searched - RAW_BLOCK_END.length));
    return end < 0 ? -1 : end + RAW_END.length;
  }

  /** Asterisk ≤ 13 answers `Command` with raw text; believed only with an ActionID of ours, else it could swallow all. */
  #isRawAnswer(buffer: Buffer, start: number, end: number): boolean {
    if (buffer[start] !== 82 || end - start < FOLLOWS.length || !bytesAre(buffer, start, FOLLOWS)) return false;
    scanLines(buffer, start, Math.min(end, start + GREETING_LIMIT), this.#lines, 4);
    const slot = this.#findActionId(buffer);
    return slot >= 0 && this.#isOurs(buffer, slot);
  }

  #keep(buffer: Buffer, start: number): void {
    const rest = buffer.length - start;
    const answer = rest >= RESPONSE.length && bytesAre(buffer, start, RESPONSE);
    if (this.#overflow || rest > (answer ? this.#limits.answerBytes : this.#limits.eventBytes)) {
      if (!this.#overflow) this.#distrust('oversizedBlock', buffer, start, buffer.length, 'before');
      this.#overflow = true;
      this.#store.keep(buffer, Math.max(start, buffer.length - BLOCK_END.length + 1));
      return;
    }
    this.#store.keep(buffer, start);
  }

  /** Takes the block at `start` when its form is known to be good; the offset behind it, or -1 when it is not. */
  #known(buffer: Buffer, start: number): number {
    if (buffer[start] !== 69 || this.#silence !== 'none' || this.#overflow) return -1;
    if (!bytesAre(buffer, start, EVENT)) return -1;
    const name = this.#names.find(buffer, start, Math.min(buffer.length, start + NAME_LIMIT));
    if (name === null || name.forms === null) return -1;
    const { forms, wanted } = name;
    const lineEnd = this.#names.end;
    if (buffer[lineEnd] !== 13 || buffer[lineEnd + 1] !== 10) return -1;
    const lines = this.#lines;
    lines.begin();
    const form = forms.find(buffer, lineEnd + 2, lines.at, lines.base, wanted);
    if (form === null) return -1;
    this.stats.blocks++;
    this.#afterFreeText = false;
    if (form.idSlot < 0 && !wanted) return forms.end;
    lines.count = form.lines;
    this.#firstLine(start, lineEnd, buffer[start + 6] === 32 ? 7 : 6);
    const ours = form.idSlot >= 0 && this.#isOurs(buffer, form.idSlot);
    if (wanted || ours) this.#deliver(buffer, name.text, form.hasSnapshot, form.idSlot, form);
    return forms.end;
  }

  #firstLine(start: number, end: number, value: number): void {
    const { at, base } = this.#lines;
    at[base] = start;
    at[base + 1] = start + 5;
    at[base + 2] = start + value;
    at[base + 3] = end;
  }

  #block(buffer: Buffer, blockStart: number, end: number): void {
    let start = blockStart;
    this.stats.blocks++;
    const trailing = this.#afterFreeText;
    this.#afterFreeText = false;
    if (buffer[start] === 13 && buffer[start + 1] === 10) {
      if (!trailing) this.#distrust('doubleBlankLine', buffer, start, end, 'before');
      while (start < end && buffer[start] === 13 && buffer[start + 1] === 10) start += 2;
      if (start >= end) return;
    }
    if (buffer[start] === 69 && bytesAre(buffer, start, EVENT)) this.#event(buffer, start, end);
    else if (buffer[start] === 82 && bytesAre(buffer, start, RESPONSE)) this.#response(buffer, start, end);
    else this.#distrust('unknownFirstHeader', buffer, start, end, 'before');
  }

  #response(buffer: Buffer, start: number, end: number): void {
    const raw = this.#isRawAnswer(buffer, start, end);
    scanLines(buffer, start, raw ? Math.min(end, start + GREETING_LIMIT) : end, this.#lines, raw ? 4 : Infinity);
    const slot = this.#findActionId(buffer);
    // Nobody waits for an answer without an ActionID of ours: it is foreign or forged, and changes nothing.
    if (this.#owner.isOurs !== undefined && (slot < 0 || !this.#isOurs(buffer, slot))) {
      this.stats.dropped++;
      return;
    }
    this.#silence = 'none';
    this.stats.parsed++;
    const id = slot < 0 ? undefined : this.#text(buffer, slot);
    const word = this.#text(buffer, 0);
    const message = raw
      ? new RawTextBlock(buffer.toString('utf8', start, end - RAW_END.length))
      : new AmiBlock('response', word, buffer, this.#lines, 'none');
    this.#owner.message(message, id);
  }

  #event(buffer: Buffer, start: number, end: number): void {
    const name = this.#names.read(buffer, start, end);
    const check = this.#check;
    this.#afterFreeText = name.shape.freeText;
    // Free text cannot be judged; nobody wants it, and no list of ours has it.
    if (name.shape.freeText && !name.wanted && this.#silence === 'none') return;
    check.check(buffer, start, end, name.shape);
    const ours = check.idSlot >= 0 && this.#isOurs(buffer, check.idSlot);
    if (check.reason !== null) {
      const item = !ours && (name.shape.listOnly || !check.announced);
      this.#distrust(check.reason, buffer, start, end, item ? 'after' : 'before');
      return;
    }
    if (!check.free) name.forms?.learn(buffer, check);
    if (this.#silence !== 'none' && !this.#endsSilence(ours, check.idSlot)) {
      this.stats.dropped++;
      return;
    }
    if (name.presence === 'status' && this.#presenceIsForged(buffer)) {
      this.#distrust('repeatedHeader', buffer, start, end, 'before');
      return;
    }
    const warning = name.presence === 'change' && this.#presenceWarns(buffer);
    if (name.wanted || ours) this.#deliver(buffer, name.text, check.hasSnapshot, check.idSlot, null);
    // A list repeats what is known; only the news itself is followed by events that cannot be believed.
    if (warning && !ours) this.#distrust('doubleBlankLine', buffer, start, end, 'before');
  }

  #deliver(buffer: Buffer, name: string, hasSnapshot: boolean, idSlot: number, form: EventForm | null): void {
    this.stats.parsed++;
    const rule = escapeRule(name, hasSnapshot);
    const id = idSlot < 0 ? undefined : this.#text(buffer, idSlot);
    // One look at all that came together is cheaper than one at each block.
    this.#ascii ??= isAscii(buffer.subarray(this.#lines.at[this.#lines.base]));
    this.#owner.message(new AmiBlock('event', name, buffer, this.#lines, rule, form, this.#ascii), id);
  }

  /** True when this block is genuine again; one that may be the cut rest of a list's item ends the silence behind it. */
  #endsSilence(ours: boolean, idSlot: number): boolean {
    if (!ours) return false;
    const genuine = this.#silence === 'before' || idSlot === SECOND_LINE;
    this.#silence = 'none';
    return genuine;
  }

  #presenceIsForged(buffer: Buffer): boolean {
    return this.#presence.distrusts(this.#read(buffer, HINT));
  }

  #presenceWarns(buffer: Buffer): boolean {
    return this.#presence.warns(
      this.#read(buffer, PRESENTITY),
      this.#read(buffer, SUBTYPE),
      this.#read(buffer, MESSAGE),
    );
  }

  /** Value of a header of the current block, undecoded escapes and all; '' when it has none. */
  #read(buffer: Buffer, lower: Buffer): string {
    const slot = this.#find(buffer, lower);
    return slot < 0 ? '' : this.#text(buffer, slot);
  }

  #findActionId(buffer: Buffer): number {
    return this.#find(buffer, ACTION_ID);
  }

  /** Slot of a header's line, relative to the table's base; -1 when there is none. */
  #find(buffer: Buffer, lower: Buffer): number {
    const { at, base, count } = this.#lines;
    for (let slot = 4; slot < count * 4; slot += 4) {
      const start = at[base + slot] as number;
      if ((at[base + slot + 1] as number) - start !== lower.length) continue;
      if (bytesAreNoCase(buffer, start, lower)) return slot;
    }
    return -1;
  }

  #isOurs(buffer: Buffer, slot: number): boolean {
    return this.#owner.isOurs?.(this.#text(buffer, slot)) === true;
  }

  #text(buffer: Buffer, slot: number): string {
    const { at, base } = this.#lines;
    return buffer.toString('utf8', at[base + slot + 2], at[base + slot + 3]);
  }

  #distrust(reason: TamperReason, buffer: Buffer, start: number, end: number, until: 'before' | 'after'): void {
    this.stats.dropped++;
    const already = this.#silence !== 'none';
    // Without ActionIDs to wait for (a recording read again) nothing could end the silence: drop the block alone.
    if (this.#owner.isOurs !== undefined) this.#silence = until;
    if (already || this.#owner.tamper === undefined) return;
    this.stats.incidents++;
    this.#owner.tamper(reason, excerptOf(buffer, start, end));
  }
}

/** The first 200 characters of a doubtful block, on one line and without control characters. */
function excerptOf(buffer: Buffer, start: number, end: number): string {
  const text = buffer.toString('utf8', start, Math.min(end, start + EXCERPT * 4)).slice(0, EXCERPT);
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/[\u007f-\u009f\u2028\u2029]/g, '\uFFFD');
}
