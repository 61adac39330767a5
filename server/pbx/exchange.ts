import type { ChannelState, Party } from '../protocol/records';
import type { BridgeInfo, ChannelSnapshot, PbxEvent, SlotInfo } from './events';

/**
 * Test support: a small telephone exchange that says what Asterisk says, in its order (as captured from 16 and 22), for
 * tests that want calls rather than events. Each method appends to `events`; `at` advances by a second per step.
 */
export class Exchange {
  readonly events: PbxEvent[] = [];
  readonly live = new Map<string, Line>();
  now: number;
  private serial = 0;

  constructor(
    start = 1_800_000_000_000,
    private readonly prefix = '1800000000.',
  ) {
    this.now = start;
  }

  say(event: Untimed): void {
    this.events.push({ ...event, at: this.now } as PbxEvent);
  }

  wait(ms: number): void {
    this.now += ms;
  }

  /** A new channel of `device`; it belongs to the call of `of`, or begins one. */
  channel(device: string, state: ChannelState, exten: string, of?: Line, suffix = ''): Line {
    const serial = this.serial++;
    const id = `${this.prefix}${serial}`;
    const number = device.startsWith('Local/') ? '' : device.slice(device.indexOf('/') + 1);
    const line = new Line(id, of?.linkedid ?? id, `${device}-${serial.toString(16).padStart(8, '0')}${suffix}`, state, {
      number: /^\d+$/.test(number) ? number : '',
      name: '',
    });
    line.exten = exten;
    this.live.set(id, line);
    this.say({ type: 'channel', cause: 'new', channel: line.snapshot() });
    return line;
  }

  state(line: Line, state: ChannelState): void {
    line.state = state;
    this.say({ type: 'channel', cause: 'state', channel: line.snapshot() });
  }

  /** A phone goes off hook and dials. */
  dials(device: string, exten: string): Line {
    return this.channel(device, 'ring', exten);
  }

  /** `from` rings `devices`, all at once. */
  rings(from: Line, ...devices: readonly string[]): Line[] {
    const dests = devices.map((device) => this.channel(device, 'down', '', from));
    for (const dest of dests) {
      dest.dialledBy = from;
      this.say({ type: 'dial.begin', source: from.snapshot(), dest: dest.snapshot(), dialString: '' });
    }
    for (const dest of dests) this.state(dest, 'ringing');
    return dests;
  }

  endDial(dest: Line, status: string): void {
    const source = dest.dialledBy;
    this.say({ type: 'dial.end', source: source?.snapshot() ?? null, dest: dest.snapshot(), status });
    dest.dialledBy = null;
  }

  /** The phone answers and is connected; returns the bridge. */
  answers(dest: Line, id = `b${this.serial++}`): string {
    const source = dest.dialledBy;
    this.state(dest, 'up');
    this.endDial(dest, 'ANSWER');
    if (source && source.state !== 'up') this.state(source, 'up');
    this.enter(dest, id);
    if (source) this.enter(source, id);
    return id;
  }

  enter(line: Line, id: string, swapWith: Line | null = null, info: Partial<BridgeInfo> = {}): void {
    line.bridge = id;
    const inside = [...this.live.values()].filter(({ bridge }) => bridge === id);
    const merges = info.creator === undefined;
    const oldest = [...inside].sort((a, b) => a.serial(a.linkedid) - b.serial(b.linkedid))[0];
    if (merges && oldest) for (const other of inside) other.linkedid = oldest.linkedid;
    const bridge = { id, type: 'basic', technology: 'simple_bridge', creator: '', name: '', ...info };
    this.say({ type: 'bridge.enter', bridge, channel: line.snapshot(), swapWith: swapWith?.id ?? null });
  }

  leave(line: Line): void {
    if (line.bridge === null) return;
    const id = line.bridge;
    line.bridge = null;
    this.say({ type: 'bridge.leave', bridgeId: id, channel: line.snapshot() });
    const empty = ![...this.live.values()].some(({ bridge }) => bridge === id);
    if (empty) this.say({ type: 'bridge.gone', bridgeId: id });
  }

  /** This channel alone ends. */
  hangUp(line: Line): void {
    if (!this.live.has(line.id)) return;
    if (line.dialledBy) this.endDial(line, line.state === 'up' ? 'ANSWER' : 'CANCEL');
    for (const other of this.live.values()) if (other.dialledBy === line) this.endDial(other, 'CANCEL');
    this.leave(line);
    this.live.delete(line.id);
    this.say({ type: 'channel.gone', uniqueid: line.id, hangupCause: 16 });
  }

  hold(line: Line, on = true): void {
    this.say({ type: on ? 'hold' : 'unhold', channel: line.snapshot() });
  }

  localPair(to: string, of: Line): [Line, Line] {
    const name = `Local/${to}@from-internal`;
    const one = this.channel(name, 'down', to, of, ';1');
    const two = this.channel(name, 'ring', to, of, ';2');
    two.name = `${one.name.slice(0, -1)}2`;
    this.say({ type: 'channel', cause: 'rename', channel: two.snapshot() });
    this.say({ type: 'local.pair', one: one.snapshot(), two: two.snapshot() });
    one.dialledBy = of;
    this.say({ type: 'dial.begin', source: of.snapshot(), dest: one.snapshot(), dialString: '' });
    return [one, two];
  }

  slot(line: Line, space: string, parkedBy = 'PJSIP/102'): SlotInfo {
    return {
      space,
      uniqueid: line.id,
      number: line.caller.number,
      name: '',
      parkedBy,
      parkedSince: this.now,
      timeout: 45,
    };
  }
}

type Untimed = PbxEvent extends infer E ? (E extends { at: number } ? Omit<E, 'at'> : never) : never;

/** One channel of the exchange. */
export class Line {
  exten = '';
  bridge: string | null = null;
  dialledBy: Line | null = null;
  connected: Party = { number: '', name: '' };
  constructor(
    readonly id: string,
    public linkedid: string,
    public name: string,
    public state: ChannelState,
    public caller: Party,
  ) {}

  serial(id: string): number {
    return Number(id.slice(id.indexOf('.') + 1));
  }

  snapshot(): ChannelSnapshot {
    const { id: uniqueid, linkedid, name, state, caller, connected, exten } = this;
    return { uniqueid, linkedid, name, state, caller, connected, exten, context: 'from-internal', accountCode: '' };
  }
}
