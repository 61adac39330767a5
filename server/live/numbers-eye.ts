import type { StateMaps } from '../protocol/apply';
import { type Domain, domains } from '../protocol/domains';
import {
  hiddenNumber,
  hideNumber,
  hideParty,
  type IsInside,
  insideOf,
  type NameInside,
  nameInsideOf,
} from '../protocol/hidden-numbers';
import type {
  CallRecord,
  ChannelRecord,
  ConferenceRecord,
  ExtensionRecord,
  ParkingRecord,
  Party,
  QueueRecord,
  TransferRecord,
  TrunkRecord,
} from '../protocol/records';
import type { RecordOf } from '../protocol/state';
import type { Eye, Place } from './audiences';
import type { Change } from './batch';
import { Circle, type Sight } from './circle';
import type { KnownPbx } from './privacy';
import { VisibleLegs } from './visible-legs';

/** What changed that a mask depends on. */
interface Touched {
  readonly legs: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
}

type Views = { readonly [D in Domain]: (record: RecordOf<D>) => RecordOf<D> };
type Touches = { readonly [D in Domain]: (record: RecordOf<D>, touched: Touched) => boolean };

/** Sees the numbers and names of those outside in some calls alone; in all other records they are hidden. */
export class NumbersEye implements Eye {
  private readonly maps: StateMaps;
  private readonly ownerOf: (device: string) => string | null;
  private readonly legs: VisibleLegs;
  private readonly isInside: IsInside;
  private readonly nameInside: NameInside;
  private readonly circle: Circle;

  constructor(sight: Sight, pbx: KnownPbx) {
    const { maps, findExtensionByDevice } = pbx;
    this.maps = maps;
    this.ownerOf = (device) => findExtensionByDevice(device)?.number ?? null;
    this.isInside = insideOf(maps);
    this.nameInside = nameInsideOf(maps);
    this.circle = new Circle(sight, maps);
    this.legs = new VisibleLegs(this.circle, pbx);
  }

  view<D extends Domain>(domain: D, record: RecordOf<D>): RecordOf<D> {
    return this.views[domain](record);
  }

  settle(changes: readonly Change[]): readonly Place[] {
    const numbers = new Set<string>();
    let all = false;
    for (const { domain, key, removed, fields } of changes) {
      const cameOrWent = removed || fields === null || isNew(domain, fields);
      if (domain === 'extensions' && this.circle.moved(key)) all = true;
      if (domain === 'trunks' && cameOrWent) all = true;
      if (domain === 'parking' && (cameOrWent || fields?.spaces !== undefined)) all = true;
      if (cameOrWent && ['extensions', 'queues', 'conferences'].includes(domain)) numbers.add(key);
      if (domain === 'extensions' && fields?.name !== undefined) numbers.add(key);
    }
    const legs = this.legs.settle(changes);
    if (all) this.legs.lookAgain();
    if (!all && legs.size === 0 && numbers.size === 0) return [];
    return domains.flatMap((domain) => this.places(domain, all ? null : { legs, numbers }));
  }

  private places<D extends Domain>(domain: D, touched: Touched | null): Place[] {
    const places: Place[] = [];
    const touches = touchesOf[domain];
    for (const [key, record] of this.maps[domain]) {
      if (touched === null || touches(record, touched)) places.push([domain, key]);
    }
    return places;
  }

  private readonly views: Views = {
    pbx: (record) => record,
    extensions: (record) => this.extension(record),
    channels: (record) => this.channel(record),
    calls: (record) => this.call(record),
    queues: (record) => this.queue(record),
    parking: (record) => this.lot(record),
    conferences: (record) => this.conference(record),
    trunks: (record) => this.trunk(record),
    transfers: (record) => this.transfer(record),
  };

  private hide<T extends Party>(party: T): T {
    return hideParty(party, this.isInside, this.nameInside);
  }

  private extension(record: ExtensionRecord): ExtensionRecord {
    if (this.circle.hasExtension(record.number)) return record;
    const calls = record.calls.map((call) => {
      if (this.legs.has(call.uniqueid)) return call;
      const party = this.hide(call.party);
      return party === call.party ? call : { ...call, party };
    });
    const { always, busy, noAnswer } = record.forward;
    const targets = [always, busy, noAnswer].flatMap((to) => (to !== null && !this.isInside(to) ? [to] : []));
    const hide = (to: string | null) => (to === null ? null : hideNumber(to, this.isInside));
    const forward = { ...record.forward, always: hide(always), busy: hide(busy), noAnswer: hide(noAnswer) };
    const unsynced = record.unsynced.map((one) => ({ ...one, reason: without(one.reason, targets) }));
    // A mobile phone is somebody outside as well; what is hidden cannot be called.
    const external = record.external !== null && this.isInside(record.external) ? record.external : null;
    return { ...record, calls, forward, unsynced, external };
  }

  /** Some drivers name a channel after the number it calls: DAHDI/i1/0301234-5. */
  private channel(record: ChannelRecord): ChannelRecord {
    const { name, extension, uniqueid } = record;
    if (extension !== null || this.legs.has(uniqueid)) return record;
    const device = name.slice(0, Math.max(0, name.lastIndexOf('-')));
    if (this.maps.trunks.has(device)) return record;
    return { ...record, name: `${name.split('/')[0] ?? ''}/${hiddenNumber}` };
  }

