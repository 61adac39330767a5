import type { PresenceRule } from '../protocol/availability';
import { type FeatureValues, type Presence, withDnd, withPresence } from './values';

export interface RuleContext {
  readonly rule: PresenceRule;
  /** A phone shows this person's presence. */
  readonly shown: boolean;
  /** Presence before do-not-disturb took its place; null: it did not. */
  readonly before: Presence | null;
  /** Of the do-not-disturb that goes on. */
  readonly note: string | null;
}

export interface Settled {
  readonly values: FeatureValues;
  readonly before: Presence | null;
}

export const available: Presence = { state: 'available', subtype: '', message: '' };

/** SPEC P1–P5: lets presence and do-not-disturb follow each other after one of them, or both, changed. Pure. */
export function settle(old: FeatureValues, next: FeatureValues, context: RuleContext): Settled {
  const presenceLeads = context.rule === 'both' || context.rule === 'presenceToDnd';
  const dndLeads = context.rule === 'both' || context.rule === 'dndToPresence';
  let values = next;
  if (presenceLeads && next.presence !== old.presence && next.dnd === old.dnd)
    values = followPresence(old, next, context);
  return dndLeads && values.dnd !== old.dnd ? followDnd(values, context) : { values, before: kept(values, context) };
}

function followPresence(old: FeatureValues, next: FeatureValues, { rule }: RuleContext): FeatureValues {
  if (next.presence.state === 'dnd') return withDnd(next, true);
  // Under `both` the newest thing said holds; else only what presence itself had set is taken back.
  return old.presence.state === 'dnd' || rule === 'both' ? withDnd(next, false) : next;
}

function followDnd(values: FeatureValues, context: RuleContext): Settled {
  const { shown, before, note } = context;
  const { presence } = values;
  if (values.dnd) {
    if (!shown || presence.state === 'dnd') return { values, before };
    return { values: withPresence(values, { state: 'dnd', subtype: '', message: note ?? '' }), before: presence };
  }
  if (presence.state !== 'dnd') return { values, before: null };
  return { values: withPresence(values, before ?? available), before: null };
}

function kept({ dnd }: FeatureValues, { before }: RuleContext): Presence | null {
  return dnd ? before : null;
}
