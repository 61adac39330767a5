import { answersOf, modelOf } from '../protocol/phone-models';
import type { ExtensionState, LineState, MemberState } from '../protocol/records';
import type { DeviceState } from './events';
import type { Device, World } from './facts';

/** Device states, and what they make of an extension. SPEC E10–E18. */

/** Asterisk's order of worse (`ast_devstate_aggregate_add`): the highest of several devices counts. */
const weight: Readonly<Record<DeviceState, number>> = {
  INVALID: 0,
  UNKNOWN: 1,
  UNAVAILABLE: 2,
  NOT_INUSE: 3,
  ONHOLD: 4,
  RINGING: 5,
  INUSE: 6,
  BUSY: 7,
  RINGINUSE: 8,
};

const extensionStates: Readonly<Record<DeviceState, ExtensionState>> = {
  NOT_INUSE: 'idle',
  INUSE: 'inUse',
  BUSY: 'busy',
  INVALID: 'unavailable',
  UNAVAILABLE: 'unavailable',
  RINGING: 'ringing',
  RINGINUSE: 'ringInUse',
  ONHOLD: 'onHold',
  UNKNOWN: 'unknown',
};

const memberStates: Readonly<Record<DeviceState, MemberState>> = { ...extensionStates, INVALID: 'invalid' };

export function memberStateOf(state: DeviceState): MemberState {
  return memberStates[state];
}

/** Several devices as one, as Asterisk does for a hint; null when none has told its state. */
export function worstOf(states: readonly DeviceState[]): DeviceState | null {
  let worst: DeviceState | null = null;
  let ringing = false;
  let inUse = false;
  for (const state of states) {
    if (state === 'RINGING') ringing = true;
    if (state === 'INUSE' || state === 'ONHOLD' || state === 'BUSY') inUse = true;
    if (worst === null || weight[state] > weight[worst]) worst = state;
  }
  return ringing && inUse ? 'RINGINUSE' : worst;
}

const busyStates: ReadonlySet<DeviceState> = new Set(['INUSE', 'BUSY', 'RINGING', 'RINGINUSE', 'ONHOLD']);

/** A busy state from before the last change of the device's lines is no longer believed; a phone out of reach is not idle. */
function believed(device: Device): DeviceState {
  if (busyStates.has(device.state)) {
    if (device.fresh) return device.state;
    return device.reachable === false ? 'UNAVAILABLE' : 'NOT_INUSE';
  }
  if (device.reachable === false) return 'UNAVAILABLE';
  return device.state === 'UNKNOWN' && device.reachable === true ? 'NOT_INUSE' : device.state;
}

/** Lines that are shown decide; the devices speak for idle extensions, and for lines that are not shown. */
export function stateOf(world: World, devices: readonly string[], lines: readonly LineState[]): ExtensionState {
  const told: DeviceState[] = [];
  for (const name of devices) {
    const device = world.devices.get(name);
    if (device) told.push(believed(device));
  }
  const device = worstOf(told);
  if (lines.length === 0) return device === null ? 'unknown' : extensionStates[device];
  return stateOfLines(lines, device);
}

function stateOfLines(lines: readonly LineState[], device: DeviceState | null): ExtensionState {
  const active = lines.filter((state) => state !== 'ringing');
  if (active.length < lines.length) return active.length > 0 || device === 'RINGINUSE' ? 'ringInUse' : 'ringing';
  if (device === 'RINGINUSE') return 'ringInUse';
  if (device === 'BUSY') return 'busy';
  return device === 'ONHOLD' || active.every((state) => state === 'onHold') ? 'onHold' : 'inUse';
}

/** Devices that concern nobody are remembered up to here: guests bring new names for ever. */
const strangers = 20_000;

function knownDevice(world: World, name: string): Device | null {
  const known = world.devices.get(name);
  if (known) return known;
  if (name === '' || (!world.claims.has(name) && world.devices.size >= world.claims.size + strangers)) return null;
  const device: Device = { state: 'UNKNOWN', reachable: null, fresh: true };
  world.devices.set(name, device);
  return device;
}

function touchDevice(world: World, name: string): void {
  for (const number of world.claims.get(name) ?? []) world.dirty.extensions.add(number);
}

export function reduceDevice(world: World, name: string, state: DeviceState): void {
  const device = knownDevice(world, name);
  if (device) {
    device.state = state;
    device.fresh = true;
    touchDevice(world, name);
  }
  moveMembers(world, name, memberStateOf(state));
}

/** Queue members on this device follow it. */
function moveMembers(world: World, device: string, state: MemberState): void {
  const queues = world.memberQueues.get(device);
  if (!queues) return;
  for (const name of queues.keys()) {
    const members = world.queues.get(name)?.members;
    if (!members) continue;
    for (const [key, member] of members) {
      if (member.stateInterface !== device || member.state === state) continue;
      members.set(key, { ...member, state });
      world.dirty.queues.add(name);
    }
  }
}

export function reduceReachable(world: World, name: string, reachable: boolean): void {
  const device = knownDevice(world, name);
  if (!device || device.reachable === reachable) return;
  device.reachable = reachable;
  touchDevice(world, name);
}

export function reducePhone(world: World, device: string, agents: readonly string[]): void {
  const before = world.phones.get(device);
  if (agents.length === 0) world.phones.delete(device);
  else if (before !== undefined || world.claims.has(device) || world.phones.size < world.claims.size + strangers) {
    const record = { model: modelOf(agents.join(', ')), answers: answersOf(agents) };
    world.phones.set(device, { agents, record });
  }
  touchDevice(world, device);
}

export function listPhones(world: World, phones: readonly { device: string; agents: readonly string[] }[]): void {
  const listed = new Set(phones.map(({ device }) => device));
  for (const device of [...world.phones.keys()]) if (!listed.has(device)) reducePhone(world, device, []);
  for (const { device, agents } of phones) reducePhone(world, device, agents);
}

/** A full read: devices that are not in it are unknown from now on. */
export function listDevices(
  world: World,
  devices: readonly { device: string; state: DeviceState; reachable?: boolean }[],
): void {
  const listed = new Set<string>();
  for (const { device, state, reachable } of devices) {
    listed.add(device);
    reduceDevice(world, device, state);
    if (reachable !== undefined) reduceReachable(world, device, reachable);
  }
  for (const [name, known] of [...world.devices]) {
    if (listed.has(name)) continue;
    // Reachability has its own source: a phone out of reach stays so though its state is not listed.
    if (known.reachable === null) world.devices.delete(name);
    else known.state = 'UNKNOWN';
    touchDevice(world, name);
  }
}
