import type { StateMaps } from '../protocol/apply';
import type { ButtonFields, ButtonKind, FoundFields } from '../protocol/buttons';
import type { CallRecord, ChannelRecord, ExtensionRecord, LineState } from '../protocol/records';
import type { Op, SnapshotLists } from '../protocol/state';
import { deriveGroup } from './calls';
import { extensionOfDevice, publishChannel } from './channels';
import { publishConference } from './conferences';
import type { PbxEvent, ReduceResult } from './events';
import { publishExtension } from './extensions';
import { World } from './facts';
import { foundKeys, foundOf } from './found';
import { reach } from './graph';
import { joinsCalls, touch } from './groups';
import { graceMs } from './legs';
import { newPbx } from './link';
import { ownOf } from './overlay';
import { publishLot } from './parking';
import { publishQueue } from './queues';
import { dispatch } from './reduce';
import { learnApplications } from './restore';
import { publishRingGroup } from './ring-groups';
import { publishTrunk } from './trunks';

export interface PbxModelOptions {
  readonly pbxId?: string;
  readonly name?: string;
  readonly demo?: boolean;
}

/** One leg as those see it who do something to it. */
export interface Leg {
  readonly channel: ChannelRecord;
  /** Null: nothing a person would call a line, such as a phone that was given up. */
  readonly state: LineState | null;
  /** Uniqueids of the people it talks to, or rings, or is rung by. */
  readonly peers: readonly string[];
  readonly call: CallRecord | null;
}

/** A channel as those see it who connect channels with each other. */
export interface LineOfSwitch {
  readonly uniqueid: string;
  readonly name: string;
  readonly up: boolean;
  /** Uniqueids of the others in its bridge, Local halves included. */
  readonly bridgedWith: readonly string[];
  /** Uniqueids of the people at the other end, through Local halves. */
  readonly talksTo: readonly string[];
}

/**
 * The state of one PBX: events in, changed records out. Pure: no I/O, no clock, no randomness; the only time is the `at`
 * of events. The rules are numbered in SPEC.md. The cost of an event depends on the call it touches, not on the size of
 * the PBX.
 */
export class PbxModel {
  private readonly world = new World();
  private readonly pbxId: string;

  constructor({ pbxId = 'pbx', name = 'PBX', demo = false }: PbxModelOptions = {}) {
    this.pbxId = pbxId;
    this.world.maps.pbx.set(pbxId, newPbx(pbxId, name, demo));
  }

  /** The records as published; to read only. A record is replaced, never changed; equal parts keep their identity. */
  get maps(): StateMaps {
    return this.world.maps;
  }

  /**
   * Take one event. `ops` lead the records from before it to after it, in order; empty when nothing changed.
   * `repairs`: how many records a repairing list had to mend. Never throws: a `fault` of the model's own leaves the
   * records and the ops in step, yet the event half taken in, so the owner has to read the PBX again.
   */
  reduce(event: PbxEvent): ReduceResult {
    const { world } = this;
    world.ops = [];
    if (Number.isFinite(event.at)) world.now = event.at;
    let before = 0;
    const fault = faultOf(() => {
      endGrace(world);
      flush(world);
      if (event.type === 'list.channels') {
        learnApplications(world, event.channels);
        flush(world);
      }
      before = world.ops.length;
      dispatch(world, this.pbxId, event);
      flush(world);
    });
    const { ops } = world;
    world.ops = [];
    const repairs = 'repair' in event && event.repair ? countRepairs(ops.slice(before)) : 0;
    return fault === null ? { ops, repairs } : { ops, repairs, fault };
  }

  /** A snapshot of all records. */
  lists(): SnapshotLists {
    const { maps } = this.world;
    return {
      pbx: [...maps.pbx.values()],
      extensions: [...maps.extensions.values()],
      channels: [...maps.channels.values()],
      calls: [...maps.calls.values()],
      queues: [...maps.queues.values()],
      parking: [...maps.parking.values()],
      conferences: [...maps.conferences.values()],
      trunks: [...maps.trunks.values()],
      transfers: [...maps.transfers.values()],
    };
  }

  extension(number: string): ExtensionRecord | undefined {
    return this.world.maps.extensions.get(number);
  }

  /** A person's channel; undefined for Local and helper channels. */
  channel(uniqueid: string): ChannelRecord | undefined {
    return this.world.maps.channels.get(uniqueid);
  }

