import { type Domain, domainKeys } from '../protocol/domains';
import { hiddenNumber, hideNumber, hideParty, insideOf, nameInsideOf } from '../protocol/hidden-numbers';
import type {
  CallRecord,
  ChannelRecord,
  ExtensionRecord,
  Party,
  TransferRecord,
  TrunkRecord,
} from '../protocol/records';
import type { RecordOf } from '../protocol/state';
import type { Eye, Place } from './audiences';
import type { Change } from './batch';
import type { KnownPbx } from './privacy';

type Views = { readonly [D in Domain]?: (record: RecordOf<D>) => RecordOf<D> };
type Touches = { readonly [D in Domain]?: (record: RecordOf<D>, legs: ReadonlySet<string>) => boolean };

/**
 * Sees everything but whom extensions speak with outside that an administrator made discreet (privacy `clid`), one's own
 * excepted. There are few of them: what is hidden is found anew from their calls with every change.
 */
export class DiscreetEye implements Eye {
  /** Legs of the calls in which one of them takes part. */
  private hidden: ReadonlySet<string>;
  private readonly hide: <T extends Party>(party: T) => T;
  private readonly hideOne: (number: string) => string;

  constructor(
    private readonly own: string | null,
    private readonly pbx: KnownPbx,
  ) {
    const isInside = insideOf(pbx.maps);
    const nameInside = nameInsideOf(pbx.maps);
    this.hide = (party) => hideParty(party, isInside, nameInside);
    this.hideOne = (number) => hideNumber(number, isInside);
    this.hidden = this.look();
  }

  view<D extends Domain>(domain: D, record: RecordOf<D>): RecordOf<D> {
    return this.views[domain]?.(record) ?? record;
  }

  settle(changes: readonly Change[]): readonly Place[] {
    const before = this.hidden;
    this.hidden = this.look();
    const touched = new Set<string>();
    for (const leg of before) if (!this.hidden.has(leg)) touched.add(leg);
    for (const leg of this.hidden) if (!before.has(leg)) touched.add(leg);
    // Which numbers are of the house is another now, or what they are called.
    const house = changes.some(({ domain, removed, fields }) => {
      if (domain === 'extensions') return removed || fields?.number !== undefined || fields?.name !== undefined;
      return (domain === 'queues' || domain === 'conferences' || domain === 'parking') && removed;
    });
    if (house) for (const leg of this.hidden) touched.add(leg);
    return touched.size === 0 ? [] : [...placesOf(this.pbx, touched)];
  }

  private look(): ReadonlySet<string> {
    const { maps, discreet } = this.pbx;
    const legs = new Set<string>();
    for (const number of discreet?.() ?? []) {
      if (number === this.own) continue;
      for (const { uniqueid, callId } of maps.extensions.get(number)?.calls ?? []) {
        legs.add(uniqueid);
        for (const leg of maps.calls.get(callId)?.legs ?? []) legs.add(leg);
      }
    }
    return legs;
  }

  private readonly views: Views = {
    extensions: (record) => this.extension(record),
    channels: (record) => this.channel(record),
    calls: (record) => this.call(record),
    trunks: (record) => this.trunk(record),
    transfers: (record) => this.transfer(record),
  };

  private extension(record: ExtensionRecord): ExtensionRecord {
    if (!record.calls.some(({ uniqueid }) => this.hidden.has(uniqueid))) return record;
    const calls = record.calls.map((call) => {
      return this.hidden.has(call.uniqueid) ? { ...call, party: this.hide(call.party) } : call;
    });
    return { ...record, calls };
  }

  private channel(record: ChannelRecord): ChannelRecord {
    const { name, extension, uniqueid } = record;
    if (extension !== null || !this.hidden.has(uniqueid)) return record;
    if (this.pbx.maps.trunks.has(name.slice(0, Math.max(0, name.lastIndexOf('-'))))) return record;
    return { ...record, name: `${name.split('/')[0] ?? ''}/${hiddenNumber}` };
  }

  private call(record: CallRecord): CallRecord {
    if (!record.legs.some((leg) => this.hidden.has(leg))) return record;
    const { from, to, did } = record;
    return { ...record, from: this.hide(from), to: this.hide(to), did: did && this.hideOne(did) };
  }

  private trunk(record: TrunkRecord): TrunkRecord {
    if (!record.channels.some(({ uniqueid }) => this.hidden.has(uniqueid))) return record;
    const channels = record.channels.map((one) => {
      return this.hidden.has(one.uniqueid) ? { ...one, party: this.hide(one.party) } : one;
    });
    return { ...record, channels };
  }

  private transfer(record: TransferRecord): TransferRecord {
    if (!legsOf(record).some((leg) => this.hidden.has(leg))) return record;
    const reason = record.reason === null ? null : 'It was not answered.';
    return { ...record, party: this.hide(record.party), to: this.hide(record.to), reason };
  }
}

function legsOf({ uniqueid, own, target }: TransferRecord): string[] {
  return [uniqueid, own, target].flatMap((leg) => leg ?? []);
}

function* placesOf({ maps }: KnownPbx, legs: ReadonlySet<string>): Generator<Place> {
  for (const domain of ['extensions', 'channels', 'calls', 'trunks', 'transfers'] as const) yield* ofDomain(domain);

  function* ofDomain<D extends Domain>(domain: D): Generator<Place> {
    const touches = touchesOf[domain];
    const field = domainKeys[domain];
    for (const record of maps[domain].values()) {
      if (touches?.(record as RecordOf<D>, legs)) {
        yield [domain, String((record as unknown as Record<string, unknown>)[field])];
      }
    }
  }
}

const touchesOf: Touches = {
  extensions: ({ calls }, legs) => calls.some(({ uniqueid }) => legs.has(uniqueid)),
  channels: ({ uniqueid, extension }, legs) => extension === null && legs.has(uniqueid),
  calls: ({ legs: own }, legs) => own.some((leg) => legs.has(leg)),
  trunks: ({ channels }, legs) => channels.some(({ uniqueid }) => legs.has(uniqueid)),
  transfers: (record, legs) => legsOf(record).some((leg) => legs.has(leg)),
};
