import { deviceOf } from '../commands/reach';
import { type Domain, domainKeys } from '../protocol/domains';
import { hiddenNumber } from '../protocol/hidden-numbers';
import type { ChannelRecord, ConferenceRecord, ParkingRecord, QueueRecord, TransferRecord } from '../protocol/records';
import type { RecordOf } from '../protocol/state';
import type { Eye, Place } from './audiences';
import type { Change } from './batch';
import { Circle, type Sight } from './circle';
import type { KnownPbx } from './privacy';
import { VisibleLegs } from './visible-legs';

type Views = { readonly [D in Domain]: (record: RecordOf<D>) => RecordOf<D> | null };

/** What changed that the sight of other records depends on. */
interface Touched {
  readonly legs: ReadonlySet<string>;
  readonly extensions: ReadonlySet<string>;
}

/**
 * Sees the extensions, queues, rooms, lots and trunks of its groups, and the calls that they have to do with. Who takes part in
 * such a call without being seen is there by number and name alone: as a party, a member, a participant, who parked it.
 */
export class SightEye implements Eye {
  private readonly circle: Circle;
  private readonly legs: VisibleLegs;

  constructor(
    sight: Sight,
    private readonly pbx: KnownPbx,
  ) {
    this.circle = new Circle(sight, pbx.maps);
    this.legs = new VisibleLegs(this.circle, pbx);
  }

  view<D extends Domain>(domain: D, record: RecordOf<D>): RecordOf<D> | null {
    return this.views[domain](record);
  }

  settle(changes: readonly Change[]): readonly Place[] {
    const extensions = new Set<string>();
    for (const { domain, key } of changes) if (domain === 'extensions' && this.circle.moved(key)) extensions.add(key);
    const legs = this.legs.settle(changes);
    if (extensions.size > 0) for (const leg of this.legs.lookAgain()) legs.add(leg);
    if (legs.size === 0 && extensions.size === 0) return [];
    return [...this.callsOf(legs), ...this.others({ legs, extensions })];
  }

  private callsOf(legs: ReadonlySet<string>): Place[] {
    const { channels } = this.pbx.maps;
    return [...legs].flatMap((leg): Place[] => {
      const call = channels.get(leg)?.linkedid;
      return call === undefined ? [] : [['channels', leg] as const, ['calls', call] as const];
    });
  }

  /** Few records each, but for the channels, which are looked through when somebody comes into sight or leaves it alone. */
  private others(touched: Touched): Place[] {
    const moved: readonly Domain[] = touched.extensions.size > 0 ? ['channels', 'queues'] : [];
    return [...moved, 'parking' as const, 'conferences' as const, 'transfers' as const].flatMap((domain) =>
      this.touched(domain, touched),
    );
  }

  private touched<D extends Domain>(domain: D, touched: Touched): Place[] {
    const touches = touchesOf[domain];
    if (touches === undefined) return [];
    const rows = [...this.pbx.maps[domain].values()].filter((record) => touches(record, touched));
    const field = domainKeys[domain];
    return rows.map((row): Place => [domain, String((row as Record<string, unknown>)[field])]);
  }

  private readonly views: Views = {
    pbx: (record) => record,
    extensions: (record) => (this.circle.hasExtension(record.number) ? record : null),
    channels: (record) => this.channel(record),
    calls: (record) => (record.legs.some((leg) => this.legs.has(leg)) ? record : null),
    queues: (record) => (this.circle.has('queues', record.name) ? this.queue(record) : null),
    parking: (record) => this.lot(record),
    conferences: (record) => this.conference(record),
    trunks: (record) => (this.circle.has('trunks', record.name) ? record : null),
    transfers: (record) => this.transfer(record),
  };

  private channel(record: ChannelRecord): ChannelRecord | null {
    const { extension, uniqueid, name } = record;
    if (this.circle.hasExtension(extension)) return record;
    if (!this.legs.has(uniqueid)) return null;
    if (extension === null && this.circle.has('trunks', deviceOf(name))) return record;
    return { ...record, extension: null, name: `${name.split('/')[0] ?? ''}/${hiddenNumber}` };
  }

  private queue(record: QueueRecord): QueueRecord {
    return { ...record, members: record.members.map((member) => this.unlinked(member)) };
  }

  /** Who is not seen leads to no tile. */
  private unlinked<T extends { readonly extension: string | null }>(row: T): T {
    return row.extension === null || this.circle.hasExtension(row.extension) ? row : { ...row, extension: null };
  }

  private lot(record: ParkingRecord): ParkingRecord | null {
    if (this.circle.has('parking', record.lot)) return record;
    const slots = record.slots.filter(({ uniqueid }) => this.legs.has(uniqueid));
    return slots.length === 0 ? null : { ...record, slots };
  }

  private conference(record: ConferenceRecord): ConferenceRecord | null {
    const whole = this.circle.has('conferences', record.name);
    const shown = whole ? record.participants : record.participants.filter(({ uniqueid }) => this.legs.has(uniqueid));
    if (!whole && shown.length === 0) return null;
    return { ...record, participants: shown.map((one) => this.unlinked(one)) };
  }

  private transfer(record: TransferRecord): TransferRecord | null {
    const { extension, uniqueid, own, target } = record;
    const seen = [uniqueid, own, target].some((leg) => leg !== null && this.legs.has(leg));
    return seen || this.circle.hasExtension(extension) ? record : null;
  }
}

const touchesOf: { readonly [D in Domain]?: (record: RecordOf<D>, touched: Touched) => boolean } = {
  channels: ({ extension }, { extensions }) => extension !== null && extensions.has(extension),
  queues: ({ members }, { extensions }) =>
    members.some(({ extension }) => extension !== null && extensions.has(extension)),
  parking: ({ slots }, { legs }) => slots.some(({ uniqueid }) => legs.has(uniqueid)),
  conferences: ({ participants }, { legs, extensions }) =>
    participants.some(({ uniqueid, extension }) => {
      return legs.has(uniqueid) || (extension !== null && extensions.has(extension));
    }),
  transfers: ({ uniqueid, own, target, extension }, { legs, extensions }) =>
    [uniqueid, own, target].some((leg) => leg !== null && legs.has(leg)) ||
    (extension !== null && extensions.has(extension)),
};

/** One that sees some records, and some of their numbers. */
export class TwoEyes implements Eye {
  constructor(
    private readonly numbers: Eye,
    private readonly records: Eye,
  ) {}

  view<D extends Domain>(domain: D, record: RecordOf<D>): RecordOf<D> | null {
    // Numbers first: what they are hidden by is in the whole record.
    const shown = this.numbers.view(domain, record);
    return shown === null ? null : this.records.view(domain, shown);
  }

  settle(changes: readonly Change[]): readonly Place[] {
    const places = [...(this.numbers.settle?.(changes) ?? []), ...(this.records.settle?.(changes) ?? [])];
    return [...new Map(places.map((place) => [place.join('/'), place])).values()];
  }
}
