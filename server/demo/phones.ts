import type { DialTarget } from './dialing';
import type { Engine } from './engine';
import type { Channel, Endpoint, Party } from './model';

type DeviceTarget = Extract<DialTarget, { device: string }>;

/** What people do with their telephones, and the carrier with its lines. */
export class Phones {
  constructor(private readonly engine: Engine) {}

  endpoint(name: string): Endpoint | undefined {
    return this.engine.devices.endpoints.get(`PJSIP/${name}`);
  }

  /** A phone dials: the channel it gets, or undefined when it is offline or all its lines are taken. */
  dial(name: string, number: string): Channel | undefined {
    const endpoint = this.endpoint(name);
    if (!endpoint?.registered || endpoint.channels.size >= endpoint.callLimit) return undefined;
    const channel = this.engine.channels.create({
      device: endpoint.device,
      state: 4,
      caller: endpoint.caller,
      context: endpoint.context,
      exten: number,
      accountCode: endpoint.accountCode,
      pbx: true,
    });
    this.engine.dialplan.enter(channel, endpoint.context, number);
    return channel.gone ? undefined : channel;
  }

  /** A call from outside arrives on a trunk for the number `did`. */
  inbound(trunk: string, from: Party, did: string): Channel | undefined {
    const endpoint = this.endpoint(trunk);
    if (!endpoint || endpoint.channels.size >= endpoint.callLimit) return undefined;
    const channel = this.engine.channels.create({
      device: endpoint.device,
      state: 4,
      caller: from,
      context: endpoint.context,
      exten: did,
      pbx: true,
    });
    channel.did = did;
    this.engine.dialplan.enter(channel, endpoint.context, did);
    return channel.gone ? undefined : channel;
  }

  /** The leg towards a device, still silent; undefined when nothing is registered there. */
  callDevice(target: DeviceTarget, caller: Channel | null): Channel | undefined {
    const endpoint = this.engine.devices.endpoints.get(target.device);
    if (!endpoint?.registered) return undefined;
    // As app_dial names a leg that has no name of its own: the number that was dialled, prefix and all.
    const dialled = caller?.exten || target.number || '';
    const party = target.number === undefined ? endpoint.caller : { num: dialled, name: '' };
    return this.engine.channels.create({
      device: endpoint.device,
      state: 0,
      caller: party,
      context: endpoint.context,
      exten: 's',
      linkedid: caller?.linkedid,
      accountCode: endpoint.accountCode,
      hops: caller?.hops,
      uniqueid: target.uniqueid,
    });
  }

  /** The INVITE travels: then the phone rings, or is busy by its own limit. */
  alert(leg: Channel): void {
    const { clock, random } = this.engine.core;
    const endpoint = leg.device === null ? undefined : this.engine.devices.endpoints.get(leg.device);
    if (!endpoint) return;
    const delay = endpoint.kind === 'trunk' ? random.between(600, 1800) : random.between(15, 60);
    clock.after(delay, () => {
      if (leg.ending || leg.state !== 0) return;
      const full = endpoint.channels.size > endpoint.callLimit;
      if (full) this.engine.channels.hangup(leg, { cause: 17, tech: 486 });
      else this.ring(leg);
    });
  }

  ring(leg: Channel): void {
    this.engine.channels.setState(leg, 5);
    leg.activity?.ringing?.(leg);
    if (!leg.ending) this.engine.events.ringing(leg);
  }

  /** The person (or the far office) picks up. */
  answer(leg: Channel): boolean {
    if (leg.ending || (leg.state !== 5 && leg.state !== 0) || leg.activity?.kind !== 'leg') return false;
    this.engine.channels.setState(leg, 6);
    leg.activity.answered?.(leg);
    return true;
  }

  hangup(channel: Channel): void {
    this.engine.channels.hangup(channel, channel.state === 4 ? { tech: 487 } : {});
  }

  /** The "reject" key: 486 or 603. */
  reject(leg: Channel, how: 'busy' | 'decline' = 'busy'): void {
    this.engine.channels.hangup(leg, how === 'busy' ? { cause: 17, tech: 486 } : { cause: 21, tech: 603 });
  }

  hold(channel: Channel): void {
    this.engine.bridges.hold(channel);
  }

  unhold(channel: Channel): void {
    this.engine.bridges.unhold(channel);
  }

  /** Unplugs the phone or plugs it in again; its calls end. */
  setOnline(name: string, on: boolean): void {
    const endpoint = this.endpoint(name);
    if (!endpoint) return;
    if (!on) for (const channel of [...endpoint.channels]) this.hangup(channel);
    this.engine.devices.register(endpoint, on);
  }
}
