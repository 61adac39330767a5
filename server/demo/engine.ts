import { Applications } from './applications';
import { AttendedFeature } from './atxfer';
import { Bridges } from './bridges';
import { Channels } from './channels';
import type { DemoClock } from './clock';
import { Conferences } from './conferences';
import { Core, type CoreOptions } from './core';
import { Devices } from './devices';
import { Dialplan } from './dialplan';
import { Features } from './features';
import { Functions } from './functions';
import { Handsets } from './handset';
import { Locals } from './locals';
import type { Channel, DeviceState } from './model';
import { Parking } from './parking';
import { Phones } from './phones';
import { Presence } from './presence';
import { Queues } from './queues';
import type { SeededRandom } from './random';
import { Recordings } from './recordings';
import { Spying } from './spying';
import { Transfers } from './transfers';

/** What happens inside, for those who play the people: who rings, who is gone. */
export class EngineEvents {
  private readonly ringers = new Set<(leg: Channel) => void>();
  private readonly mourners = new Set<(channel: Channel) => void>();

  onRinging(listener: (leg: Channel) => void): void {
    this.ringers.add(listener);
  }

  onGone(listener: (channel: Channel) => void): void {
    this.mourners.add(listener);
  }

  ringing(leg: Channel): void {
    for (const listener of this.ringers) listener(leg);
  }

  gone(channel: Channel): void {
    for (const listener of this.mourners) listener(channel);
  }
}

/** A PBX in memory: deterministic for a clock and a seed, speaking Asterisk 22's events through `core.listen`. */
export class Engine {
  readonly core: Core;
  readonly events = new EngineEvents();
  readonly devices: Devices;
  readonly channels: Channels;
  readonly bridges: Bridges;
  readonly locals: Locals;
  readonly phones: Phones;
  readonly transfers: Transfers;
  readonly atxfer: AttendedFeature;
  readonly queues: Queues;
  readonly parking: Parking;
  readonly conferences: Conferences;
  readonly features: Features;
  readonly presence: Presence;
  readonly functions: Functions;
  readonly dialplan: Dialplan;
  readonly applications: Applications;
  readonly spying: Spying;
  readonly recordings: Recordings;
  readonly handsets: Handsets;

  constructor(clock: DemoClock, random: SeededRandom, options: CoreOptions = {}) {
    this.core = new Core(clock, random, options);
    this.devices = new Devices(this.core);
    this.channels = new Channels(this);
    this.bridges = new Bridges(this);
    this.locals = new Locals(this);
    this.phones = new Phones(this);
    this.transfers = new Transfers(this);
    this.atxfer = new AttendedFeature(this);
    this.queues = new Queues(this);
    this.parking = new Parking(this);
    this.conferences = new Conferences(this);
    this.features = new Features(this);
    this.presence = new Presence(this);
    this.functions = new Functions(this);
    this.dialplan = new Dialplan(this);
    this.applications = new Applications(this);
    this.spying = new Spying(this);
    this.recordings = new Recordings(this);
    this.handsets = new Handsets(this);
    this.events.onGone((channel) => {
      this.locals.forget(channel);
      this.transfers.forget(channel);
    });
  }
}

/** The engine's truth, to be compared with what a reader of its events believes. */
export interface Truth {
  readonly channels: readonly {
    uniqueid: string;
    linkedid: string;
    name: string;
    state: number;
    device: string | null;
    bridgeId: string | null;
    held: boolean;
  }[];
  readonly bridges: readonly { id: string; type: string; channels: readonly string[] }[];
  readonly devices: ReadonlyMap<string, DeviceState>;
  readonly queues: readonly {
    name: string;
    callers: readonly { uniqueid: string; position: number }[];
    members: readonly { interface: string; status: number; paused: boolean; pausedReason: string; penalty: number }[];
  }[];
  readonly parking: readonly { lot: string; slots: readonly { space: number; uniqueid: string }[] }[];
  readonly conferences: readonly {
    name: string;
    locked: boolean;
    participants: readonly { uniqueid: string; muted: boolean; talking: boolean; admin: boolean }[];
  }[];
}

export function truthOf(engine: Engine): Truth {
  return {
    channels: [...engine.channels.byId.values()].map((channel) => ({
      uniqueid: channel.uniqueid,
      linkedid: channel.linkedid,
      name: channel.name,
      state: channel.state,
      device: channel.device,
      bridgeId: channel.bridge?.id ?? null,
      held: channel.held,
    })),
    bridges: [...engine.bridges.byId.values()].map((bridge) => ({
      id: bridge.id,
      type: bridge.type,
      channels: bridge.members.map((member) => member.uniqueid),
    })),
    devices: new Map(engine.devices.all()),
    queues: [...engine.queues.byName.values()].map((queue) => ({
      name: queue.name,
      callers: queue.callers.map(({ channel, position }) => ({ uniqueid: channel.uniqueid, position })),
      members: queue.members.map(({ interface: device, status, paused, pausedReason, penalty }) => ({
        interface: device,
        status,
        paused,
        pausedReason,
        penalty,
      })),
    })),
    parking: [...engine.parking.lots.values()].map((lot) => ({
      lot: lot.name,
      slots: [...lot.calls.values()].map(({ space, channel }) => ({ space, uniqueid: channel.uniqueid })),
    })),
    conferences: [...engine.conferences.rooms.values()].map((room) => ({
      name: room.name,
      locked: room.locked,
      participants: room.users.map(({ channel, muted, talking, admin }) => ({
        uniqueid: channel.uniqueid,
        muted,
        talking,
        admin,
      })),
    })),
  };
}
