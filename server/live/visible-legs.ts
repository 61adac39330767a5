import type { Change } from './batch';
import type { Circle } from './circle';
import type { KnownPbx } from './privacy';
import { ReachedPlaces } from './reached-places';

/**
 * Which legs take part in a call that a circle has to do with: an extension or a queue of it takes part, or a leg is in one
 * of its places. Remembered, and brought up to date by changes alone, so that what was sent and what is known of it never
 * differ.
 */
export class VisibleLegs {
  private readonly visible = new Set<string>();
  private readonly callOf = new Map<string, string>();
  private readonly legsOf = new Map<string, Set<string>>();
  private readonly places: ReachedPlaces;

  constructor(
    private readonly circle: Circle,
    private readonly pbx: KnownPbx,
  ) {
    this.places = new ReachedPlaces(circle, pbx);
    for (const uniqueid of pbx.maps.channels.keys()) this.place(uniqueid);
    this.lookAgain();
  }

  has(uniqueid: string): boolean {
    return this.visible.has(uniqueid);
  }

  /** The legs that became visible, or ceased to be, by these changes. */
  settle(changes: readonly Change[]): Set<string> {
    const calls = new Set<string>();
    const flipped = new Set<string>();
    for (const { domain, key } of changes) {
      if (domain === 'calls') calls.add(key);
      if (domain !== 'channels') continue;
      const before = this.callOf.get(key);
      if (before !== undefined) calls.add(before);
      const now = this.place(key);
      if (now !== null) calls.add(now);
      else if (this.visible.delete(key)) flipped.add(key);
    }
    for (const uniqueid of this.places.settle(changes)) {
      const call = this.callOf.get(uniqueid);
      if (call !== undefined) calls.add(call);
    }
    for (const call of calls) this.look(call, flipped);
    return flipped;
  }

  /** The same for all calls: somebody else may be seen now. */
  lookAgain(): Set<string> {
    const flipped = new Set<string>();
    this.places.lookAgain();
    for (const call of new Set(this.callOf.values())) this.look(call, flipped);
    return flipped;
  }

  /** Notes in which call a leg is now; null: it is gone. */
  private place(uniqueid: string): string | null {
    const before = this.callOf.get(uniqueid);
    const now = this.pbx.maps.channels.get(uniqueid)?.linkedid ?? null;
    if (before === now) return now;
    if (before !== undefined) {
      const legs = this.legsOf.get(before);
      legs?.delete(uniqueid);
      if (legs?.size === 0) this.legsOf.delete(before);
      this.callOf.delete(uniqueid);
    }
    if (now === null) return null;
    this.callOf.set(uniqueid, now);
    const legs = this.legsOf.get(now) ?? new Set();
    this.legsOf.set(now, legs.add(uniqueid));
    return now;
  }

  private look(id: string, flipped: Set<string>): void {
    const seen = this.isSeen(id);
    for (const uniqueid of this.legsOf.get(id) ?? []) {
      if (seen === this.visible.has(uniqueid)) continue;
      if (seen) this.visible.add(uniqueid);
      else this.visible.delete(uniqueid);
      flipped.add(uniqueid);
    }
  }

  private isSeen(id: string): boolean {
    const { maps } = this.pbx;
    const call = maps.calls.get(id);
    if (call === undefined) return false;
    if (this.circle.has('queues', call.queue)) return true;
    return call.legs.some((leg) => {
      return this.places.has(leg) || this.circle.hasExtension(maps.channels.get(leg)?.extension ?? null);
    });
  }
}
