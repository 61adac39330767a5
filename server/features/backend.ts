import type { BackendId, FeatureKey, FeatureSource } from '../protocol/records';
import type { FeatureValues } from './values';

/** What a backend has to know of a person to keep their features. */
export interface Person {
  /** Extension number. */
  readonly number: string;
  /** `PJSIP/101`, in the order of the hint. */
  readonly devices: readonly string[];
  /** `CustomPresence:101` when a hint names one or Asterisk lists one; else null. */
  readonly presentity: string | null;
}

/**
 * `done`: the backend holds it now; `warning` says in words what else went wrong (a lamp that may be stale).
 * `refused`: it does not and will not; `away`: it could not be asked, or did not answer in time. `message` is one
 * sentence for a person, with the other side's own words.
 */
export type WriteOutcome =
  | { readonly kind: 'done'; readonly warning?: string }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'away'; readonly message: string };

/** A slot to be written. */
export interface WriteRequest {
  readonly person: Person;
  readonly slot: string;
  /** Canonical text to hold: what `view` gave. */
  readonly held: string;
  /** What is true now; `held` was made of it. */
  readonly values: FeatureValues;
  /** The note of a do-not-disturb, for backends that can carry it; else null. */
  readonly note: string | null;
}

/**
 * One system that keeps features. It keeps each person's in named *slots*, one value each, written as canonical text: two
 * texts are equal if and only if the system holds the same. Laws (checked by `backendLaws`, features/testing.ts), for every
 * slot and all values `v`, and every text `h` it can hold:
 *   1. merge(slot, view(slot, v), v) = v — to find what is wanted changes nothing.
 *   2. view(slot, merge(slot, h, v)) = h — what was found needs no writing back.
 * A backend decides nothing: which value is true, when to write and when to try again is availability.ts's (SPEC.md).
 */
export interface FeatureBackend {
  readonly id: BackendId;
  /** What the history calls a change that came from it. */
  readonly source: FeatureSource;
  /** For people: `AstDB`, `FOP2`, `phone presence`, `OpenSIPS`. */
  readonly label: string;
  /** `ami`: reached through the PBX link, read at every start. `own`: by its own wire; it asks us, we cannot ask it. */
  readonly link: 'ami' | 'own';
  /** Slots it keeps for that person; none: it has no say. Must be cheap. */
  slots(person: Person): readonly string[];
  /** The features a slot is made of. */
  features(slot: string): readonly FeatureKey[];
  view(slot: string, values: FeatureValues): string;
  merge(slot: string, held: string, values: FeatureValues): FeatureValues;
  /** Never rejects; a PBX that is away is an outcome. Not called twice at once for one slot. */
  write(request: WriteRequest): Promise<WriteOutcome>;
  /** What the slot holds now; null: it cannot be asked. Rejects when the link is gone. */
  read(person: Person, slot: string): Promise<string | null>;
  /** Writes the slot's mirrors anew (lamps that say otherwise): what it holds decides. Never rejects. */
  repair?(person: Person, slot: string, held: string): Promise<WriteOutcome>;
  /** Works, but not in full, in words for a person; null: in full, as far as is known. */
  problem(): string | null;
}
