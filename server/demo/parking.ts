import { channelHeaders, header } from './blocks';
import type { DemoTimer } from './clock';
import type { Engine } from './engine';
import type { Activity, Channel, ParkedCall, ParkingLot } from './model';

/** Parking lots: calls wait in numbered spaces until somebody dials the space or time is up. */
export class Parking {
  readonly lots = new Map<string, ParkingLot>();
  private readonly extens = new Map<string, ParkingLot>();

  constructor(private readonly engine: Engine) {}

  /** `exten` parks (`700`); the spaces' numbers fetch. */
  add(lot: Omit<ParkingLot, 'calls' | 'bridge'>, exten: string): ParkingLot {
    const added: ParkingLot = { ...lot, calls: new Map(), bridge: null };
    this.lots.set(lot.name, added);
    this.extens.set(exten, added);
    return added;
  }

  lotOfExten(exten: string): ParkingLot | undefined {
    return this.extens.get(exten);
  }

  lotOfSpace(space: number): ParkingLot | undefined {
    for (const lot of this.lots.values()) if (space >= lot.first && space <= lot.last) return lot;
    return undefined;
  }

  /** Puts a channel that is in no bridge into a free space; hangs it up when the lot is full. */
  park(channel: Channel, parkerDialString: string, lot: ParkingLot, timeout = lot.timeout): ParkedCall | undefined {
    const { bridges, channels, core, devices } = this.engine;
    const space = freeSpace(lot);
    if (space === undefined || channel.ending) {
      channels.hangup(channel, { by: 'soft', cause: 34 });
      return undefined;
    }
    if (channel.state !== 6) channels.answer(channel);
    const call: ParkedCall = { space, channel, parkerDialString, since: core.clock.now(), timeout };
    lot.calls.set(space, call);
    lot.bridge ??= bridges.create('parking', 'holding_bridge', 'Parking', lot.name);
    this.emit('ParkedCall', lot, call);
    devices.set(`park:${space}@parkedcalls`, 'INUSE');
    bridges.enter(lot.bridge, channel);
    channels.music(channel, true);
    const parked = new Parked(this.engine, lot, call);
    channel.activity = parked;
    parked.start();
    return call;
  }

  /** Somebody dials the space: the two talk. False when the space is empty. */
  retrieve(retriever: Channel, space: number): boolean {
    const lot = this.lotOfSpace(space);
    const call = lot?.calls.get(space);
    const parkee = call?.channel;
    const parked = parkee?.activity;
    if (!parkee || !(parked instanceof Parked)) return false;
    const { bridges, channels } = this.engine;
    channels.answer(retriever);
    parked.leaves('UnParkedCall', retriever);
    parkee.activity = null;
    bridges.connect(parkee, retriever);
    return true;
  }

  emit(name: string, lot: ParkingLot, call: ParkedCall, retriever?: Channel): void {
    this.engine.core.emit('call', name, this.headers(lot, call, retriever));
  }

  headers(lot: ParkingLot, call: ParkedCall, retriever?: Channel): string {
    const lasted = Math.floor((this.engine.core.clock.now() - call.since) / 1000);
    return (
      channelHeaders(call.channel, 'Parkee') +
      (retriever ? channelHeaders(retriever, 'Retriever') : '') +
      header('ParkerDialString', call.parkerDialString) +
      header('Parkinglot', lot.name) +
      header('ParkingSpace', call.space) +
      header('ParkingTimeout', Math.max(0, call.timeout - lasted)) +
      header('ParkingDuration', lasted)
    );
  }
}

function freeSpace(lot: ParkingLot): number | undefined {
  for (let space = lot.first; space <= lot.last; space += 1) if (!lot.calls.has(space)) return space;
  return undefined;
}

class Parked implements Activity {
  readonly kind = 'parked';
  private timer: DemoTimer | null = null;

  constructor(
    private readonly engine: Engine,
    private readonly lot: ParkingLot,
    private readonly call: ParkedCall,
  ) {}

  start(): void {
    if (this.call.timeout <= 0) return;
    this.timer = this.engine.core.clock.after(this.call.timeout * 1000, () => this.expire());
  }

  end(): void {
    this.leaves('ParkedCallGiveUp');
  }

  leaves(event: 'UnParkedCall' | 'ParkedCallTimeOut' | 'ParkedCallGiveUp', retriever?: Channel): void {
    const { lot, call, engine } = this;
    this.timer?.cancel();
    engine.channels.music(call.channel, false);
    engine.parking.emit(event, lot, call, retriever);
    lot.calls.delete(call.space);
    engine.devices.set(`park:${call.space}@parkedcalls`, 'NOT_INUSE');
    if (!lot.bridge) return;
    engine.bridges.leave(lot.bridge, call.channel);
    if (lot.bridge.members.length > 0) return;
    engine.bridges.destroy(lot.bridge);
    lot.bridge = null;
  }

  /** Nobody came: the parker is rung. */
  private expire(): void {
    const { channel, parkerDialString } = this.call;
    this.leaves('ParkedCallTimeOut');
    channel.activity = null;
    channel.pbx = true;
    this.engine.dialplan.comeback(channel, parkerDialString, this.lot.comebackSeconds);
  }
}
