import type { BackendId, ExtensionRecord, FeatureKey, FeatureOrigin, FeatureSource } from '@/server/protocol/records';
import { momentText, untilText } from '../live/clock-text';

const places: Readonly<Record<FeatureSource, string>> = {
  panel: 'in the panel',
  pbx: 'at the phone or PBX',
  fop2: 'through FOP2',
  presence: 'on the phone’s presence screen',
  dfks: 'with the phone’s feature key',
  timer: 'when its time was over',
};

/** `Set by anna at 12:04 until 14:00 — in the panel`, as far as anybody knows. `now`: epoch ms. */
export function story(origin: FeatureOrigin & { readonly until?: string | null }, now: number): string {
  const { by, since, until, source } = origin;
  const known = [
    by ? `by ${by}` : '',
    since ? `at ${momentText(Date.parse(since), now)}` : '',
    until ? `until ${untilText(Date.parse(until), now)}` : '',
  ].filter(Boolean);
  return known.length > 0 ? `Set ${known.join(' ')} — ${places[source]}` : `Set ${places[source]}`;
}

const backendNames: Readonly<Record<BackendId, string>> = {
  astdb: 'the PBX database',
  fop2: 'FOP2',
  presence: 'the phone’s presence screen',
  dfks: 'the phone’s feature keys',
};

const featureWords: Readonly<Record<FeatureKey, string>> = {
  dnd: 'do not disturb',
  always: 'forwarding of all calls',
  busy: 'forwarding when busy',
  noAnswer: 'forwarding without an answer',
  presence: 'presence',
};

/** What a backend has not taken, one sentence for each backend and reason. */
export function unsyncedSentences({ unsynced }: Pick<ExtensionRecord, 'unsynced'>): string[] {
  const groups = new Map<string, { features: string[]; tail: string }>();
  for (const { backend, kind, reason, feature } of unsynced) {
    const key = [backend, kind, reason].join('\n');
    const group = groups.get(key) ?? { features: [], tail: tailOf(backend, kind, reason) };
    group.features.push(featureWords[feature]);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ features, tail }) => sentence(`${listed(features)}: ${tail}`));
}

function tailOf(backend: BackendId, kind: 'away' | 'refused', reason: string): string {
  const name = backendNames[backend];
  return kind === 'away' ? `waits for ${name}. ${reason}` : `refused by ${name}. ${reason}`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
