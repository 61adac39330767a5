import { AmiRefusedError } from '../ami/errors';
import type { AmiPort } from '../ami/types';
import { fop2Text } from '../pbx/held';
import type { FeatureKey, PresenceChoice } from '../protocol/records';
import { readAstDb } from './astdb-writer';
import type { FeatureBackend, Person, WriteOutcome, WriteRequest } from './backend';
import { textOf, withText } from './fop2-text';
import { attempt, connected, isDenied, refusalInWords } from './pbx-answers';
import { type FeatureValues, withForward } from './values';

const family = 'fop2state';
const stateFeatures: readonly FeatureKey[] = ['dnd', 'presence'];
const forwardFeatures: readonly FeatureKey[] = ['always'];

/** `PJSIP/101`: becomes an AstDB key. */
const deviceName = /^[A-Za-z0-9]{1,20}\/[\w.@+-]{1,80}$/;

export interface Fop2Options {
  readonly ami: () => AmiPort | null;
  readonly choices: () => readonly PresenceChoice[];
}

/** What the account of a connection was denied; another connection may be allowed to. */
interface Denial {
  readonly ami: AmiPort;
  readonly since: number;
  readonly words: string;
}

/**
 * The states of FOP2 (Flash Operator Panel 2), for those who still run it and for the scripts made for it. Two slots say the
 * same: `event` is what was last announced by UserEvent `FOP2ASTDB` (nobody keeps it), `state` is AstDB
 * `fop2state/<Tech>/<peer>`; a script announces a state without writing it, so each has to be brought in step. `cust` is a
 * forwarding as announced by UserEvent `FOP2CUST`.
 */
export class Fop2Features implements FeatureBackend {
  readonly id = 'fop2';
  readonly source = 'fop2';
  readonly label = 'FOP2';
  readonly link = 'ami';
  #mayNotWrite: Denial | null = null;
  #mayNotTell: Denial | null = null;

  constructor(private readonly options: Fop2Options) {}

  slots(person: Person): readonly string[] {
    if (devicesOf(person).length === 0) return [];
    return this.#holds(this.#mayNotWrite) ? ['event', 'cust'] : ['event', 'state', 'cust'];
  }

  features(slot: string): readonly FeatureKey[] {
    return slot === 'cust' ? forwardFeatures : stateFeatures;
  }

  view(slot: string, values: FeatureValues): string {
    return slot === 'cust' ? (values.always.to ?? '') : textOf(values, this.options.choices());
  }

  merge(slot: string, held: string, values: FeatureValues): FeatureValues {
    return slot === 'cust' ? withForward(values, 'always', held) : withText(held, values, this.options.choices());
  }

  async write({ person, slot, held }: WriteRequest): Promise<WriteOutcome> {
    const ami = this.options.ami();
    return attempt(ami, (link) =>
      slot === 'state' ? this.#keep(link, person, held) : this.#tell(link, person, slot, held),
    );
  }

  /** Announcements are kept by nobody. */
  async read(person: Person, slot: string): Promise<string | null> {
    const ami = connected(this.options.ami());
    const [device] = devicesOf(person);
    if (slot !== 'state' || device === undefined) return null;
    try {
      return fop2Text(await readAstDb(ami, family, device));
    } catch (error) {
      if (error instanceof AmiRefusedError) return null;
      throw error;
    }
  }

  problem(): string | null {
    const problems = [
      this.#holds(this.#mayNotTell) ? `FOP2 and scripts are not told of changes. ${this.#mayNotTell?.words}` : '',
      this.#holds(this.#mayNotWrite) ? `States are announced, but not kept in AstDB. ${this.#mayNotWrite?.words}` : '',
    ];
    return problems.filter(Boolean).join(' ') || null;
  }

  async #keep(ami: AmiPort, person: Person, held: string): Promise<null> {
    try {
      // An empty row, not none: a row of the same phone under another technology would count instead.
      for (const Key of devicesOf(person)) await ami.action('DBPut', { Family: family, Key, Val: held });
      return null;
    } catch (error) {
      this.#mayNotWrite = denial(ami, error) ?? this.#mayNotWrite;
      throw error;
    }
  }

  /** An account that may not tell still hears: that is no refusal of every single change. */
  async #tell(ami: AmiPort, person: Person, slot: string, held: string): Promise<string | null> {
    if (this.#holds(this.#mayNotTell)) return null;
    const words =
      slot === 'cust' ? { UserEvent: 'FOP2CUST', Family: 'astdbcust' } : { UserEvent: 'FOP2ASTDB', Family: family };
    try {
      for (const Channel of devicesOf(person)) await ami.action('UserEvent', { ...words, Channel, Value: held });
      return null;
    } catch (error) {
      const denied = denial(ami, error);
      if (denied === null) throw error;
      this.#mayNotTell = denied;
      return `FOP2 and scripts were not told. ${denied.words}`;
    }
  }

  #holds(denied: Denial | null): boolean {
    const ami = this.options.ami();
    return denied !== null && denied.ami === ami && denied.since === ami.status.since;
  }
}

function denial(ami: AmiPort, error: unknown): Denial | null {
  if (!(error instanceof AmiRefusedError) || !isDenied(error)) return null;
  return { ami, since: ami.status.since, words: refusalInWords(error) };
}

function devicesOf({ devices }: Person): readonly string[] {
  return devices.filter((device) => deviceName.test(device));
}
