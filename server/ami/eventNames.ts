import { bytesAre } from './lines';
import { type EventShape, eventShape } from './tamper';

export interface EventName {
  readonly text: string;
  readonly wanted: boolean;
  readonly shape: EventShape;
  readonly presence: 'none' | 'change' | 'status';
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

  constructor(wants: ReadonlySet<string> | ((name: string) => boolean)) {
    this.#wants = typeof wants === 'function' ? wants : (name) => wants.has(name);
  }

  read(buffer: Buffer, start: number, end: number): EventName {
    let from = start + 6;
    if (buffer[from] === 32) from++;
    let hash = 0;
    let to = from;
    for (; to < end && buffer[to] !== 13; to++) hash = (Math.imul(hash, 31) + (buffer[to] as number)) | 0;
    const entry = this.#byHash.get(hash);
    if (entry !== undefined && entry.bytes.length === to - from && bytesAre(buffer, from, entry.bytes)) {
      return entry.name;
    }
    return this.#learn(buffer.subarray(from, to), hash);
  }

  #learn(bytes: Buffer, hash: number): EventName {
    const text = bytes.toString('utf8');
    const name: EventName = {
      text,
      wanted: this.#wants(text),
      shape: eventShape(text),
      presence: text === 'PresenceStateChange' ? 'change' : text === 'PresenceStatus' ? 'status' : 'none',
    };
    if (this.#byHash.size < LIMIT) this.#byHash.set(hash, { bytes: Buffer.from(bytes), name });
    return name;
  }
}
