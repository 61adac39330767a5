import { bridgeHeaders, channelHeaders } from './blocks';
import { Dial } from './dialing';
import type { Engine } from './engine';
import type { Activity, Bridge, Channel } from './model';

/** Bridges and who is in them. A two-party bridge comes apart when one side leaves. */
export class Bridges {
  readonly byId = new Map<string, Bridge>();

  constructor(private readonly engine: Engine) {}

  create(type: Bridge['type'], technology: Bridge['technology'], creator = '', name = '', hidden = 0): Bridge {
    const { core } = this.engine;
    const id = core.random.uuid();
    const bridge: Bridge = { id, type, technology, creator, name, members: [], hidden: 0, gone: false };
    core.emit('call', 'BridgeCreate', bridgeHeaders(bridge));
    const ready: Bridge = hidden === 0 ? bridge : { ...bridge, hidden };
    this.byId.set(id, ready);
    return ready;
  }

  /** Enters; those who talk take the oldest Linkedid of all inside (which raises no event), lots and rooms hold strangers. */
  enter(bridge: Bridge, channel: Channel, swap?: Channel): void {
    bridge.members.push(channel);
    channel.bridge = bridge;
    if (bridge.creator === '') this.makeOneCall(bridge.members);
    const swapped = swap ? `SwapUniqueid: ${swap.uniqueid}\r\n` : '';
    this.engine.core.emit('call', 'BridgeEnter', bridgeHeaders(bridge) + channelHeaders(channel) + swapped);
  }

  private makeOneCall(members: readonly Channel[]): void {
    let oldest: string | null = null;
    for (const { linkedid } of members) if (oldest === null || older(linkedid, oldest)) oldest = linkedid;
    if (oldest !== null) for (const member of members) member.linkedid = oldest;
  }

  leave(bridge: Bridge, channel: Channel): void {
    const at = bridge.members.indexOf(channel);
    if (at < 0) return;
    bridge.members.splice(at, 1);
    channel.bridge = null;
    this.engine.core.emit('call', 'BridgeLeave', bridgeHeaders(bridge) + channelHeaders(channel));
  }

  destroy(bridge: Bridge): void {
    if (bridge.gone) return;
    bridge.gone = true;
    this.byId.delete(bridge.id);
    this.engine.core.emit('call', 'BridgeDestroy', bridgeHeaders(bridge));
  }

  /** Two parties talk. `ended` runs once, before the first of them leaves. */
  connect(callee: Channel, caller: Channel, ended?: CallEnded): Bridge {
    const bridge = this.create('basic', 'simple_bridge');
    const activity = new TwoParty(this.engine, bridge, ended);
    this.enter(bridge, callee);
    callee.activity = activity;
    this.enter(bridge, caller);
    caller.activity = activity;
    this.engine.channels.setConnected(caller, callee.caller);
    this.engine.channels.setConnected(callee, caller.caller);
    this.engine.locals.mayOptimise(callee);
    this.engine.locals.mayOptimise(caller);
    return bridge;
  }

  /** The other one of a two-party call, looking through nothing: a Local half is a peer too. */
  peer(channel: Channel): Channel | undefined {
    const members = channel.bridge?.members;
    return members?.length === 2 ? members.find((one) => one !== channel) : undefined;
  }

  /** AMI's and the dialplan's Bridge: both are pulled out of what they do; who talked to them is hung up. */
  join(first: Channel, second: Channel): void {
    if (first.ending || second.ending || first === second) return;
    const { channels } = this.engine;
    const bridge = this.create('basic', 'simple_bridge');
    const activity = new TwoParty(this.engine, bridge);
    // In one call already: the second is not ended with it.
    const together = first.bridge !== null && first.bridge === second.bridge;
    if (together) second.afterBridge = () => {};
    for (const channel of [first, second]) {
      if (channel.activity instanceof Dial) channel.activity.forsake();
      channels.release(channel);
    }
    // What one of them did may have been all that kept the other.
    if (first.ending || second.ending) {
      this.destroy(bridge);
      for (const left of [first, second]) channels.hangup(left, { by: left.pbx ? 'soft' : 'end' });
      return;
    }
    for (const channel of [first, second]) {
      if (channel.pbx) {
        channel.priority += 1;
        channel.app = '';
        channel.appData = '';
        // Left alone it goes on in its dialplan; a dialled leg has none.
        channel.afterBridge = () => this.engine.dialplan.resume(channel);
      }
      this.enter(bridge, channel);
      channel.activity = activity;
    }
    channels.setConnected(second, first.caller);
    channels.setConnected(first, second.caller);
  }

  hold(channel: Channel): void {
    if (channel.holding || !channel.bridge || channel.gone) return;
    channel.holding = true;
    this.engine.core.emit('call', 'Hold', `${channelHeaders(channel)}MusicClass: default\r\n`);
    const peer = this.peer(channel);
    if (!peer) return;
    peer.held = true;
    this.engine.channels.music(peer, true);
    this.engine.devices.refresh(peer.device);
  }

  unhold(channel: Channel): void {
    if (!channel.holding || channel.gone) return;
    channel.holding = false;
    this.engine.core.emit('call', 'Unhold', channelHeaders(channel));
    const peer = this.peer(channel);
    if (peer) this.unheld(peer);
  }

  unheld(channel: Channel): void {
    if (!channel.held) return;
    channel.held = false;
    this.engine.channels.music(channel, false);
    this.engine.devices.refresh(channel.device);
  }
}

/** Told once when a call ends: who left first, and whether it was handed on rather than ended. */
export type CallEnded = (left: Channel, transferred: boolean) => void;

/** What both parties of a call do until one of them leaves. */
export class TwoParty implements Activity {
  readonly kind = 'bridge';
  private over = false;

  constructor(
    private readonly engine: Engine,
    readonly bridge: Bridge,
    private ended?: CallEnded,
  ) {}

  /** The call goes on elsewhere: whoever waits for its end is told now. */
  transferred(by: Channel): void {
    this.takeEnded()?.(by, true);
  }

  /** The queue's or dial's notice of the end goes with the caller into another bridge. */
  takeEnded(): CallEnded | undefined {
    const { ended } = this;
    this.ended = undefined;
    return ended;
  }

  end(channel: Channel): void {
    if (this.over) {
      this.engine.bridges.leave(this.bridge, channel);
      return;
    }
    this.over = true;
    channel.afterBridge = null;
    this.ended?.(channel, false);
    const { bridges, channels } = this.engine;
    const others = this.bridge.members.filter((one) => one !== channel);
    bridges.leave(this.bridge, channel);
    channel.holding = false;
    bridges.unheld(channel);
    for (const other of others) {
      bridges.leave(this.bridge, other);
      other.holding = false;
      bridges.unheld(other);
      if (other.activity === this) other.activity = null;
    }
    bridges.destroy(this.bridge);
    for (const other of others) {
      const next = other.afterBridge;
      other.afterBridge = null;
      if (other.ending) continue;
      if (next) next();
      else channels.hangup(other, { by: other.pbx ? 'soft' : 'end' });
    }
  }
}

/** Whether Linkedid `one` was given before `two`. */
export function older(one: string, two: string): boolean {
  // `cordboard-1767600000.5`: Asterisk reads the numbers behind the last dash.
  const [seconds1 = '0', count1 = '0'] = one.slice(one.lastIndexOf('-') + 1).split('.');
  const [seconds2 = '0', count2 = '0'] = two.slice(two.lastIndexOf('-') + 1).split('.');
  return Number(seconds1) < Number(seconds2) || (seconds1 === seconds2 && Number(count1) < Number(count2));
}
