import type { FeatureChange } from '@/server/protocol/availability';
import type { FeatureKey, FeatureSource, PresenceState } from '@/server/protocol/records';
import { dateText } from '../ui/region';

export const featureWords: Readonly<Record<FeatureKey, string>> = {
  dnd: 'Do not disturb',
  always: 'Forwarding of all calls',
  busy: 'Forwarding when busy',
  noAnswer: 'Forwarding without an answer',
  presence: 'Presence',
};

const sources: Readonly<Record<FeatureSource, string>> = {
  panel: 'in the panel',
  pbx: 'at the phone or PBX',
  fop2: 'through FOP2',
  presence: 'on the phone’s presence screen',
  dfks: 'with the phone’s feature key',
  timer: 'its end came',
};

/** `by anna`, `at the phone or PBX`, `by anna, at the phone or PBX`. */
export function sourceWords({ source, by }: Pick<FeatureChange, 'source' | 'by'>): string {
  if (by === null) return sources[source];
  return source === 'panel' ? `by ${by}` : `by ${by}, ${sources[source]}`;
}

const presenceWords: Readonly<Record<PresenceState, string>> = {
  not_set: 'not set',
  unavailable: 'not available',
  available: 'available',
  away: 'away',
  xa: 'gone for longer',
  chat: 'free to talk',
  dnd: 'do not disturb',
};

/** A value as the history keeps it, for people: presence begins with the state that phones know. */
export function valueWords(feature: FeatureKey, value: string): string {
  if (feature !== 'presence') return value;
  const [state = '', ...rest] = value.split(' · ');
  const word = Object.hasOwn(presenceWords, state) ? presenceWords[state as PresenceState] : state;
  return [word, ...rest].join(' · ');
}

/** `Today`, `Yesterday`, `Mon, 2 March 2026`, in the user's zone. Both in epoch ms. */
export function dayWords(at: number, now: number): string {
  const midnight = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
  // A day may have 23 or 25 hours.
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (days === 0) return 'Today';
  return days === 1 ? 'Yesterday' : dateText('day', at);
}

export interface Day {
  readonly words: string;
  readonly changes: readonly FeatureChange[];
}

/** Changes by day, in the order in which they come. */
export function byDay(changes: readonly FeatureChange[], now: number): readonly Day[] {
  const days: { words: string; changes: FeatureChange[] }[] = [];
  for (const change of changes) {
    const words = dayWords(Date.parse(change.at), now);
    const last = days.at(-1);
    if (last?.words === words) last.changes.push(change);
    else days.push({ words, changes: [change] });
  }
  return days;
}
