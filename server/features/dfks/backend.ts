import type { DfksSettings } from '../../protocol/availability';
import { dfksEcho } from '../../protocol/dfks';
import { extensionNumber } from '../../protocol/extension-number';
import type { FeatureBackend, Person, WriteOutcome, WriteRequest } from '../backend';
import type { FeatureValues } from '../values';
import { heldText, withHeld } from './held';
import type { MiClient } from './mi-client';
import { type DfksSlot, featureOf, slotOf } from './names';

export interface DfksBackendOptions {
  /** Read anew at every use: saved settings take effect at once. */
  readonly settings: () => DfksSettings;
  readonly mi: Pick<MiClient, 'call'>;
}

/**
 * The feature keys of phones behind OpenSIPS (module presence_dfks). The module keeps nothing: it asks for the truth when a
 * phone subscribes and reports pressed keys (port.ts), and a write makes it NOTIFY the person's phones.
 */
export class DfksBackend implements FeatureBackend {
  readonly id = 'dfks';
  readonly source = 'dfks';
  readonly label = 'OpenSIPS';
  readonly link = 'own';

  constructor(private readonly options: DfksBackendOptions) {}

  slots(): readonly string[] {
    const { enabled, assigned } = this.options.settings();
    return enabled ? assigned.map(slotOf) : [];
  }

  features(slot: string): readonly DfksSlot[] {
    return [slotOf(featureOf(slot))];
  }

  view(slot: string, values: FeatureValues): string {
    return heldText(slotOf(featureOf(slot)), values);
  }

  merge(slot: string, held: string, values: FeatureValues): FeatureValues {
    return withHeld(slotOf(featureOf(slot)), held, values);
  }

  async write({ person, slot, values }: WriteRequest): Promise<WriteOutcome> {
    const { url, domain } = this.options.settings();
    // Nothing can be told, and nothing is missed: every phone asks again when its subscription is renewed.
    if (url === '') return { kind: 'done' };
    if (!extensionNumber.safeParse(person.number).success) {
      return { kind: 'refused', message: `${person.number} cannot be the user of a SIP address.` };
    }
    return this.options.mi.call(url, 'dfks_set_feature', {
      presentity: presentity(person, domain),
      feature: featureOf(slot),
      route_param: dfksEcho,
      ...wireValues(slotOf(featureOf(slot)), values),
    });
  }

  /** It holds nothing that could be read. */
  async read(): Promise<null> {
    return null;
  }

  problem(): string | null {
    const { enabled, url } = this.options.settings();
    if (!enabled || url !== '') return null;
    return 'No MI address is set: phones can change their features, but learn of changes made elsewhere late.';
  }
}

/** As OpenSIPS builds it of the phone's Request-URI: no port, `#` escaped. */
function presentity({ number }: Person, domain: string): string {
  return `sip:${number.replaceAll('#', '%23')}@${domain}`;
}

function wireValues(slot: DfksSlot, values: FeatureValues) {
  if (slot === 'dnd') return { status: values.dnd ? 1 : 0 };
  const { to, ringCount } = values[slot];
  if (to === null) return { status: 0 };
  const rings = slot === 'noAnswer' && ringCount !== null ? [`ringCount/${ringCount}`] : [];
  return { status: 1, values: [...rings, `forwardTo/${to}`] };
}
