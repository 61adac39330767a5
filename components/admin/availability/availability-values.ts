import type { AvailabilitySettings } from '@/server/protocol/availability';

/** One row of a list in the form; `id` stays with it wherever it is moved. */
export type Row<T> = T & { readonly id: string };
export type StateRow = Row<AvailabilitySettings['states'][number]>;
export type PatternRow = Row<AvailabilitySettings['numbers']['patterns'][number]>;

/** What the form holds; its paths are those of the settings. */
export interface AvailabilityValues extends Omit<AvailabilitySettings, 'states' | 'numbers'> {
  readonly states: readonly StateRow[];
  readonly numbers: {
    readonly patterns: readonly PatternRow[];
    readonly forwardTo: AvailabilitySettings['numbers']['forwardTo'];
    readonly dialTo: AvailabilitySettings['numbers']['dialTo'];
    readonly externalPerMinute: AvailabilitySettings['numbers']['externalPerMinute'];
  };
}

let rows = 0;

export function asRow<T extends object>(value: T): Row<T> {
  rows += 1;
  return { ...value, id: `row-${rows}` };
}

export function valuesOf(settings: AvailabilitySettings): AvailabilityValues {
  const { states, numbers } = settings;
  const patterns = numbers.patterns.map(asRow);
  return { ...settings, states: states.map(asRow), numbers: { ...numbers, patterns } };
}

/** What is sent. */
export function settingsOf(values: AvailabilityValues): AvailabilitySettings {
  const { states, numbers } = values;
  const patterns = numbers.patterns.map(({ id: _, ...pattern }) => pattern);
  return { ...values, states: states.map(({ id: _, ...state }) => state), numbers: { ...numbers, patterns } };
}

export type Part = keyof AvailabilitySettings;

const partWords: Readonly<Record<Part, string>> = {
  order: 'the order of sources',
  enabled: 'which sources are used',
  dfks: 'OpenSIPS',
  states: 'the presence states',
  presenceRule: 'presence and do-not-disturb',
  queuePause: 'queues',
  numbers: 'the number rules',
};

/** What both this form and somebody else have changed since `read`, differently, in words. */
export function changedByBoth(read: AvailabilitySettings, mine: AvailabilitySettings, theirs: AvailabilitySettings) {
  const parts = Object.keys(partWords) as Part[];
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  return parts
    .filter(
      (part) => !same(mine[part], read[part]) && !same(theirs[part], read[part]) && !same(mine[part], theirs[part]),
    )
    .map((part) => partWords[part]);
}
