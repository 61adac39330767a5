import type { ExtensionRecord, FeatureKey } from '@/server/protocol/records';
import type { RecordStore } from './records';
import type { Topics } from './topics';

/** What a user asked for: how it looks on the record, and whether the record says it by itself. */
export interface Wish {
  readonly feature: FeatureKey;
  over(record: ExtensionRecord): ExtensionRecord;
  met(record: ExtensionRecord): boolean;
}

/** To settle a wish with; a newer wish for the same feature of the same person outlives it. */
export interface Shown {
  accepted(): void;
  refused(): void;
}

interface Pending {
  readonly wish: Wish;
  /** The server took it; the record's own word is still to come. */
  accepted: boolean;
}

interface Merged {
  readonly base: ExtensionRecord;
  readonly record: ExtensionRecord;
}

/** How long an accepted wish may wait for the record's own word before the record is believed again. */
const confirmMs = 4_000;

/** What users asked for, shown over the records until the server has said it or refused it. */
export class Overlay {
  readonly #pending = new Map<string, Map<FeatureKey, Pending>>();
  /** Merged once per base record, so that an unchanged extension stays the same object. */
  readonly #merged = new Map<string, Merged>();

  constructor(
    private readonly records: RecordStore,
    private readonly topics: Topics,
    private readonly later: (run: () => void, ms: number) => () => void,
  ) {}

  extension(number: string): ExtensionRecord | undefined {
    const base = this.records.get('extensions', number);
    const pending = this.#pending.get(number);
    if (!base || !pending) return base;
    const known = this.#merged.get(number);
    if (known?.base === base) return known.record;
    let record = base;
    for (const { wish } of pending.values()) record = wish.over(record);
    this.#merged.set(number, { base, record });
    return record;
  }

  /** Without `feature`: any of them. */
  isPending(number: string, feature?: FeatureKey): boolean {
    const pending = this.#pending.get(number);
    return pending !== undefined && (feature === undefined || pending.has(feature));
  }

  /** Several at once are one change to who listens. */
  put(numbers: readonly string[], wish: Wish): ReadonlyMap<string, Shown> {
    const shown = new Map(numbers.map((number) => [number, this.#put(number, wish)]));
    this.topics.flush();
    return shown;
  }

  /** The record was changed by the server. */
  changed(number: string): void {
    const base = this.records.get('extensions', number);
    for (const [feature, { wish, accepted }] of this.#pending.get(number) ?? []) {
      if (accepted && (!base || wish.met(base))) this.#remove(number, feature);
    }
  }

  /** After a fresh state. */
  settle(): void {
    for (const number of [...this.#pending.keys()]) this.changed(number);
  }

  #put(number: string, wish: Wish): Shown {
    const pending: Pending = { wish, accepted: false };
    const all = this.#pending.get(number) ?? new Map<FeatureKey, Pending>();
    all.set(wish.feature, pending);
    this.#pending.set(number, all);
    this.#touch(number);
    const isLast = () => this.#pending.get(number)?.get(wish.feature) === pending;
    const drop = () => {
      if (!isLast()) return;
      this.#remove(number, wish.feature);
      this.#touch(number);
      this.topics.flush();
    };
    const accepted = () => {
      if (!isLast()) return;
      pending.accepted = true;
      const base = this.records.get('extensions', number);
      if (!base || wish.met(base)) drop();
      else this.later(drop, confirmMs);
    };
    return { accepted, refused: drop };
  }

  #remove(number: string, feature: FeatureKey): void {
    const all = this.#pending.get(number);
    all?.delete(feature);
    if (all?.size === 0) this.#pending.delete(number);
    this.#merged.delete(number);
  }

  #touch(number: string): void {
    this.#merged.delete(number);
    this.topics.touch(`extensions/${number}`);
    this.topics.touch('extensions');
  }
}
