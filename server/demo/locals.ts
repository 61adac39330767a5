import { channelHeaders, header } from './blocks';
import { TwoParty } from './bridges';
import type { DialTarget } from './dialing';
import type { Engine } from './engine';
import type { Channel, Party } from './model';

type LocalTarget = Extract<DialTarget, { local: string }>;

/** Local channels: two halves, `;1` dialled like a phone, `;2` running the dialplan; they go away when both talk. */
export class Locals {
  private count = 0;
  private optimisations = 0;
  private readonly kept = new Set<Channel>();

  constructor(private readonly engine: Engine) {}

  /** Creates the pair and returns the half to be dialled. */
  call(target: LocalTarget, caller: Channel | null): Channel | undefined {
    const { channels, core } = this.engine;
    const hops = (caller?.hops ?? 0) + 1;
    if (hops > 6) return undefined;
    const base = `Local/${target.local}@${target.context}-${this.count.toString(16).padStart(8, '0')}`;
    this.count += 1;
    const common = { context: target.context, exten: target.local, linkedid: caller?.linkedid, hops };
    const { uniqueid, otherUniqueid } = target;
    const one = channels.create({ ...common, name: `${base};1`, state: 0, uniqueid });
    const half = { linkedid: one.linkedid, name: `${base};2`, state: 4, pbx: true, uniqueid: otherUniqueid } as const;
    const two = channels.create({ ...common, ...half });
    one.mate = two;
    two.mate = one;
    two.did = caller?.did ?? '';
    if (!target.optimise) this.kept.add(one);
    const dialled: Party = { num: caller ? caller.exten || target.local : '', name: '' };
    channels.setCaller(one, dialled);
    if (caller) channels.setCaller(two, caller.caller);
    channels.setConnected(two, dialled);
    core.emit(
      'call',
      'LocalBridge',
      this.pair(one, two) +
        header('Context', target.context) +
        header('Exten', target.local) +
        header('LocalOptimization', target.optimise ? 'Yes' : 'No'),
    );
    return one;
  }

  /** The dialplan half starts a moment after the pair is there. */
  run(one: Channel): void {
    const two = one.mate;
    if (!two) return;
    this.engine.core.clock.after(4, () => {
      if (!two.ending) this.engine.dialplan.enter(two, two.context, two.exten);
    });
  }

  /** What `;2` dialled is ringing: so does `;1`. */
  ring(one: Channel, party: Party): void {
    if (one.ending) return;
    this.engine.channels.setState(one, 5);
    this.engine.channels.setCaller(one, party);
    one.activity?.ringing?.(one);
  }

  /** Both halves in two-party calls: a moment later the pair steps out. */
  mayOptimise(half: Channel): void {
    const mate = half.mate;
    if (!mate) return;
    const one = half.name.endsWith(';1') ? half : mate;
    const two = one.mate;
    if (!two || this.kept.has(one) || !one.bridge || !two.bridge) return;
    this.engine.core.clock.after(40, () => this.optimise(one, two));
  }

  forget(channel: Channel): void {
    this.kept.delete(channel);
  }

  private optimise(one: Channel, two: Channel): void {
    const { bridges, channels, core, devices } = this.engine;
    const into = one.bridge;
    const from = two.bridge;
    const far = bridges.peer(one);
    const near = bridges.peer(two);
    if (one.ending || two.ending || !into || !from || !far || !near) return;
    const activity = one.activity;
    if (!(activity instanceof TwoParty) || !(two.activity instanceof TwoParty)) return;
    const id = this.optimisations++;
    core.emit(
      'call',
      'LocalOptimizationBegin',
      this.pair(one, two) + channelHeaders(near, 'Source') + header('DestUniqueId', one.uniqueid) + header('Id', id),
    );
    const ended = two.activity.takeEnded();
    bridges.leave(from, near);
    bridges.enter(into, near, one);
    near.activity = activity;
    bridges.leave(into, one);
    one.activity = null;
    bridges.leave(from, two);
    two.activity = null;
    bridges.destroy(from);
    if (near.held && !far.holding) bridges.unheld(near);
    if (near.holding && !far.held) {
      far.held = true;
      channels.music(far, true);
      devices.refresh(far.device);
    }
    core.emit('call', 'LocalOptimizationEnd', this.pair(one, two) + header('Success', 'Yes') + header('Id', id));
    channels.hangup(one, { by: 'end' });
    channels.setConnected(near, far.caller);
    channels.setConnected(far, near.caller);
    ended?.(near, true);
  }

  private pair(one: Channel, two: Channel): string {
    return channelHeaders(one, 'LocalOne') + channelHeaders(two, 'LocalTwo');
  }
}
