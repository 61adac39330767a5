import type { HeldEvent, ListEvent } from '../pbx/events';
import type { BackendId } from '../protocol/records';
import type { FeatureBackend } from './backend';
import { type PersonState, type Slot, slotKey, unknownHeld } from './person';
import type { Truth } from './truth';
import { nothingSet } from './values';

type HeldList = Extract<ListEvent, { type: 'list.held' }>;

export interface HearingDeps {
  readonly now: () => number;
  readonly backends: () => readonly FeatureBackend[];
  readonly slot: (number: string, backend: BackendId, name: string) => { state: PersonState; slot: Slot } | null;
  /** Everybody who is known. */
  readonly numbers: () => Iterable<string>;
  readonly truth: Truth;
  /** Something was learned of this person. */
  readonly told: (state: PersonState) => void;
  readonly settle: (state: PersonState) => void;
  /** Read this slot again before it is written. */
  readonly verify: (state: PersonState, slot: Slot) => void;
  readonly repair: (number: string, slot: Slot, held: string) => void;
}

/** What is told before the lists are there waits up to here; the lists are newer than most of it. */
const mostWaiting = 50_000;
/** A mirror that goes on disagreeing is somebody else's: it is not repaired again for so long, ms. */
const repairPauseMs = 10_000;

/** Takes what backends say for news, for an echo, or for a first meeting. SPEC E, S */
export class Hearing {
  /** Slots whose list was heard; true: it holds something for somebody. */
  readonly #listed = new Map<string, boolean>();
  readonly #lists = new Map<string, HeldList>();
  #events: HeldEvent[] = [];
  readonly #repairedAt = new Map<string, number>();
  #gathering = false;

  constructor(private readonly deps: HearingDeps) {}

  /** Several lists are being heard: nothing may be written yet. */
  get gathering(): boolean {
    return this.#gathering;
  }

  isListed(backend: FeatureBackend, name: string): boolean {
    return this.#listed.has(slotKey(backend.id, name));
  }

  /** SPEC S3: the slot has a say at a first meeting. */
  decides(slot: Slot): boolean {
    return this.#listed.get(slotKey(slot.backend.id, slot.name)) === true;
  }

