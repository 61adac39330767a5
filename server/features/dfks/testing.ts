import type { DfksSettings } from '../../protocol/availability';
import { defaultAvailability } from '../../protocol/availability-default';
import { type FeatureValues, nothingSet } from '../values';
import { withHeld } from './held';
import { featureOf, slotOf } from './names';
import { DfksPort } from './port';

/** The panel's side without the rest of the panel: one truth in memory, and a record of what it was told. */
export class MemoryPanel {
  settings: DfksSettings = { ...defaultAvailability.dfks, enabled: true, domain: 'pbx.test' };
  readonly reports: { number: string; slot: string; held: string }[] = [];
  readonly port = new DfksPort({
    settings: () => this.settings,
    isExtension: (number) => this.people.has(number),
    availability: {
      values: (number) => this.values(number),
      report: (_, number, slot, held) => this.report(number, slot, held),
    },
    whyNotForward: (_, to) => (this.people.has(to) ? null : `Calls may not be forwarded to ${to}.`),
  });
  private readonly people: Map<string, FeatureValues>;

  constructor(numbers: readonly string[] = ['101', '102']) {
    this.people = new Map(numbers.map((number) => [number, nothingSet]));
  }

  values(number: string): FeatureValues {
    return this.people.get(number) ?? nothingSet;
  }

  set(number: string, values: Partial<FeatureValues>): void {
    this.people.set(number, { ...this.values(number), ...values });
  }

  private report(number: string, slot: string, held: string): void {
    this.reports.push({ number, slot, held });
    this.people.set(number, withHeld(slotOf(featureOf(slot)), held, this.values(number)));
  }
}