  private call(record: CallRecord): CallRecord {
    if (record.legs.some((leg) => this.legs.has(leg))) return record;
    const { from, to, did } = record;
    return {
      ...record,
      from: this.hide(from),
      to: this.hide(to),
      did: did && hideNumber(did, this.isInside),
    };
  }

  private queue(record: QueueRecord): QueueRecord {
    const callers = this.circle.has('queues', record.name)
      ? record.callers
      : record.callers.map((caller) => (this.legs.has(caller.uniqueid) ? caller : this.hide(caller)));
    const members = record.members.map((member, at) => {
      // Whoever's state counts for it: the number is the one that rings.
      const number = outsideMember.exec(member.interface)?.[1];
      if (number === undefined || this.isInside(number)) return member;
      // A list is told apart by the interfaces of its rows.
      const hide = (text: string) => text.replaceAll(number, `${hiddenNumber}${at + 1}`);
      const { interface: of, stateInterface, name } = member;
      return { ...member, interface: hide(of), stateInterface: hide(stateInterface), name: hide(name) };
    });
    return { ...record, callers, members };
  }

  private lot(record: ParkingRecord): ParkingRecord {
    const slots = record.slots.map((slot) => {
      const parker = this.ownerOf(slot.parkedBy) ?? slot.parkedBy;
      if (this.legs.has(slot.uniqueid) || this.circle.hasExtension(parker)) return slot;
      const known = this.maps.trunks.has(parker) || this.isInside(parker);
      const parkedBy = known || parker === '' ? slot.parkedBy : hiddenNumber;
      return { ...this.hide(slot), parkedBy };
    });
    return { ...record, slots };
  }

  private conference(record: ConferenceRecord): ConferenceRecord {
    if (this.circle.has('conferences', record.name)) return record;
    if (record.participants.some(({ extension }) => this.circle.hasExtension(extension))) return record;
    const participants = record.participants.map((one) => {
      if (one.extension !== null || this.legs.has(one.uniqueid)) return one;
      return this.hide(one);
    });
    return { ...record, participants };
  }

  private trunk(record: TrunkRecord): TrunkRecord {
    const channels = record.channels.map((channel) => {
      if (this.legs.has(channel.uniqueid)) return channel;
      return { ...channel, party: this.hide(channel.party) };
    });
    return { ...record, channels };
  }

  private transfer(record: TransferRecord): TransferRecord {
    if (this.circle.hasExtension(record.extension) || this.legs.has(record.uniqueid)) return record;
    const party = this.hide(record.party);
    const to = this.hide(record.to);
    const nothing = party === record.party && to === record.to;
    const reason = nothing || record.reason === null ? record.reason : 'It was not answered.';
    return { ...record, party, to, reason };
  }
}

/** An agent who is reached outside: Local/0171234567@from-queue/n. */
const outsideMember = /^Local\/([^@/]+)@/;

function without(text: string, numbers: readonly string[]): string {
  return numbers.reduce((left, number) => left.replaceAll(number, hiddenNumber), text);
}

function isNew(domain: Domain, fields: Readonly<Record<string, unknown>>): boolean {
  return fields[domain === 'extensions' ? 'number' : domain === 'parking' ? 'lot' : 'name'] !== undefined;
}

const touchesOf: Touches = {
  pbx: () => false,
  extensions: ({ calls, forward }, { legs, numbers }) =>
    calls.some(({ uniqueid, party }) => legs.has(uniqueid) || numbers.has(party.number)) ||
    [forward.always, forward.busy, forward.noAnswer].some((to) => to !== null && numbers.has(to)),
  channels: ({ uniqueid, extension }, { legs }) => extension === null && legs.has(uniqueid),
  calls: ({ legs: own, from, to, did }, { legs, numbers }) =>
    own.some((leg) => legs.has(leg)) || [from.number, to.number, did ?? ''].some((one) => numbers.has(one)),
  queues: ({ callers, members }, { legs, numbers }) =>
    callers.some(({ uniqueid, number }) => legs.has(uniqueid) || numbers.has(number)) ||
    members.some((member) => numbers.has(outsideMember.exec(member.interface)?.[1] ?? '')),
  parking: ({ slots }, { legs, numbers }) =>
    slots.some(({ uniqueid, number, parkedBy }) => {
      return legs.has(uniqueid) || numbers.has(number) || (numbers.size > 0 && parkedBy !== '');
    }),
  conferences: ({ participants }, { legs, numbers }) =>
    participants.some(({ uniqueid, number }) => legs.has(uniqueid) || numbers.has(number)),
  trunks: ({ channels }, { legs, numbers }) =>
    channels.some(({ uniqueid, party }) => legs.has(uniqueid) || numbers.has(party.number)),
  transfers: ({ uniqueid, party, to }, { legs, numbers }) =>
    legs.has(uniqueid) || numbers.has(party.number) || numbers.has(to.number),
};
