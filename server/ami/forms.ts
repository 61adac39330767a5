import type { EventCheck } from './tamper';

/** Larger blocks, and those with more lines, are read line by line every time. */
const MAX_BYTES = 8_192;
const MAX_LINES = 128;
/** Forms of one event: with and without channel variables, a queue's name, a second snapshot … */
const MAX_FORMS = 4;
/** Asterisk has some 200 events; a forger who invents names must not fill the memory. */
const MAX_ALL = 1_000;
const MAX_ASKED = 256;

/** Lines of a snapshot that are never empty. */
const IDS = /(?:Uniqueid|Linkedid)$/;
const CR = 13;
const LF = 10;
const COLON = 58;
const SPACE = 32;

/**
 * The header names of a whole event, in order, as ./tamper found them good. Its verdict depends on the names, on the
 * privilege and on whether uniqueids are empty, so a block that spells the very same names, privilege and line ends needs
 * no second one: to recognise it costs one pass over its bytes, and finds its end and its values.
 */
export class EventForm {
  readonly names: readonly string[];
  readonly hasSnapshot: boolean;
  /** Slot of the ActionID's line in a line table, -1 when there is none. */
  readonly idSlot: number;
  /** Length of each name, and the names one after the other, without the event's own line. */
  readonly #lengths: Uint16Array;
  readonly #bytes: Uint8Array;
  readonly #count: number;
  /** The second line's value, when the check depends on it. */
  readonly #privilege: Uint8Array | null;
  /** 1 for an id that had a value: without one the block wants a closer look. */
  readonly #filled: Uint8Array;
  readonly #asked = new Map<string, number>();

  constructor(
    names: readonly Uint8Array[],
    filled: readonly boolean[],
    check: EventCheck,
    privilege: Uint8Array | null,
  ) {
    const text = names.map((name) => Buffer.from(name).toString('utf8'));
    this.names = text;
    this.hasSnapshot = check.hasSnapshot;
    this.idSlot = check.idSlot;
    this.#count = names.length - 1;
    this.#lengths = Uint16Array.from(names.slice(1), (name) => name.length);
    this.#bytes = Uint8Array.from(Buffer.concat(names.slice(1)));
    this.#privilege = privilege;
    this.#filled = Uint8Array.from(text.slice(1), (name, k) => (filled[k + 1] && IDS.test(name) ? 1 : 0));
  }

  /**
   * The offset behind the block whose second line begins at `from`, or -1 when it is not of this form or has not come
   * whole. Writes four numbers a line to `at` from `slot` on, as ./lines does; `at` null: nobody will read them.
   */
  match(buffer: Uint8Array, from: number, at: Int32Array | null, slot: number): number {
    const lengths = this.#lengths;
    const names = this.#bytes;
    const filled = this.#filled;
    const limit = Math.min(buffer.length, from + MAX_BYTES) - 3;
    let i = from;
    let known = 0;
    for (let line = 0; line < this.#count; line++) {
      const start = i;
      const nameEnd = i + (lengths[line] as number);
      if (nameEnd >= limit || buffer[nameEnd] !== COLON || buffer[nameEnd + 1] !== SPACE) return -1;
      while (i < nameEnd) if (buffer[i++] !== names[known++]) return -1;
      const value = nameEnd + 2;
      i = value;
      for (;;) {
        while (i < limit && buffer[i] !== CR) i++;
        if (i >= limit) return -1;
        if (buffer[i + 1] === LF) break;
        i++;
      }
      if (i === value && filled[line] === 1) return -1;
      if (at !== null) {
        const to = slot + line * 4 + 4;
        at[to] = start;
        at[to + 1] = nameEnd;
        at[to + 2] = value;
        at[to + 3] = i;
      }
      if (line === 0 && this.#privilege !== null && !sameValue(buffer, value, i, this.#privilege)) return -1;
      i += 2;
    }
    return buffer[i] === CR && buffer[i + 1] === LF ? i + 2 : -1;
  }

  get lines(): number {
    return this.#count + 1;
  }

  /** Slot of the first line with this name (without case) in a line table, relative to the block's base; -1: none. */
  slotOf(header: string): number {
    const known = this.#asked.get(header);
    if (known !== undefined) return known;
    const lower = header.toLowerCase();
    const slot = this.names.findIndex((name) => name.toLowerCase() === lower) * 4;
    const found = slot < 0 ? -1 : slot;
    if (this.#asked.size < MAX_ASKED) this.#asked.set(header, found);
    return found;
  }
}

function sameValue(buffer: Uint8Array, from: number, to: number, value: Uint8Array): boolean {
  if (to - from !== value.length) return false;
  for (let i = 0; i < value.length; i++) if (buffer[from + i] !== value[i]) return false;
  return true;
}

/** How many forms one parser has learned. */
export interface FormBudget {
  learned: number;
}

/** The forms in which one event comes, the newest first. */
export class EventForms {
  readonly #forms: EventForm[] = [];
  readonly #budget: FormBudget;

  constructor(budget: FormBudget) {
    this.#budget = budget;
  }

  /** The form of the block whose second line begins at `from`; its end is in `end` then. Only what is `read` is recorded. */
  find(buffer: Uint8Array, from: number, at: Int32Array, slot: number, read: boolean): EventForm | null {
    const forms = this.#forms;
    for (let k = 0; k < forms.length; k++) {
      const form = forms[k] as EventForm;
      const end = form.match(buffer, from, read || form.idSlot >= 0 ? at : null, slot);
      if (end < 0) continue;
      if (k > 0) {
        forms.splice(k, 1);
        forms.unshift(form);
      }
      this.end = end;
      return form;
    }
    return null;
  }

  /** Offset behind the block found last. */
  end = -1;

  /** Remember the form of a block that was just found good; its lines are in `check.lines`. */
  learn(buffer: Uint8Array, check: EventCheck): void {
    const { at, base, count } = check.lines;
    if (count < 2 || count > MAX_LINES || (at[base + count * 4 - 1] as number) - (at[base] as number) > MAX_BYTES)
      return;
    // Known, but met where nothing could be taken for granted: in a silence, or behind an empty line.
    if (this.#forms.some((form) => form.match(buffer, at[base + 4] as number, null, 0) >= 0)) return;
    const names: Uint8Array[] = [];
    const filled: boolean[] = [];
    for (let slot = base; slot < base + count * 4; slot += 4) {
      const nameEnd = at[slot + 1] as number;
      // A line without a colon, or without the one space behind it, is nothing Asterisk prints.
      if (nameEnd === at[slot] || buffer[nameEnd] !== COLON || buffer[nameEnd + 1] !== SPACE) return;
      names.push(Uint8Array.from(buffer.subarray(at[slot], nameEnd)));
      filled.push(at[slot + 2] !== at[slot + 3]);
    }
    const privilege = check.announced ? Uint8Array.from(buffer.subarray(at[base + 6], at[base + 7])) : null;
    if (this.#forms.length >= MAX_FORMS) {
      this.#forms.pop();
    } else if (this.#budget.learned >= MAX_ALL) return;
    else this.#budget.learned++;
    this.#forms.unshift(new EventForm(names, filled, check, privilege));
  }
}
