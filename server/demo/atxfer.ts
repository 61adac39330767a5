import { bridgeHeaders, channelHeaders, header } from './blocks';
import { TwoParty } from './bridges';
import type { Engine } from './engine';
import type { Activity, Bridge, Channel } from './model';

/**
 * Attended transfer by Asterisk's own feature code or the `Atxfer` action (main/bridge_basic.c): the transferer leaves
 * the call with one and the same leg, asks the target over a Local channel, and hands over by hanging up.
 */
export class AttendedFeature {
  private readonly active = new Map<Channel, Consultation>();

  constructor(private readonly engine: Engine) {}

  /** False when the channel is in no two-party call. */
  start(transferer: Channel, context: string, exten: string): boolean {
    const party = this.engine.bridges.peer(transferer);
    const activity = transferer.activity;
    const home = transferer.bridge;
    if (transferer.ending || !party || !home || !(activity instanceof TwoParty)) return false;
    const done = () => this.active.delete(transferer);
    const consultation = new Consultation(this.engine, transferer, party, home, activity, done);
    if (!consultation.begin(context, exten)) return false;
    this.active.set(transferer, consultation);
    return true;
  }

  /** Back to the first party; false when nothing was being transferred. */
  cancel(transferer: Channel): boolean {
    const consultation = this.active.get(transferer);
    consultation?.back();
    return consultation !== undefined;
  }
}

class Consultation {
  private asking: Bridge | null = null;
  private one: Channel | null = null;
  private handedOver = false;

  constructor(
    private readonly engine: Engine,
    private readonly transferer: Channel,
    private readonly party: Channel,
    private readonly home: Bridge,
    private readonly homeCall: TwoParty,
    private readonly done: () => void,
  ) {}

  begin(context: string, exten: string): boolean {
    const { bridges, channels, core, devices, locals } = this.engine;
    const { transferer, party, home } = this;
    const one = locals.call({ local: exten, context, optimise: false }, transferer);
    if (!one) return false;
    core.emit('call', 'Hold', channelHeaders(transferer));
    party.held = true;
    channels.music(party, true);
    devices.refresh(party.device);
    this.one = one;
    this.asking = bridges.create('basic', 'simple_bridge');
    bridges.enter(this.asking, one);
    bridges.leave(home, transferer);
    bridges.enter(this.asking, transferer);
    party.activity = this.role(() => this.partyGone());
    transferer.activity = this.role(
      () => this.transfererMoved(),
      () => this.hungUp(),
    );
    one.activity = this.targetRole();
    channels.setConnected(transferer, { num: '', name: '' });
    locals.run(one);
    return true;
  }

  /** The transferer returns to the first party. */
  back(): void {
    const { bridges, channels, core } = this.engine;
    const { transferer, party, home, asking, one } = this;
    if (this.handedOver || !asking || !one) return;
    this.done();
    if (transferer.bridge === asking) bridges.leave(asking, transferer);
    bridges.enter(home, transferer);
    transferer.activity = this.homeCall;
    party.activity = this.homeCall;
    core.emit('call', 'Unhold', channelHeaders(transferer));
    bridges.unheld(party);
    channels.setConnected(transferer, party.caller);
    this.dropTarget();
  }

  /** The transferer's phone hung up: the first party gets the target, who may still ring. True: leg still needed. */
  private hungUp(): boolean {
    const { bridges, channels, core } = this.engine;
    const { transferer, party, home, asking, one } = this;
    if (this.handedOver || !asking || !one) return false;
    this.handedOver = true;
    this.homeCall.transferred(transferer);
    const before = this.describe(transferer, home, asking, one);
    bridges.leave(asking, transferer);
    core.emit('call', 'BridgeMerge', bridgeHeaders(home, 'To') + bridgeHeaders(asking, 'From'));
    bridges.leave(asking, one);
    bridges.enter(home, one);
    bridges.unheld(party);
    channels.setConnected(one, party.caller);
    channels.setConnected(party, one.caller);
    if (one.mate) channels.setCaller(one.mate, party.caller);
    core.emit('call', 'AttendedTransfer', before);
    bridges.destroy(asking);
    if (one.state === 6) {
      this.joined();
      return false;
    }
    return true;
  }

  /** First party and target talk; the transferer is out of it. */
  private joined(): void {
    const { party, one, home } = this;
    if (!one) return;
    this.done();
    const call = new TwoParty(this.engine, home);
    party.activity = call;
    one.activity = call;
    const target = one.mate ? this.engine.bridges.peer(one.mate) : undefined;
    if (target) this.engine.channels.setConnected(target, party.caller);
  }