  held(event: HeldEvent, connected: boolean): void {
    if (connected) this.#one(event);
    else if (this.#events.length < mostWaiting) this.#events.push(event);
  }

  list(event: HeldList, connected: boolean): void {
    this.#lists.set(slotKey(event.backend, event.slot), event);
    if (connected) this.#hearLists();
  }

  /** SPEC S4: everything of this connection is there. */
  connected(): void {
    this.#hearLists();
    const events = this.#events;
    this.#events = [];
    this.#gather(() => {
      for (const event of events) this.#one(event);
    });
  }

  disconnected(): void {
    this.#lists.clear();
    this.#events = [];
  }

  /** These are met for the first time, or again after a while. */
  forget(backends: readonly FeatureBackend[]): void {
    const ids = backends.map(({ id }) => `${id}/`);
    for (const key of [...this.#listed.keys()]) if (ids.some((id) => key.startsWith(id))) this.#listed.delete(key);
  }

  clear(): void {
    this.disconnected();
    this.#listed.clear();
    this.#repairedAt.clear();
  }

  /** One slot holds this now. */
  hear(
    state: PersonState,
    slot: Slot,
    text: string,
    at: number,
    since: string | null = new Date(at).toISOString(),
  ): void {
    slot.touchedAt = this.deps.now();
    if (this.#isEcho(state, slot, text) || text === slot.held) return;
    const now = this.deps.now();
    const contested = slot.busy !== null || slot.expected.some(({ until }) => until > now);
    slot.held = text;
    const { backend, name } = slot;
    const next = backend.merge(name, text, state.values);
    // Before anything is written: which of the two came last there, only a look can tell.
    if (contested) this.deps.verify(state, slot);
    this.deps.truth.change(state, next, { source: backend.source, by: null, since, at });
    if (!this.#gathering) this.deps.settle(state);
  }

  /** SPEC E2 */
  #isEcho(state: PersonState, slot: Slot, text: string): boolean {
    const now = this.deps.now();
    const place = slot.expected.findIndex((echo) => echo.text === text && echo.until > now);
    if (place < 0) return false;
    const isNewest = place === slot.expected.length - 1;
    slot.expected.splice(0, place + 1);
    if (isNewest && slot.held !== text) {
      slot.held = text;
      if (!this.#gathering) this.deps.settle(state);
    }
    return true;
  }

  #one({ backend, number, slot: name, held, at, mirror }: HeldEvent): void {
    const found = this.deps.slot(number, backend, name);
    if (found === null) return;
    const { state, slot } = found;
    this.hear(state, slot, held, at);
    if (mirror !== 'wrong' || slot.held !== held || slot.busy !== null) return;
    const key = `${number}/${slotKey(backend, name)}`;
    const now = this.deps.now();
    if (now - (this.#repairedAt.get(key) ?? Number.NEGATIVE_INFINITY) < repairPauseMs) return;
    if (this.#repairedAt.size >= mostWaiting) this.#repairedAt.clear();
    this.#repairedAt.set(key, now);
    this.deps.repair(number, slot, held);
  }

  #hearLists(): void {
    const lists = this.deps
      .backends()
      .flatMap(({ id }) => [...this.#lists.values()].filter(({ backend }) => backend === id));
    this.#lists.clear();
    const touched = new Set<PersonState>();
    const learned = new Set<PersonState>();
    this.#gather(() => {
      for (const list of lists) this.#meet(list, touched, learned);
      for (const state of learned) this.deps.told(state);
      // The first in the order has the last word.
      for (const list of lists.reverse()) this.#compare(list, touched);
    });
    for (const state of touched) this.deps.settle(state);
  }

  /** SPEC S3 */
  #meet(list: HeldList, touched: Set<PersonState>, learned: Set<PersonState>): void {
    const { rows, empty } = this.#rows(list);
    const used = rows.size > 0;
    const key = slotKey(list.backend, list.slot);
    for (const number of new Set([...rows.keys(), ...this.deps.numbers()])) {
      const found = this.deps.slot(number, list.backend, list.slot);
      if (found === null) continue;
      const { state, slot } = found;
      const text = rows.get(number) ?? empty;
      if (slot.held !== null && slot.held !== unknownHeld) continue;
      touched.add(state);
      if (used && slot.held === null && this.deps.truth.meet(state, slot, text)) learned.add(state);
      slot.held = text;
    }
    this.#listed.set(key, used);
  }

  /** SPEC S2, S5, E4 */
  #compare(list: HeldList, touched: Set<PersonState>): void {
    const { rows, empty } = this.#rows(list);
    const since = list.repair ? new Date(list.at).toISOString() : null;
    for (const number of new Set([...rows.keys(), ...this.deps.numbers()])) {
      const found = this.deps.slot(number, list.backend, list.slot);
      if (found === null) continue;
      const { state, slot } = found;
      if (slot.busy !== null || slot.touchedAt >= list.readFrom) continue;
      const text = rows.get(number) ?? empty;
      if (text !== slot.held) {
        touched.add(state);
        this.hear(state, slot, text, list.at, since);
      }
      // A write whose answer was lost is in the list, or was never done.
      slot.expected = slot.expected.filter(({ until }) => until !== Number.POSITIVE_INFINITY);
    }
  }

  /** Who holds something: the others need no state of their own to be known. */
  #rows(list: HeldList): { readonly rows: ReadonlyMap<string, string>; readonly empty: string } {
    const backend = this.deps.backends().find(({ id }) => id === list.backend);
    const empty = backend?.view(list.slot, nothingSet) ?? '';
    return { rows: new Map(list.rows.filter(([, held]) => held !== empty)), empty };
  }

  #gather(work: () => void): void {
    this.#gathering = true;
    try {
      work();
    } finally {
      this.#gathering = false;
    }
  }
}
