import type { Engine } from './engine';
import type { Channel, Endpoint } from './model';
import type { Office } from './office';
import { outsideCaller } from './outside';

/** Milliseconds until the first call for who has just sat down, between two, and after one that was just had. */
const first = [12_000, 20_000] as const;
const between = [55_000, 110_000] as const;
const breath = [20_000, 40_000] as const;

type Kind = 'outside' | 'colleague' | 'queue' | 'reception';

/** Calls for whoever works at a phone in the panel: now and then one, so that there is something to answer. */
export class Desk {
  /** Extension → when its next call comes. */
  private readonly due = new Map<string, number>();

  constructor(
    private readonly engine: Engine,
    private readonly office: Office,
    private readonly idlePhone: () => Endpoint | undefined,
    /** Told of a call from outside. */
    private readonly arrived: (caller: Channel) => void,
  ) {}

  /** To be called every few seconds. */
  look(): void {
    const { core, handsets } = this.engine;
    const phones = handsets.attendedPhones();
    const now = core.clock.now();
    for (const name of [...this.due.keys()]) if (!phones.some((phone) => phone.name === name)) this.due.delete(name);
    for (const phone of phones) {
      const at = this.due.get(phone.name);
      if (at === undefined) this.due.set(phone.name, now + core.random.between(...first));
      else if (this.isOccupied(phone)) this.due.set(phone.name, Math.max(at, now + core.random.between(...breath)));
      else if (now >= at) {
        this.due.set(phone.name, now + core.random.between(...between));
        this.call(phone);
      }
    }
  }

  private isOccupied(phone: Endpoint): boolean {
    return !phone.registered || phone.channels.size > 0 || this.engine.features.dnd(phone.name);
  }

  private call(phone: Endpoint): void {
    const { core, queues } = this.engine;
    const own = this.office.queues.filter(({ name }) =>
      queues.byName.get(name)?.members.some((one) => one.stateInterface === phone.device && !one.paused),
    );
    const groups = this.office.ringGroups.filter(({ targets }) =>
      targets.some((target) => 'device' in target && target.device === phone.device),
    );
    const kind = core.random.weighted<Kind>([
      [4, 'outside'],
      [3, 'colleague'],
      [own.length > 0 ? 5 : 0, 'queue'],
      [groups.length > 0 ? 2 : 0, 'reception'],
    ]);
    if (kind === 'colleague') this.colleague(phone);
    else if (kind === 'queue') this.outside(core.random.pick(own)?.number);
    else if (kind === 'reception') this.outside(core.random.pick(groups)?.number);
    else this.outside(phone.name);
  }

  private colleague(phone: Endpoint): void {
    const from = this.idlePhone();
    if (from) this.engine.phones.dial(from.name, phone.name);
  }

  private outside(to: string | undefined): void {
    const { core, phones } = this.engine;
    const did = Object.entries(this.office.dids).find(([, exten]) => exten === to)?.[0];
    const trunk = this.office.trunks[0];
    if (did === undefined || !trunk) return;
    const caller = phones.inbound(trunk.name, outsideCaller(core.random), did);
    if (caller) this.arrived(caller);
  }
}
