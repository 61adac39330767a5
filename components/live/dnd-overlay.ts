import type { ExtensionRecord } from '@/server/protocol/records';
import type { RecordStore } from './records';
import type { Topics } from './topics';

interface Pending {
  readonly token: number;
  readonly on: boolean;
  readonly by: string | null;
  readonly since: string;
  /** The PBX took it; the record's own word is still to come. */
  accepted: boolean;
  /** Merged once per base record, so that an unchanged extension stays the same object. */
  base: ExtensionRecord | undefined;
  merged: ExtensionRecord | undefined;
}

/** How long an accepted change may wait for the PBX's own word before the record is believed again. */
const confirmMs = 4_000;

/** What the user asked for, shown over the record until the PBX has said it or refused it. */
export class DndOverlay {
  readonly #pending = new Map<string, Pending>();
  #token = 0;

  constructor(
    private readonly records: RecordStore,
    private readonly topics: Topics,
    private readonly later: (run: () => void, ms: number) => () => void,
  ) {}

  extension(number: string): ExtensionRecord | undefined {
    const base = this.records.get('extensions', number);
    const pending = this.#pending.get(number);
    if (!base || !pending) return base;
    if (pending.base !== base || !pending.merged) {
      const { on, by, since } = pending;
      pending.base = base;
      pending.merged = { ...base, dnd: { on, by, since, source: 'panel', note: null, until: null } };
    }
    return pending.merged;
  }

  isPending(number: string): boolean {
    return this.#pending.has(number);
  }

  /** Returns the token to settle it with; a newer change of the same extension outlives an older one. */
  put(number: string, on: boolean, by: string | null, since: string): number {
    this.#token += 1;
    this.#pending.set(number, {
      token: this.#token,
      on,
      by,
      since,
      accepted: false,
      base: undefined,
      merged: undefined,
    });
    this.#changed(number);
    return this.#token;
  }

  accepted(number: string, token: number): void {
    const pending = this.#pending.get(number);
    if (pending?.token !== token) return;
    pending.accepted = true;
    if (this.#confirmed(number, pending)) this.#drop(number);
    else this.later(() => this.#pending.get(number)?.token === token && this.#drop(number), confirmMs);
  }

  refused(number: string, token: number): void {
    if (this.#pending.get(number)?.token === token) this.#drop(number);
  }

  /** The record was changed by the server. */
  changed(number: string): void {
    const pending = this.#pending.get(number);
    if (pending?.accepted && this.#confirmed(number, pending)) this.#pending.delete(number);
  }

  /** After a fresh state. */
  settle(): void {
    for (const number of this.#pending.keys()) this.changed(number);
  }

  #confirmed(number: string, pending: Pending): boolean {
    return this.records.get('extensions', number)?.dnd.on === pending.on;
  }

  #drop(number: string): void {
    this.#pending.delete(number);
    this.#changed(number);
  }

  #changed(number: string): void {
    this.topics.touch(`extensions/${number}`);
    this.topics.touch('extensions');
    this.topics.flush();
  }
}
