import type { ExtensionRecord, ExtensionState } from '../protocol/records';
import type { RingGroupInfo } from './events';
import { type Group, link, type RingGroup, unlink, type World } from './facts';
import { featuresOf } from './features';
import { ownOf, shownOf, staysByHand } from './overlay';
import { put, remove } from './publish';

/** Numbers at which several extensions ring. SPEC B7–B9. */

export function listRingGroups(world: World, groups: readonly RingGroupInfo[]): void {
  const listed = new Set(groups.map(({ number }) => number));
  for (const [number, { found }] of [...world.ringGroups]) {
    if (found === null || listed.has(number)) continue;
    if (staysByHand(world, 'ringgroup', number)) tell(world, number, null);
    else dropRingGroup(world, number);
  }
  for (const info of groups) {
    if (info.number === '') continue;
    world.byHand.ringgroup.delete(info.number);
    tell(world, info.number, info);
  }
}

function tell(world: World, number: string, found: RingGroupInfo | null): void {
  const known = world.ringGroups.get(number);
  if (known) known.found = found;
  else world.ringGroups.set(number, { found, members: null, name: '' });
  settleRingGroup(world, number);
}

/** One that an administrator added. */
export function setUpRingGroup(world: World, number: string): void {
  tell(world, number, null);
}

export function dropRingGroup(world: World, number: string): void {
  const group = world.ringGroups.get(number);
  if (group) setMembers(world, number, group, null);
  world.ringGroups.delete(number);
  world.dirty.ringGroups.add(number);
}

/** What counts is worked out again. */
export function settleRingGroup(world: World, number: string): void {
  const group = world.ringGroups.get(number);
  if (!group) return;
  const own = ownOf(world, 'ringgroup', number);
  setMembers(world, number, group, own.members ?? group.found?.members ?? null);
  group.name = own.label ?? group.found?.name ?? '';
  world.dirty.ringGroups.add(number);
}

function setMembers(world: World, number: string, group: RingGroup, members: readonly string[] | null): void {
  for (const member of group.members ?? []) unlink(world.memberGroups, member, number);
  for (const member of members ?? []) link(world.memberGroups, member, number);
  group.members = members;
}

/** An extension of the same number is who is shown. */
export function publishRingGroup(world: World, number: string): void {
  if (world.extensions.has(number)) return;
  const group = world.ringGroups.get(number);
  if (!group) {
    remove(world, 'extensions', number);
    return;
  }
  const own = ownOf(world, 'ringgroup', number);
  put(world, 'extensions', number, {
    ...blank,
    ...featuresOf(world, number),
    unsynced: [],
    ...shownOf(own),
    number,
    name: group.name,
    state: stateOf(world, number, group),
  });
}

const blank: Omit<
  ExtensionRecord,
  'number' | 'name' | 'state' | 'group' | 'tags' | 'colour' | 'hidden' | 'dnd' | 'forward' | 'presence' | 'unsynced'
> = {
  kind: 'ringGroup',
  device: '',
  devices: [],
  phone: { model: null, answers: 'unknown' },
  context: '',
  mailbox: null,
  external: null,
  email: null,
  privacy: 'none',
  voicemail: { new: 0, old: 0 },
  calls: [],
};

function stateOf(world: World, number: string, { members }: RingGroup): ExtensionState {
  if (members === null) return 'unknown';
  for (const member of members) {
    for (const { line, linkedid } of world.extensions.get(member)?.channels ?? []) {
      if (line?.state === 'ringing' && wasCalled(world.groups.get(linkedid), number)) return 'ringing';
    }
  }
  return 'idle';
}

/** Whether a call came to this number on its way. */
function wasCalled(call: Group | undefined, number: string): boolean {
  if (call === undefined) return false;
  if (call.memo?.dialled === number || call.memo?.to.number === number) return true;
  for (const { target, exten } of call.channels) if (target === number || exten === number) return true;
  return false;
}