  private targetRole(): Activity {
    return {
      kind: 'leg',
      ringing: (one) => this.emitDial('DialState', one, 'RINGING'),
      answered: (one) => {
        this.emitDial('DialEnd', one, 'ANSWER');
        this.engine.channels.setConnected(this.transferer, one.caller);
        if (!this.handedOver) return;
        this.joined();
        this.endTransferer();
      },
      end: (one) => this.targetGone(one),
    };
  }

  private targetGone(one: Channel): void {
    const { bridges, channels } = this.engine;
    const { home, asking, party } = this;
    if (one.state !== 6) this.emitDial('DialEnd', one, 'NOANSWER');
    if (!this.handedOver) {
      if (asking) bridges.leave(asking, one);
      this.one = null;
      if (asking) this.returnHome(asking);
      return;
    }
    bridges.leave(home, one);
    this.done();
    party.activity = null;
    bridges.leave(home, party);
    bridges.destroy(home);
    this.endTransferer();
    channels.hangup(party, { by: party.pbx ? 'soft' : 'end' });
  }

  /** Busy or hung up: the transferer finds itself with the first party again. */
  private returnHome(asking: Bridge): void {
    const { bridges, channels, core } = this.engine;
    const { transferer, party, home } = this;
    this.done();
    bridges.leave(asking, transferer);
    bridges.destroy(asking);
    bridges.enter(home, transferer);
    transferer.activity = this.homeCall;
    party.activity = this.homeCall;
    core.emit('call', 'Unhold', channelHeaders(transferer));
    bridges.unheld(party);
    channels.setConnected(transferer, party.caller);
  }

  /** The first party hung up: transferer and target go on as a call of two. */
  private partyGone(): void {
    const { bridges } = this.engine;
    const { transferer, party, home, asking, one } = this;
    this.homeCall.takeEnded()?.(party, false);
    bridges.leave(home, party);
    if (this.handedOver) {
      this.done();
      if (one) {
        one.activity = null;
        bridges.leave(home, one);
        this.engine.channels.hangup(one, { by: 'end' });
      }
      bridges.destroy(home);
      this.endTransferer();
      return;
    }
    bridges.destroy(home);
    this.done();
    if (!asking || !one) return;
    const call = new TwoParty(this.engine, asking);
    transferer.activity = call;
    one.activity =
      one.state === 6
        ? call
        : {
            kind: 'leg',
            answered: () => {
              one.activity = call;
            },
            end: () => call.end(one),
          };
  }

  /** Redirected or hung up by the PBX while asking: the consultation ends, the first party with it. */
  private transfererMoved(): void {
    const { bridges, channels } = this.engine;
    const { party, home, asking, transferer } = this;
    if (this.handedOver) return;
    this.handedOver = true;
    this.done();
    if (asking) bridges.leave(asking, transferer);
    this.dropTarget();
    this.homeCall.takeEnded()?.(transferer, false);
    party.activity = null;
    bridges.leave(home, party);
    bridges.unheld(party);
    bridges.destroy(home);
    channels.hangup(party, { by: party.pbx ? 'soft' : 'end' });
  }

  private dropTarget(): void {
    const { bridges, channels } = this.engine;
    const { one, asking } = this;
    if (one && asking) {
      one.activity = null;
      bridges.leave(asking, one);
      bridges.destroy(asking);
      channels.hangup(one, { by: 'end' });
    }
    this.one = null;
  }

  private endTransferer(): void {
    this.transferer.activity = null;
    this.engine.channels.hangup(this.transferer, { by: 'end' });
  }

  private role(end: () => void, postpones?: () => boolean): Activity {
    return { kind: 'bridge', end, postpones: postpones && (() => postpones()) };
  }

  private emitDial(name: 'DialState' | 'DialEnd', one: Channel, status: string): void {
    this.engine.core.emit('call', name, channelHeaders(one, 'Dest') + header('DialStatus', status));
  }

  private describe(transferer: Channel, home: Bridge, asking: Bridge, one: Channel): string {
    return (
      header('Result', 'Success') +
      channelHeaders(transferer, 'OrigTransferer') +
      bridgeHeaders(home, 'Orig') +
      channelHeaders(transferer, 'SecondTransferer') +
      bridgeHeaders(asking, 'Second') +
      channelHeaders(this.party, 'Transferee') +
      channelHeaders(one, 'TransferTarget') +
      header('IsExternal', 'No') +
      header('DestType', 'Bridge') +
      header('DestBridgeUniqueid', home.id)
    );
  }
}
