import type {
  DndRecord,
  FeatureKey,
  FeatureOrigin,
  ForwardRecord,
  PresenceRecord,
  Unsynced,
} from '../protocol/records';
import type { FeatureBackend, Person } from './backend';
import { type FeatureValues, nothingSet, type Presence } from './values';

/** What goes with the present value of a feature. */
export interface Circumstance extends FeatureOrigin {
  readonly note: string | null;
  /** ISO; null: open end. */
  readonly until: string | null;
}

export interface Fault {
  readonly kind: 'away' | 'refused';
  /** The text that was not taken. */
  readonly text: string;
  readonly reason: string;
}

/** Nobody could tell what the slot holds: whatever is wanted has to be written. */
export const unknownHeld = '\u0000';

/** One slot of one person. */
export interface Slot {
  readonly backend: FeatureBackend;
  readonly name: string;
  /** Last known content; null: not met yet. */
  held: string | null;
  /** Written and not yet seen to come back, oldest first. SPEC E2 */
  expected: { readonly text: string; readonly until: number }[];
  /** A write is under way, and this ends with it. */
  busy: Promise<void> | null;
  /** Something else was heard while it was. SPEC E3 */
  doubtful: boolean;
  fault: Fault | null;
  /** Epoch ms of the last write or news. SPEC E4 */
  touchedAt: number;
}

/** All that is known of one person's features. */
export interface PersonState {
  readonly number: string;
  values: FeatureValues;
  readonly circumstances: Map<FeatureKey, Circumstance>;
  /** Grows with every change or claim of the feature. SPEC B2 */
  readonly versions: Map<FeatureKey, number>;
  /** SPEC P3 */
  presenceBefore: Presence | null;
  /** The end that presence had; ISO. */
  untilBefore: string | null;
  readonly slots: Map<string, Slot>;
  /** What slots held when it was written down; some are only known once the person's devices are. SPEC S1 */
  readonly kept: ReadonlyMap<string, string>;
  /** What was being written to some of them. SPEC S1, E2 */
  readonly due: ReadonlyMap<string, string>;
  /** Features whose truth was ever told. SPEC S3 */
  readonly established: Set<FeatureKey>;
  /** What was last told of its faults, as text. */
  toldFaults: string;
}

export function newPerson(
  number: string,
  kept: ReadonlyMap<string, string> = new Map(),
  due: ReadonlyMap<string, string> = new Map(),
): PersonState {
  return {
    number,
    values: nothingSet,
    circumstances: new Map(),
    versions: new Map(),
    presenceBefore: null,
    untilBefore: null,
    slots: new Map(),
    kept,
    due,
    established: new Set(),
    toldFaults: '[]',
  };
}

export function slotKey(backend: string, slot: string): string {
  return `${backend}/${slot}`;
}

/** The slots of a person, those of former backends left out, in the order of `backends`. */
export function slotsOf(
  state: PersonState,
  person: Person,
  backends: readonly FeatureBackend[],
  met: (backend: FeatureBackend, slot: string) => string | null,
): Slot[] {
  return backends.flatMap((backend) =>
    backend.slots(person).map((name) => {
      const key = slotKey(backend.id, name);
      const known = state.slots.get(key);
      if (known?.backend === backend) return known;
      const held = known === undefined ? (state.kept.get(key) ?? met(backend, name)) : known.held;
      const slot: Slot = {
        backend,
        name,
        held,
        // A backend with a wire of its own has no list that would tell.
        expected: known === undefined && backend.link === 'ami' ? dueOf(state, key) : [],
        busy: null,
        doubtful: false,
        fault: null,
        touchedAt: known?.touchedAt ?? 0,
      };
      state.slots.set(key, slot);
      return slot;
    }),
  );
}

/** Until the first list tells whether it was done before the panel ended. */
function dueOf(state: PersonState, key: string): Slot['expected'] {
  const text = state.due.get(key);
  return text === undefined ? [] : [{ text, until: Number.POSITIVE_INFINITY }];
}

const unknownOrigin: FeatureOrigin = { source: 'pbx', by: null, since: null };

function originOf(state: PersonState, key: FeatureKey): FeatureOrigin {
  const known = state.circumstances.get(key);
  return known ? { source: known.source, by: known.by, since: known.since } : unknownOrigin;
}

export function dndRecordOf(state: PersonState): DndRecord {
  const { note = null, until = null } = state.circumstances.get('dnd') ?? {};
  const on = state.values.dnd;
  return { on, ...originOf(state, 'dnd'), note: on ? note : null, until: on ? until : null };
}

export function forwardRecordOf(state: PersonState): ForwardRecord {
  const { always, busy, noAnswer } = state.values;
  const origins: ForwardRecord['origins'] = {};
  for (const kind of ['always', 'busy', 'noAnswer'] as const) {
    if (state.circumstances.has(kind)) origins[kind] = originOf(state, kind);
  }
  return { always: always.to, busy: busy.to, noAnswer: noAnswer.to, ringCount: noAnswer.ringCount, origins };
}

export function presenceRecordOf(state: PersonState): PresenceRecord {
  const until = state.circumstances.get('presence')?.until ?? null;
  return { ...state.values.presence, ...originOf(state, 'presence'), until };
}

/** What is not yet everywhere. */
export function unsyncedOf(slots: readonly Slot[]): Unsynced[] {
  return slots.flatMap(({ backend, name, fault }) => {
    const feature = backend.features(name)[0];
    if (fault === null || feature === undefined) return [];
    return [{ feature, backend: backend.id, kind: fault.kind, reason: fault.reason }];
  });
}
