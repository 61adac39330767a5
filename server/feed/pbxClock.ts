import type { AmiMessage } from '../ami/types';
import { epochSeconds } from './values';

const BUCKET_MS = 60_000;
/** An event is never dated further back than this: a wrong PBX clock must not make a wrong timer. */
const MAX_AGE_MS = 60_000;

/**
 * Turns the PBX's clock into ours. The difference `ours − theirs` is never smaller than the true offset, delay only adds
 * to it; so the smallest difference of the last one to two minutes is the offset. An hours-off or stepping PBX clock
 * therefore never shows in a timer, and an event held up on the way still gets the time at which it happened.
 */
export class PbxClock {
  #bucketStart = 0;
  #current: number | null = null;
  #previous: number | null = null;

  /** A PBX time (epoch ms) seen at `receivedAt`. */
  observe(pbxMs: number, receivedAt: number): void {
    const difference = receivedAt - pbxMs;
    if (this.#current === null) {
      this.#bucketStart = receivedAt;
    } else if (receivedAt - this.#bucketStart >= BUCKET_MS || receivedAt < this.#bucketStart) {
      this.#previous = this.#current;
      this.#current = null;
      this.#bucketStart = receivedAt;
    }
    this.#current = this.#current === null ? difference : Math.min(this.#current, difference);
  }

  /** Milliseconds to add to a PBX time to get ours; 0 while nothing is known. */
  get skewMs(): number {
    if (this.#current === null) return 0;
    return this.#previous === null ? this.#current : Math.min(this.#current, this.#previous);
  }

  /** Epoch ms (ours) of an event: from `Timestamp` (timestampevents=yes) when it has one, else the time of receipt. */
  at(message: AmiMessage, receivedAt: number): number {
    const stamp = epochSeconds(message.get('Timestamp'));
    if (stamp === null) return receivedAt;
    this.observe(stamp, receivedAt);
    return Math.min(receivedAt, Math.max(receivedAt - MAX_AGE_MS, stamp + this.skewMs));
  }

  /** A new connection may lead to another machine. */
  reset(): void {
    this.#current = null;
    this.#previous = null;
  }
}
