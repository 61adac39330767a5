import type { FeatureKey, PresenceState } from '../protocol/records';

/** One forwarding. `ringCount`: rings before it forwards, where the source knows it (no answer only). */
export interface Forward {
  readonly to: string | null;
  readonly ringCount: number | null;
}

export interface Presence {
  readonly state: PresenceState;
  readonly subtype: string;
  readonly message: string;
}

/** What is true of one person. An unchanged part stays the same object. */
export interface FeatureValues {
  readonly dnd: boolean;
  readonly always: Forward;
  readonly busy: Forward;
  readonly noAnswer: Forward;
  readonly presence: Presence;
}

export const featureKeys: readonly FeatureKey[] = ['dnd', 'always', 'busy', 'noAnswer', 'presence'];

const notForwarded: Forward = { to: null, ringCount: null };

export const nothingSet: FeatureValues = {
  dnd: false,
  always: notForwarded,
  busy: notForwarded,
  noAnswer: notForwarded,
  presence: { state: 'not_set', subtype: '', message: '' },
};

function sameForward(one: Forward, other: Forward): boolean {
  return one === other || (one.to === other.to && one.ringCount === other.ringCount);
}

function samePresence(one: Presence, other: Presence): boolean {
  return one === other || (one.state === other.state && one.subtype === other.subtype && one.message === other.message);
}

/** The features in which two sets of values differ. */
export function changedFeatures(one: FeatureValues, other: FeatureValues): FeatureKey[] {
  if (one === other) return [];
  return featureKeys.filter((key) => {
    if (key === 'dnd') return one.dnd !== other.dnd;
    return key === 'presence' ? !samePresence(one.presence, other.presence) : !sameForward(one[key], other[key]);
  });
}

/** `values` with one forwarding to another target; the ring count of another target does not fit the new one. */
export function withForward(
  values: FeatureValues,
  key: 'always' | 'busy' | 'noAnswer',
  to: string | null,
  ringCount: number | null = null,
): FeatureValues {
  const target = to === '' ? null : to;
  const rings = target === null || key !== 'noAnswer' ? null : ringCount;
  const next = { to: target, ringCount: rings };
  return sameForward(values[key], next) ? values : { ...values, [key]: next };
}

export function withDnd(values: FeatureValues, dnd: boolean): FeatureValues {
  return values.dnd === dnd ? values : { ...values, dnd };
}

export function withPresence(values: FeatureValues, presence: Presence): FeatureValues {
  return samePresence(values.presence, presence) ? values : { ...values, presence };
}

/** For people and the history: `on`, `102 after 4 rings`, `away · lunch · back at two`; `off` where nothing is set. */
export function inWords(values: FeatureValues, key: FeatureKey): string {
  if (key === 'dnd') return values.dnd ? 'on' : 'off';
  if (key === 'presence')
    return [values.presence.state, values.presence.subtype, values.presence.message].filter(Boolean).join(' · ');
  const { to, ringCount } = values[key];
  if (to === null) return 'off';
  return ringCount === null ? to : `${to} after ${ringCount} rings`;
}
