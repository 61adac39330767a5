import type { Domain } from '../protocol/domains';
import type { Change } from './batch';
import type { Circle } from './circle';
import type { KnownPbx } from './privacy';

type PlaceDomain = 'parking' | 'conferences' | 'trunks';
const placeDomains: readonly PlaceDomain[] = ['parking', 'conferences', 'trunks'];

/** Which legs are in a lot, a room or on a trunk of a circle, or were parked by somebody of it. Brought up to date by changes. */
export class ReachedPlaces {
  private readonly legsIn = new Map<string, ReadonlySet<string>>();
  /** In how many of them a leg is. */
  private readonly counts = new Map<string, number>();

  constructor(
    private readonly circle: Circle,
    private readonly pbx: KnownPbx,
  ) {
    this.lookAgain();
  }

  has(uniqueid: string): boolean {
    return this.counts.has(uniqueid);
  }

  /** The legs that came in or went out by these changes. */
  settle(changes: readonly Change[]): Set<string> {
    const touched = new Set<string>();
    for (const { domain, key } of changes) {
      if (isPlace(domain)) this.read(domain, key, touched);
    }
    // Whose phone parked a call is known by its device.
    if (changes.some(({ domain, removed, fields }) => domain === 'extensions' && (removed || fields?.devices))) {
      this.readAll('parking', touched);
    }
    return touched;
  }

  /** The same for all places: somebody else is in the circle now. */
  lookAgain(): Set<string> {
    const touched = new Set<string>();
    for (const domain of placeDomains) this.readAll(domain, touched);
    return touched;
  }

  private readAll(domain: PlaceDomain, touched: Set<string>): void {
    for (const key of this.pbx.maps[domain].keys()) this.read(domain, key, touched);
  }

  private read(domain: PlaceDomain, key: string, touched: Set<string>): void {
    const place = `${domain}/${key}`;
    const before = this.legsIn.get(place);
    const now = new Set(this.legs(domain, key));
    for (const leg of before ?? []) if (!now.has(leg)) this.count(leg, -1, touched);
    for (const leg of now) if (!before?.has(leg)) this.count(leg, 1, touched);
    if (now.size > 0) this.legsIn.set(place, now);
    else this.legsIn.delete(place);
  }

  private count(leg: string, by: number, touched: Set<string>): void {
    const count = (this.counts.get(leg) ?? 0) + by;
    if (count > 0) this.counts.set(leg, count);
    else this.counts.delete(leg);
    touched.add(leg);
  }

  private legs(domain: PlaceDomain, key: string): readonly string[] {
    const { maps, findExtensionByDevice } = this.pbx;
    const { circle } = this;
    const idOf = ({ uniqueid }: { readonly uniqueid: string }): string => uniqueid;
    if (domain === 'conferences') {
      return circle.has('conferences', key) ? (maps.conferences.get(key)?.participants ?? []).map(idOf) : [];
    }
    if (domain === 'trunks') return circle.has('trunks', key) ? (maps.trunks.get(key)?.channels ?? []).map(idOf) : [];
    const slots = maps.parking.get(key)?.slots ?? [];
    if (circle.has('parking', key)) return slots.map(idOf);
    const parker = (device: string): string => findExtensionByDevice(device)?.number ?? device;
    return slots.filter(({ parkedBy }) => circle.hasExtension(parker(parkedBy))).map(idOf);
  }
}

function isPlace(domain: Domain): domain is PlaceDomain {
  return placeDomains.some((one) => one === domain);
}