  /** A person's leg with what it is doing (SPEC C30); undefined for Local and helper channels, and when it is gone. */
  leg(uniqueid: string): Leg | undefined {
    const channel = this.world.maps.channels.get(uniqueid);
    const view = this.world.channels.get(uniqueid)?.view;
    if (channel === undefined || view === undefined) return undefined;
    const call = this.world.maps.calls.get(channel.linkedid) ?? null;
    return { channel, state: view.state, peers: view.peers.map((peer) => peer.uniqueid), call };
  }

  /** What the PBX itself says of a thing of the panel; null: it has none. */
  found(kind: ButtonKind, key: string): FoundFields | null {
    return foundOf(this.world, kind, key);
  }

  /** Everything of a kind that the PBX has. */
  foundKeys(kind: ButtonKind): readonly string[] {
    return foundKeys(this.world, kind);
  }

  /** What an administrator set for it. */
  configured(kind: ButtonKind, key: string): ButtonFields {
    return ownOf(this.world, kind, key);
  }

  /** Extensions that tell nobody else whom they speak with outside (privacy `clid`, `all`). */
  get discreet(): ReadonlySet<string> {
    return this.world.discreet;
  }

  /** User-Agents of the contacts of a device; empty: not known. */
  agents(device: string): readonly string[] {
    return this.world.phones.get(device)?.agents ?? [];
  }

  /** Any channel, Local and helper channels included; undefined: it is gone, or another took its name and place. */
  line(uniqueid: string): LineOfSwitch | undefined {
    const channel = this.world.channels.get(uniqueid);
    if (channel === undefined || channel.name.endsWith('<ZOMBIE>')) return undefined;
    const { name, state, bridge } = channel;
    const shared = bridge !== null && joinsCalls(bridge.info) ? [...bridge.channels] : [];
    return {
      uniqueid,
      name,
      up: state === 'up',
      bridgedWith: shared.filter((one) => one !== channel).map((one) => one.uniqueid),
      talksTo: reach(channel).talk.map((one) => one.uniqueid),
    };
  }

  /** Uniqueid of the channel that has this name now. */
  named(name: string): string | undefined {
    return this.world.byName.get(name)?.uniqueid;
  }

  /** The extension whose phone a device such as `PJSIP/101` is. */
  findExtensionByDevice(device: string): ExtensionRecord | undefined {
    const number = extensionOfDevice(this.world, device);
    return number === null ? undefined : this.world.maps.extensions.get(number);
  }

  /** Whether this channel is up by all that is known, Local and helper channels included. */
  isKnownChannel(uniqueid: string): boolean {
    return this.world.channels.has(uniqueid);
  }

  /** The facts behind the records, for checks of one against the other. */
  get facts(): World {
    return this.world;
  }
}

/** Legs that were left alone and did nothing since: what they do now shows. */
function endGrace(world: World): void {
  for (const [channel, since] of world.alone) {
    if (world.now - since < graceMs) return;
    world.alone.delete(channel);
    channel.graceOver = true;
    touch(world, channel);
  }
}

/** Derive what was touched, in the order in which records depend on each other. */
function flush(world: World): void {
  const { dirty } = world;
  if (dirty.channels.size > 0) drain(dirty.channels, (uniqueid) => publishChannel(world, uniqueid));
  if (dirty.groups.size > 0) drain(dirty.groups, (id) => deriveGroup(world, id));
  if (dirty.extensions.size > 0) drain(dirty.extensions, (number) => publishExtension(world, number));
  if (dirty.ringGroups.size > 0) drain(dirty.ringGroups, (number) => publishRingGroup(world, number));
  if (dirty.trunks.size > 0) drain(dirty.trunks, (name) => publishTrunk(world, name));
  if (dirty.queues.size > 0) drain(dirty.queues, (name) => publishQueue(world, name));
  if (dirty.lots.size > 0) drain(dirty.lots, (name) => publishLot(world, name));
  if (dirty.conferences.size > 0) drain(dirty.conferences, (name) => publishConference(world, name));
}

function drain(touched: Set<string>, publish: (key: string) => void): void {
  let current = '';
  try {
    for (const key of touched) {
      current = key;
      publish(key);
    }
    touched.clear();
  } catch (error) {
    // What cannot be derived must not fail every event that follows; what comes after it still is to be derived.
    for (const key of touched) {
      touched.delete(key);
      if (key === current) break;
    }
    throw error;
  }
}

function faultOf(work: () => void): Error | null {
  try {
    work();
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Counters that no event tells are read, not repaired. */
const onlyRead: ReadonlySet<string> = new Set(['completed', 'abandoned', 'serviceLevelPerf']);

function countRepairs(ops: readonly Op[]): number {
  return ops.filter(([domain, , fields]) => {
    return fields === null || domain !== 'queues' || Object.keys(fields).some((field) => !onlyRead.has(field));
  }).length;
}
