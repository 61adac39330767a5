import { header } from './blocks';
import type { Core } from './core';
import type { DeviceState, Endpoint, Hint } from './model';

/** Asterisk's number of a device state (`ast_device_state`), as QueueMember Status has it. */
export const deviceStateNumbers: Record<DeviceState, number> = {
  UNKNOWN: 0,
  NOT_INUSE: 1,
  INUSE: 2,
  BUSY: 3,
  INVALID: 4,
  UNAVAILABLE: 5,
  RINGING: 6,
  RINGINUSE: 7,
  ONHOLD: 8,
};

const rank: Record<DeviceState, number> = {
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

/** Several states as one (main/devicestate.c, `ast_devstate_aggregate_add`). */
export function aggregate(states: Iterable<DeviceState>): DeviceState {
  let result: DeviceState = 'INVALID';
  let ringing = false;
  let inUse = false;
  for (const state of states) {
    if (state === 'RINGING') ringing = true;
    else if (state === 'INUSE' || state === 'ONHOLD' || state === 'BUSY') inUse = true;
    if (ringing && inUse) result = 'RINGINUSE';
    else if (rank[state] > rank[result]) result = state;
  }
  return result;
}

const extensionStates: Record<DeviceState, number> = {
  UNKNOWN: 0,
  NOT_INUSE: 0,
  INUSE: 1,
  BUSY: 2,
  UNAVAILABLE: 4,
  INVALID: 4,
  RINGING: 8,
  RINGINUSE: 9,
  ONHOLD: 16,
};

const extensionWords: Record<number, string> = {
  0: 'Idle',
  1: 'InUse',
  2: 'Busy',
  4: 'Unavailable',
  8: 'Ringing',
  9: 'InUse&Ringing',
  16: 'Hold',
};

export function extensionStatusText(status: number): string {
  return extensionWords[status] ?? 'Unknown';
}

/** A hint as the dialplan writes it: `PJSIP/101&Custom:DND101,CustomPresence:101`. */
export function hintText(hint: Hint): string {
  return hint.presentity ? `${hint.devices.join('&')},${hint.presentity}` : hint.devices.join('&');
}

/** Phones, trunks, their states and the hints that watch them. */
export class Devices {
  readonly endpoints = new Map<string, Endpoint>();
  readonly hints = new Map<string, Hint>();
  private readonly states = new Map<string, DeviceState>();
  private readonly hintsOfDevice = new Map<string, Hint[]>();
  private readonly watchers = new Set<(device: string, state: DeviceState) => void>();

  constructor(private readonly core: Core) {}

  addEndpoint(endpoint: Endpoint): void {
    this.endpoints.set(endpoint.device, endpoint);
    this.states.set(endpoint.device, this.computed(endpoint));
  }

  addHint(exten: string, context: string, devices: readonly string[], presentity = ''): void {
    const hint: Hint = { exten, context, devices, presentity, status: 0 };
    hint.status = this.statusOf(hint);
    this.hints.set(exten, hint);
    for (const device of devices) {
      const list = this.hintsOfDevice.get(device);
      if (list) list.push(hint);
      else this.hintsOfDevice.set(device, [hint]);
    }
  }

  /** Called after every change of a device's state, queues in particular. */
  watch(watcher: (device: string, state: DeviceState) => void): void {
    this.watchers.add(watcher);
  }

  state(device: string): DeviceState {
    return this.states.get(device) ?? (device.startsWith('Custom:') ? 'UNKNOWN' : 'INVALID');
  }

  all(): IterableIterator<[string, DeviceState]> {
    return this.states.entries();
  }

  /** Custom, Queue, park and confbridge devices have no channels: their state is told. */
  set(device: string, state: DeviceState): void {
    if (this.states.get(device) === state) return;
    this.states.set(device, state);
    this.changed(device, state);
  }

  /** Called after every change of one of the endpoint's channels. */
  refresh(device: string | null): void {
    const endpoint = device === null ? undefined : this.endpoints.get(device);
    if (endpoint) this.set(endpoint.device, this.computed(endpoint));
  }

  /** The device's state as its channels and registration make it (channels/chan_pjsip.c, `chan_pjsip_devicestate`). */
  computed(endpoint: Endpoint): DeviceState {
    const idle: DeviceState = endpoint.registered ? 'NOT_INUSE' : 'UNAVAILABLE';
    if (endpoint.channels.size === 0) return idle;
    const states: DeviceState[] = [];
    for (const channel of endpoint.channels) {
      if (channel.held) states.push('ONHOLD');
      else if (channel.state === 5) states.push('RINGING');
      else if (channel.state === 0) states.push('NOT_INUSE');
      else states.push('INUSE');
    }
    return aggregate(states);
  }

  /** A phone comes or goes: ContactStatus, PeerStatus, then the device's state. */
  register(endpoint: Endpoint, registered: boolean): void {
    if (endpoint.registered === registered) return;
    endpoint.registered = registered;
    this.contactStatus(endpoint, registered ? 'Reachable' : 'Removed');
    this.core.emit(
      'system',
      'PeerStatus',
      `ChannelType: PJSIP\r\nPeer: ${endpoint.device}\r\nPeerStatus: ${registered ? 'Reachable' : 'Unreachable'}\r\n`,
    );
    this.refresh(endpoint.device);
  }

  statusOf(hint: Hint): number {
    return extensionStates[aggregate(hint.devices.map((device) => this.state(device)))];
  }

  private contactStatus(endpoint: Endpoint, status: string): void {
    const trip = header('RoundtripUsec', status === 'Reachable' ? 2000 + endpoint.name.length * 311 : 0);
    this.core.emit(
      'system',
      'ContactStatus',
      header('URI', endpoint.contact) +
        header('ContactStatus', status) +
        header('AOR', endpoint.name) +
        header('EndpointName', endpoint.name) +
        trip,
    );
  }

  private changed(device: string, state: DeviceState): void {
    this.core.emit('call', 'DeviceStateChange', `Device: ${device}\r\nState: ${state}\r\n`);
    for (const hint of this.hintsOfDevice.get(device) ?? []) {
      const status = this.statusOf(hint);
      if (status === hint.status) continue;
      hint.status = status;
      this.core.emit('call', 'ExtensionStatus', extensionHeaders(hint));
    }
    for (const watcher of this.watchers) watcher(device, state);
  }
}

export function extensionHeaders(hint: Hint): string {
  return (
    header('Exten', hint.exten) +
    header('Context', hint.context) +
    header('Hint', hintText(hint)) +
    header('Status', hint.status) +
    header('StatusText', extensionStatusText(hint.status))
  );
}
