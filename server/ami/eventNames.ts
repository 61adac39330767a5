import { EventForms, type FormBudget } from './forms';
import { bytesAre } from './lines';
import { type EventShape, eventShape } from './tamper';

export interface EventName {
  readonly text: string;
  readonly wanted: boolean;
  readonly shape: EventShape;
  readonly presence: 'none' | 'change' | 'status';
  /** The forms its blocks had; null where a block's form does not tell whether it is genuine. */
  readonly forms: EventForms | null;
}

interface Entry {
  readonly bytes: Buffer;
  readonly name: EventName;
}

/** Names are Asterisk's, about 200; a forger who invents names must not fill the memory. */
const LIMIT = 2_000;

/** Reads the name behind `Event:` without making a string of it, and remembers what the owner said about it. */
export class EventNames {
  readonly #wants: (name: string) => boolean;
  readonly #byHash = new Map<number, Entry>();
  readonly #budget: FormBudget = { learned: 0 };
  /** Offset behind the name read last. */
  end = 0;
  #hash = 0;

  constructor(wants: ReadonlySet<string> | ((name: string) => boolean)) {
    this.#wants = typeof wants === 'function' ? wants : (name) => wants.has(name);
  }

  read(buffer: Buffer, start: number, end: number): EventName {
    const known = this.find(buffer, start, end);
    if (known !== null) return known;
    const from = start + (buffer[start + 6] === 32 ? 7 : 6);
    return this.#learn(buffer.subarray(from, this.end), this.#hash);
  }

  /** The same without learning: null for a name never read before, or not yet whole. */
  find(buffer: Buffer, start: number, end: number): EventName | null {
    const from = start + (buffer[start + 6] === 32 ? 7 : 6);
    let hash = 0;
    let to = from;
    for (; to < end && buffer[to] !== 13; to++) hash = (Math.imul(hash, 31) + (buffer[to] as number)) | 0;
    this.end = to;
    this.#hash = hash;
    const entry = this.#byHash.get(hash);
    return entry !== undefined && entry.bytes.length === to - from && bytesAre(buffer, from, entry.bytes)
      ? entry.name
      : null;
  }

  #learn(bytes: Buffer, hash: number): EventName {
    const text = bytes.toString('utf8');
    const shape = eventShape(text);
    const presence = text === 'PresenceStateChange' ? 'change' : text === 'PresenceStatus' ? 'status' : 'none';
    const forms = presence === 'none' && !shape.freeText ? new EventForms(this.#budget) : null;
    const name: EventName = { text, wanted: this.#wants(text), shape, presence, forms };
    if (this.#byHash.size < LIMIT) this.#byHash.set(hash, { bytes: Buffer.from(bytes), name });
    return name;
  }
}
