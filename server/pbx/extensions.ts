import type { ExtensionCall, PhoneRecord, Unsynced } from '../protocol/records';
import { assignExtension } from './channels';
import { stateOf } from './devices';
import type { ExtensionInfo, NameRank } from './events';
import { type Chan, type Ext, type FoundExt, link, unlink, type World } from './facts';
import { featuresOf } from './features';
import { touch } from './groups';
import { compareIds } from './ids';
import { ownOf, shownOf, staysByHand } from './overlay';
import { put } from './publish';
import { touchMembersOf } from './queues';
import { publishRingGroup } from './ring-groups';
import { mailboxKey } from './voicemail';

/** Extensions: who they are. SPEC E1–E9. */

const ranks: readonly NameRank[] = ['device', 'voicemail', 'callerid', 'ampuser', 'configured'];

export function reduceExtension(world: World, info: ExtensionInfo): void {
  if (info.number === '') return;
  const known = world.extensions.get(info.number);
  const { found } = known ?? createExtension(world, info.number);
  world.byHand.extension.delete(info.number);
  if (info.context !== undefined) found.context = info.context;
  if (info.group !== undefined) found.group = info.group;
  if (info.tags !== undefined) found.tags = info.tags;
  if (info.mailbox !== undefined) found.mailbox = info.mailbox;
  if (info.name !== undefined) setFoundName(found, info.name);
  if (info.devices !== undefined) found.devices = info.devices;
  settleExtension(world, info.number);
}

/** What counts is worked out again: what an administrator set, else what was found. */
export function settleExtension(world: World, number: string): void {
  const extension = world.extensions.get(number);
  if (!extension) return;
  const own = ownOf(world, 'extension', number);
  const { found } = extension;
  world.dirty.extensions.add(number);
  setMailbox(world, extension, own.mailbox ?? found.mailbox);
  setName(world, extension, own.label ?? found.name);
  setDevices(world, extension, own.device === null ? found.devices : [own.device]);
}

/** One that an administrator added. */
export function setUpExtension(world: World, number: string): void {
  createExtension(world, number);
}

function createExtension(world: World, number: string): Ext {
  const extension: Ext = {
    number,
    found: nothingFound(),
    devices: [],
    name: '',
    mailbox: null,
    channels: new Set(),
  };
  world.extensions.set(number, extension);
  touchMembersOf(world, number);
  return extension;
}

function nothingFound(): FoundExt {
  return { context: '', devices: [], name: '', rank: null, mailbox: null, group: null, tags: [] };
}

function setMailbox(world: World, extension: Ext, mailbox: string | null): void {
  if (extension.mailbox === mailbox) return;
  if (extension.mailbox !== null) unlink(world.mailboxOwners, mailboxKey(extension.mailbox), extension.number);
  extension.mailbox = mailbox;
  if (mailbox !== null) link(world.mailboxOwners, mailboxKey(mailbox), extension.number);
}

/** A surer name replaces a less sure one, never the other way round. */
function setFoundName(found: FoundExt, { text, rank }: { text: string; rank: NameRank }): void {
  if (found.rank !== null && ranks.indexOf(rank) < ranks.indexOf(found.rank)) return;
  found.rank = rank;
  found.name = text;
}

function setName(world: World, extension: Ext, name: string): void {
  if (extension.name === name) return;
  extension.name = name;
  for (const channel of extension.channels) touch(world, channel);
}

function setDevices(world: World, extension: Ext, devices: readonly string[]): void {
  const unique = [...new Set(devices)].filter((device) => device !== '');
  const old = extension.devices;
  if (unique.length === old.length && unique.every((device, index) => device === old[index])) return;
  extension.devices = unique;
  for (const device of old) if (!unique.includes(device)) unclaim(world, device, extension.number);
  for (const device of unique) if (!old.includes(device)) claim(world, device, extension.number);
}

function claim(world: World, device: string, number: string): void {
  const claims = world.claims.get(device);
  if (claims) claims.push(number);
  else world.claims.set(device, [number]);
  reassign(world, device);
}

function unclaim(world: World, device: string, number: string): void {
  const left = (world.claims.get(device) ?? []).filter((claimed) => claimed !== number);
  if (left.length > 0) world.claims.set(device, left);
  else world.claims.delete(device);
  reassign(world, device);
}

function reassign(world: World, device: string): void {
  for (const channel of [...(world.byDevice.get(device) ?? [])]) assignExtension(world, channel);
  touchMembersOf(world, device);
}

export function reduceExtensionGone(world: World, number: string): void {
  const extension = world.extensions.get(number);
  if (!extension || world.byHand.extension.has(number)) return;
  if (staysByHand(world, 'extension', number)) {
    extension.found = nothingFound();
    settleExtension(world, number);
    return;
  }
  setDevices(world, extension, []);
  setMailbox(world, extension, null);
  world.extensions.delete(number);
  world.dirty.extensions.add(number);
  touchMembersOf(world, number);
}

export function listExtensions(world: World, extensions: readonly ExtensionInfo[]): void {
  const listed = new Set(extensions.map(({ number }) => number));
  for (const number of [...world.extensions.keys()]) if (!listed.has(number)) reduceExtensionGone(world, number);
  for (const info of extensions) reduceExtension(world, info);
}

export function publishExtension(world: World, number: string): void {
  const extension = world.extensions.get(number);
  if (!extension) {
    publishRingGroup(world, number);
    return;
  }
  for (const group of world.memberGroups.get(number) ?? []) world.dirty.ringGroups.add(group);
  const own = ownOf(world, 'extension', number);
  const { found } = extension;
  const calls = linesOf(extension.channels);
  const { dnd, forward, presence, unsynced } = featuresOf(world, number);
  const mailbox = extension.mailbox;
  const count = mailbox === null ? undefined : world.mailboxes.get(mailboxKey(mailbox));
  put(world, 'extensions', number, {
    number,
    kind: 'person',
    name: extension.name,
    device: extension.devices[0] ?? '',
    devices: extension.devices as string[],
    phone: phoneOf(world, extension.devices),
    context: own.context ?? found.context,
    mailbox,
    ...shownOf(own, found),
    external: own.external,
    email: own.email,
    privacy: own.privacy ?? 'none',
    state: stateOf(
      world,
      extension.devices,
      calls.map(({ state }) => state),
    ),
    dnd,
    forward,
    presence,
    unsynced: unsynced as Unsynced[],
    voicemail: count ?? noVoicemail,
    calls,
  });
}

/** The first device whose phone is known speaks for the extension, as its first device rings for it. */
function phoneOf(world: World, devices: readonly string[]): PhoneRecord {
  for (const device of devices) {
    const phone = world.phones.get(device);
    if (phone) return phone.record;
  }
  return noPhone;
}

const noPhone: PhoneRecord = { model: null, answers: 'unknown' };
const noVoicemail = { new: 0, old: 0 } as const;

function linesOf(channels: ReadonlySet<Chan>): ExtensionCall[] {
  const calls: ExtensionCall[] = [];
  for (const { line } of channels) if (line !== null) calls.push(line);
  return calls.length > 1 ? calls.sort(byStart) : calls;
}

function byStart(a: ExtensionCall, b: ExtensionCall): number {
  if (a.startedAt !== b.startedAt) return a.startedAt < b.startedAt ? -1 : 1;
  return compareIds(a.uniqueid, b.uniqueid);
}
