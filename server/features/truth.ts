import type { FeatureChange, PresenceRule } from '../protocol/availability';
import type { FeatureKey, FeatureSource } from '../protocol/records';
import type { Circumstance, PersonState, Slot } from './person';
import { available, settle } from './rule';
import { changedFeatures, type FeatureValues, inWords, type Presence, withDnd, withPresence } from './values';

/** Who changed what, and what goes with it. */
export interface Cause {
  readonly source: FeatureSource;
  readonly by: string | null;
  /** ISO; null: unknown, it was so when somebody looked. */
  readonly since: string | null;
  /** Epoch ms, for the history. */
  readonly at: number;
  /** Wished by a person: taken over by them even when nothing changes. */
  readonly claims?: FeatureKey;
  readonly note?: string | null;
  readonly until?: string | null;
  /** What goes with the feature that follows the one claimed, where that is given back too. */
  readonly tied?: Pick<Circumstance, 'note' | 'until'> | undefined;
}

export interface TruthDeps {
  readonly rule: () => PresenceRule;
  /** A phone shows this person's presence. */
  readonly shown: (number: string) => boolean;
  readonly history: (change: Omit<FeatureChange, 'id'>) => void;
  /** Something of this person is other than before. */
  readonly changed: (state: PersonState, features: readonly FeatureKey[]) => void;
}

/** Changes the truth of persons by the rules T, P and S3. */
export class Truth {
  constructor(private readonly deps: TruthDeps) {}

  /** SPEC T1, T3–T5, P: takes `next` for true. */
  change(state: PersonState, next: FeatureValues, cause: Cause): void {
    const old = state.values;
    const note = cause.claims === 'dnd' ? (cause.note ?? null) : newMessage(old, next);
    const context = {
      rule: this.deps.rule(),
      shown: this.deps.shown(state.number),
      before: presenceBefore(state, cause.at),
      note,
    };
    const { values, before } = settle(old, next, context);
    const changed = changedFeatures(old, values);
    const claimed = cause.claims !== undefined && !changed.includes(cause.claims) ? [cause.claims] : [];
    if (changed.length + claimed.length === 0) return;
    const returned = context.before !== null && values.presence === context.before;
    const untilBefore = state.circumstances.get('presence')?.until ?? null;
    const until = returned && context.before === state.presenceBefore ? state.untilBefore : null;
    if (before !== context.before) state.untilBefore = before === null ? null : untilBefore;
    state.values = values;
    state.presenceBefore = before;
    for (const key of changed) {
      const circumstance = circumstanceOf(key, cause, note, key === 'presence' ? until : null);
      this.#take(state, key, circumstance, { old, values, cause });
    }
    for (const key of claimed) {
      const circumstance = circumstanceOf(key, cause, note, null);
      const since = state.circumstances.get(key)?.since ?? null;
      this.#take(state, key, { ...circumstance, since }, { old, values, cause });
    }
    for (const key of changed) state.established.add(key);
    this.deps.changed(state, [...changed, ...claimed]);
  }

  /** SPEC S3: what a slot holds at the first meeting. True when it told something new. */
  meet(state: PersonState, slot: Slot, text: string): boolean {
    slot.held = text;
    const fresh = slot.backend.features(slot.name).filter((key) => !state.established.has(key));
    if (fresh.length === 0) return false;
    const old = state.values;
    const merged = slot.backend.merge(slot.name, text, old);
    let values = old;
    for (const key of fresh) values = { ...values, [key]: merged[key] };
    const dndTold = state.established.has('dnd');
    for (const key of fresh) state.established.add(key);
    state.values = this.#agree(state, values, dndTold);
    const changed = changedFeatures(old, state.values);
    const { source } = slot.backend;
    for (const key of changed) {
      const note = key === 'dnd' ? newMessage(old, values) : null;
      state.circumstances.set(key, { source, by: null, since: null, note, until: null });
    }
    return changed.length > 0;
  }

  /** Who was told first decides also between do-not-disturb and presence. */
  #agree(state: PersonState, values: FeatureValues, dndTold: boolean): FeatureValues {
    const rule = this.deps.rule();
    const { dnd, presence } = values;
    if (rule === 'none' || dnd === (presence.state === 'dnd')) return values;
    if (presence.state === 'dnd') {
      const follows = !dndTold || rule === 'presenceToDnd';
      if (follows) return rule === 'dndToPresence' ? values : withDnd(values, true);
      return withPresence(values, { state: 'available', subtype: '', message: '' });
    }
    if (rule === 'presenceToDnd' || !this.deps.shown(state.number)) return values;
    // Presence is told later than do-not-disturb: an unset one follows, and comes back afterwards.
    state.presenceBefore = presence.state === 'not_set' ? null : presence;
    return withPresence(values, { state: 'dnd', subtype: '', message: '' });
  }

  #take(
    state: PersonState,
    key: FeatureKey,
    circumstance: Circumstance,
    { old, values, cause }: { old: FeatureValues; values: FeatureValues; cause: Cause },
  ): void {
    const before = state.circumstances.get(key);
    state.circumstances.set(key, circumstance);
    state.versions.set(key, (state.versions.get(key) ?? 0) + 1);
    const [from, to] = [inWords(old, key), inWords(values, key)];
    const sameStory = before?.note === circumstance.note && before.until === circumstance.until;
    if (from === to && sameStory) return;
    const { source, by, note, until } = circumstance;
    const at = new Date(cause.at).toISOString();
    this.deps.history({ at, number: state.number, feature: key, from, to, source, by, note, until });
  }
}

/** What presence goes back to after do-not-disturb; its end may have come meanwhile. SPEC P4 */
function presenceBefore({ presenceBefore: before, untilBefore }: PersonState, at: number): Presence | null {
  const isOver = before !== null && untilBefore !== null && Date.parse(untilBefore) <= at;
  return isOver ? available : before;
}

/** The message of a presence that has just become do-not-disturb is its note. SPEC P1 */
function newMessage(old: FeatureValues, { presence }: FeatureValues): string | null {
  const became = presence !== old.presence && presence.state === 'dnd';
  return became && presence.message !== '' ? presence.message : null;
}

/** Note and end belong to what was wished; do-not-disturb that follows a presence ends with it. */
function circumstanceOf(key: FeatureKey, cause: Cause, note: string | null, returned: string | null): Circumstance {
  const { source, by, since, claims, until = null, tied } = cause;
  if (tied !== undefined && claims !== key) return { source, by, since, note: tied.note, until: tied.until };
  const ends = claims === key || (claims === 'presence' && key === 'dnd');
  return { source, by, since, note: key === 'dnd' ? note : null, until: ends ? until : returned };
}
