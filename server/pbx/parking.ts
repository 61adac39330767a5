import type { SlotInfo } from './events';
import type { Chan, Lot, World } from './facts';
import { touch } from './groups';
import { compareIds, iso } from './ids';
import { ownOf, shownOf, staysByHand } from './overlay';
import { put, remove } from './publish';

/** Parking lots: one channel per space. SPEC P1–P8. */

export function reduceLot(world: World, name: string, first: string, last: string): void {
  if (name === '') return;
  knownLot(world, name).spaces = first === '' && last === '' ? null : { first, last };
  world.dirty.lots.add(name);
}

/** One that an administrator added. */
export function setUpLot(world: World, name: string): void {
  knownLot(world, name);
}

export function dropLot(world: World, name: string): void {
  const lot = world.lots.get(name);
  if (!lot) return;
  for (const { uniqueid } of [...lot.slots.values()]) removeSlot(world, uniqueid);
  if (staysByHand(world, 'park', name)) lot.spaces = null;
  else world.lots.delete(name);
  world.dirty.lots.add(name);
}

function knownLot(world: World, name: string): Lot {
  world.byHand.park.delete(name);
  const known = world.lots.get(name);
  if (known) return known;
  const lot: Lot = { spaces: null, slots: new Map() };
  world.lots.set(name, lot);
  world.dirty.lots.add(name);
  return lot;
}

export function reduceParked(world: World, name: string, slot: SlotInfo): void {
  const channel = world.channels.get(slot.uniqueid);
  if (!channel || name === '' || channel.unparked === parkingKey(name, slot)) return;
  park(world, name, slot, channel);
}

/** One parking of one channel: what tells a late repetition from parking again. */
function parkingKey(name: string, { space, parkedSince }: { space: string; parkedSince: number }): string {
  return `${name}/${space}/${parkedSince}`;
}

function park(world: World, name: string, slot: SlotInfo, channel: Chan | undefined): void {
  const lot = knownLot(world, name);
  const before = lot.slots.get(slot.uniqueid);
  const same = before?.space === slot.space;
  if (!same) removeSlot(world, slot.uniqueid);
  for (const other of [...lot.slots.values()]) {
    if (other.space === slot.space && other.uniqueid !== slot.uniqueid) removeSlot(world, other.uniqueid);
  }
  const parkedSince = same && before ? before.parkedSince : slot.parkedSince;
  lot.slots.set(slot.uniqueid, { ...slot, parkedSince });
  world.slotLots.set(slot.uniqueid, name);
  world.dirty.lots.add(name);
  if (!channel) return;
  channel.parked = { lot: name, space: slot.space, since: parkedSince, by: slot.parkedBy };
  channel.transferring = false;
  touch(world, channel);
}

/** The channel is in no space any more: retrieved, timed out, hung up. */
export function removeSlot(world: World, uniqueid: string): void {
  const name = world.slotLots.get(uniqueid);
  const lot = name === undefined ? undefined : world.lots.get(name);
  const slot = lot?.slots.get(uniqueid);
  if (name === undefined || !lot || !slot) return;
  lot.slots.delete(uniqueid);
  world.slotLots.delete(uniqueid);
  world.dirty.lots.add(name);
  const channel = world.channels.get(uniqueid);
  if (!channel) return;
  channel.unparked = parkingKey(name, slot);
  channel.parked = null;
  touch(world, channel);
}

export function reduceUnparked(world: World, name: string, uniqueid: string, swapped: SlotInfo | null): void {
  if (world.slotLots.get(uniqueid) === name) removeSlot(world, uniqueid);
  if (swapped) reduceParked(world, name, swapped);
}

export interface ListedLot {
  readonly lot: string;
  readonly first: string;
  readonly last: string;
  readonly slots: readonly SlotInfo[];
}

export function listParking(world: World, lots: readonly ListedLot[]): void {
  const parked = new Set(lots.flatMap(({ slots }) => slots.map(({ uniqueid }) => uniqueid)));
  for (const uniqueid of [...world.slotLots.keys()]) if (!parked.has(uniqueid)) removeSlot(world, uniqueid);
  for (const { lot, first, last, slots } of lots) {
    reduceLot(world, lot, first, last);
    for (const slot of slots) {
      if (lot !== '' && !world.goneChannels.has(slot.uniqueid))
        park(world, lot, slot, world.channels.get(slot.uniqueid));
    }
  }
  const listed = new Set(lots.map(({ lot }) => lot));
  for (const name of [...world.lots.keys()]) {
    if (!listed.has(name)) dropLot(world, name);
  }
}

export function publishLot(world: World, name: string): void {
  const lot = world.lots.get(name);
  if (!lot) {
    remove(world, 'parking', name);
    return;
  }
  const slots = [...lot.slots.values()].sort((a, b) => bySpace(a.space, b.space) || compareIds(a.uniqueid, b.uniqueid));
  const own = ownOf(world, 'park', name);
  put(world, 'parking', name, {
    lot: name,
    label: own.label ?? name,
    ...shownOf(own),
    spaces: lot.spaces,
    slots: slots.map((slot) => ({
      space: slot.space,
      uniqueid: slot.uniqueid,
      number: slot.number,
      name: slot.name,
      parkedBy: slot.parkedBy,
      parkedSince: iso(slot.parkedSince),
      timeout: slot.timeout,
    })),
  });
}

function bySpace(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
