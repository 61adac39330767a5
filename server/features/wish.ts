import type { FeatureKey } from '../protocol/records';
import type { WriteOutcome } from './backend';
import type { Circumstance, PersonState, Slot } from './person';
import { type FeatureValues, withDnd, withForward, withPresence } from './values';

/** What somebody wants. Ends are ISO times. */
export type Wish =
  | { readonly feature: 'dnd'; readonly on: boolean; readonly note: string | null; readonly until: string | null }
  | {
      readonly feature: 'always' | 'busy' | 'noAnswer';
      readonly to: string | null;
      readonly ringCount: number | null;
    }
  | { readonly feature: 'presence'; readonly presence: FeatureValues['presence']; readonly until: string | null };

/** `done`: true from now on, and kept where the primary backend keeps it. Otherwise nothing has changed. */
export type WishOutcome =
  | { readonly kind: 'done'; readonly warning: string | null }
  | { readonly kind: 'refused' | 'away'; readonly message: string };

/** What `restore` gives back; of one feature at one time, and of the one that follows it. */
export interface Remembered {
  readonly values: FeatureValues;
  readonly circumstance: Circumstance | undefined;
  readonly tied: Circumstance | undefined;
}

/** Grows with every change of the feature itself, and of the one that follows it. */
export interface Version {
  readonly own: number;
  readonly tied: number;
}

/** Do-not-disturb and presence follow each other. SPEC P */
export function tiedTo(feature: FeatureKey): FeatureKey | null {
  if (feature === 'dnd') return 'presence';
  return feature === 'presence' ? 'dnd' : null;
}

/** A phone's own wire may be away: the wish holds, and the phone hears of it later. SPEC W2, W3 */
export function isTaken(outcome: WriteOutcome, { backend }: Slot): boolean {
  return outcome.kind === 'done' || (outcome.kind === 'away' && backend.link === 'own');
}

export function wished(values: FeatureValues, wish: Wish): FeatureValues {
  if (wish.feature === 'dnd') return withDnd(values, wish.on);
  if (wish.feature === 'presence') return withPresence(values, wish.presence);
  return withForward(values, wish.feature, wish.to, wish.ringCount);
}

/** What of a feature is worth remembering, to give it back. */
export function rememberedOf(state: PersonState | undefined, values: FeatureValues, feature: FeatureKey): Remembered {
  const tied = tiedTo(feature);
  return {
    values,
    circumstance: state?.circumstances.get(feature),
    tied: tied === null ? undefined : state?.circumstances.get(tied),
  };
}

export function versionOf(state: PersonState | undefined, feature: FeatureKey): Version {
  const tied = tiedTo(feature);
  const of = (key: FeatureKey | null): number => (key === null ? 0 : (state?.versions.get(key) ?? 0));
  return { own: of(feature), tied: of(tied) };
}

/** The feature as remembered, with the one that follows it where `withTied`: what was true of both before is wanted back. */
export function givenBack(
  values: FeatureValues,
  old: FeatureValues,
  feature: FeatureKey,
  withTied: boolean,
): FeatureValues {
  const tied = tiedTo(feature);
  return { ...values, [feature]: old[feature], ...(tied !== null && withTied ? { [tied]: old[tied] } : {}) };
}
