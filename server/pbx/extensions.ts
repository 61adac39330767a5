import type { ExtensionCall, PhoneRecord, Unsynced } from '../protocol/records';
import { assignExtension } from './channels';
import { stateOf } from './devices';
import type { ExtensionInfo, NameRank } from './events';
import { type Chan, type Ext, link, unlink, type World } from './facts';
import { featuresOf } from './features';
import { touch } from './groups';
import { compareIds } from './ids';
import { put, remove } from './publish';
import { touchMembersOf } from './queues';
import { mailboxKey } from './voicemail';

/** Extensions: who they are. SPEC E1–E9. */

const ranks: readonly NameRank[] = ['device', 'voicemail', 'callerid', 'ampuser', 'configured'];

export function reduceExtension(world: World, info: ExtensionInfo): void {
  if (info.number === '') return;
  const known = world.extensions.get(info.number);
  const extension = known ?? createExtension(world, info.number);
  world.dirty.extensions.add(info.number);
  if (info.context !== undefined) extension.context = info.context;
  if (info.group !== undefined) extension.group = info.group;
  if (info.tags !== undefined) extension.tags = info.tags;
  if (info.mailbox !== undefined) setMailbox(world, extension, info.mailbox);
  if (info.name !== undefined) setName(world, extension, info.name);
  if (info.devices !== undefined) setDevices(world, extension, info.devices);
}

function createExtension(world: World, number: string): Ext {
  const extension: Ext = {
    number,
    context: '',
    devices: [],
    name: '',
    rank: null,
    mailbox: null,
    group: null,
    tags: [],
    channels: new Set(),
  };
  world.extensions.set(number, extension);
  touchMembersOf(world, number);
  return extension;
}

function setMailbox(world: World, extension: Ext, mailbox: string | null): void {
  if (extension.mailbox !== null) unlink(world.mailboxOwners, mailboxKey(extension.mailbox), extension.number);
  extension.mailbox = mailbox;
  if (mailbox !== null) link(world.mailboxOwners, mailboxKey(mailbox), extension.number);
}

/** A surer name replaces a less sure one, never the other way round. */
function setName(world: World, extension: Ext, { text, rank }: { text: string; rank: NameRank }): void {
  if (extension.rank !== null && ranks.indexOf(rank) < ranks.indexOf(extension.rank)) return;
  extension.rank = rank;
  if (extension.name === text) return;
  extension.name = text;
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
  if (!extension) return;
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
    remove(world, 'extensions', number);
    return;
  }
  const calls = linesOf(extension.channels);
  const { dnd, forward, presence, unsynced } = featuresOf(world, number);
  const mailbox = extension.mailbox;
  const count = mailbox === null ? undefined : world.mailboxes.get(mailboxKey(mailbox));
  put(world, 'extensions', number, {
    number,
    name: extension.name,
    device: extension.devices[0] ?? '',
    devices: extension.devices as string[],
    phone: phoneOf(world, extension.devices),
    context: extension.context,
    mailbox,
    group: extension.group,
    tags: extension.tags as string[],
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
