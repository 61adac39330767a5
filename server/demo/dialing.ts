import { channelHeaders, header } from './blocks';
import type { DemoTimer } from './clock';
import type { Engine } from './engine';
import type { Activity, Channel } from './model';

/** Whom to ring: a device (`PJSIP/101`, on a trunk with the number dialled) or a place in the dialplan (Local). */
export type DialTarget =
  | ({ readonly device: string; readonly number?: string } & Named)
  | ({ readonly local: string; readonly context: string; readonly optimise: boolean } & Named);

interface Named {
  readonly label?: string;
  /** Of the new channel, and of a Local channel's other half; default: the PBX's own next. */
  readonly uniqueid?: string;
  readonly otherUniqueid?: string;
}

export type DialStatus = 'ANSWER' | 'BUSY' | 'NOANSWER' | 'CANCEL' | 'CHANUNAVAIL' | 'CONGESTION';

export interface DialRequest {
  /** Null: an Originate, where nobody calls yet. */
  readonly caller: Channel | null;
  readonly targets: readonly DialTarget[];
  readonly timeoutMs: number;
  readonly app?: 'AppDial' | 'AppQueue';
  /** After Newchannel and before DialBegin (a queue's AgentCalled). */
  readonly begun?: (leg: Channel, target: DialTarget) => void;
  readonly legEnded?: (leg: Channel, target: DialTarget, status: DialStatus) => void;
  readonly answered: (winner: Channel, target: DialTarget) => void;
  readonly failed: (status: DialStatus) => void;
}

/** One ringing of one or more phones: DialBegin, DialState and DialEnd per leg, the losers cancelled. */
export class Dial implements Activity {
  readonly kind = 'dial';
  private readonly legs = new Map<Channel, DialTarget>();
  private timer: DemoTimer | null = null;
  private worst: DialStatus = 'CHANUNAVAIL';
  private over = false;

  constructor(
    private readonly engine: Engine,
    private readonly request: DialRequest,
  ) {}

  start(): this {
    const { caller, targets, timeoutMs } = this.request;
    if (caller) caller.activity = this;
    for (const target of targets) {
      const leg = this.begin(target);
      if (leg) this.legs.set(leg, target);
    }
    // A dial that reaches nobody fails a moment later, never inside the call that made it.
    const { clock } = this.engine.core;
    if (this.legs.size === 0) this.timer = clock.after(20, () => this.fail());
    else this.timer = clock.after(timeoutMs, () => this.timeout());
    return this;
  }

  /** The caller hung up or was taken away. */
  end(): void {
    this.stop('CANCEL', 16);
  }

  /** Ends the ringing without telling the owner. */
  stop(status: DialStatus, cause: number): void {
    if (this.over) return;
    this.over = true;
    this.timer?.cancel();
    for (const leg of [...this.legs.keys()]) this.drop(leg, status, cause);
  }

  /** The caller is pulled into a bridge: Asterisk tells of no end of this dial. */
  forsake(): void {
    this.over = true;
    this.timer?.cancel();
    for (const leg of this.legs.keys()) {
      leg.activity = null;
      this.engine.channels.hangup(leg, { by: 'end' });
    }
    this.legs.clear();
  }

  legAnswered(leg: Channel): void {
    const target = this.legs.get(leg);
    if (this.over || !target) return;
    this.over = true;
    this.timer?.cancel();
    this.legs.delete(leg);
    leg.activity = null;
    if (this.request.caller && this.request.app !== 'AppQueue') leg.exten = '';
    this.emit('DialEnd', leg, 'ANSWER');
    const { caller } = this.request;
    if (caller) caller.activity = null;
    for (const other of [...this.legs.keys()]) this.drop(other, 'CANCEL', 26);
    this.request.answered(leg, target);
  }

  legLost(leg: Channel): void {
    const target = this.legs.get(leg);
    if (!target) return;
    this.legs.delete(leg);
    const status = statusOf(leg.hangupCause);
    this.emit('DialEnd', leg, status);
    // A phone that declines is told as one that did not answer, and counts as one that is not there.
    const counts = leg.hangupCause === 21 ? 'CHANUNAVAIL' : status;
    if (counts === 'BUSY' || this.worst === 'CHANUNAVAIL') this.worst = counts;
    this.request.legEnded?.(leg, target, status);
    if (!this.over && this.legs.size === 0) this.fail();
  }

  /** Sent elsewhere while it rings: for the caller nobody is there any more. */
  legTaken(leg: Channel): void {
    if (!this.legs.delete(leg) || this.over || this.legs.size > 0) return;
    this.worst = 'CHANUNAVAIL';
    this.fail();
  }

  legRinging(leg: Channel): void {
    if (this.over) return;
    this.emit('DialState', leg, 'RINGING');
    const { caller } = this.request;
    const mate = caller?.mate;
    if (mate && mate.state < 5) this.engine.locals.ring(mate, leg.caller);
  }

  /** `picker` answers in place of the ringing `leg` (call pickup). */
  pickup(leg: Channel, picker: Channel): void {
    const target = this.legs.get(leg);
    if (this.over || !target) return;
    this.legs.delete(leg);
    leg.activity = null;
    this.engine.channels.hangup(leg, { cause: 26, by: 'end' });
    this.legs.set(picker, target);
    picker.pbx = false;
    this.legAnswered(picker);
  }

  private begin(target: DialTarget): Channel | undefined {
    const { caller, app = 'AppDial', begun } = this.request;
    const leg =
      'device' in target ? this.engine.phones.callDevice(target, caller) : this.engine.locals.call(target, caller);
    if (!leg) return undefined;
    leg.activity = new Leg(this);
    const { channels } = this.engine;
    if (caller) {
      leg.connected = caller.caller;
      channels.setApp(leg, app, '(Outgoing Line)', caller.exten);
      this.engine.core.emit('call', 'NewConnectedLine', channelHeaders(leg));
    }
    begun?.(leg, target);
    this.engine.core.emit(
      'call',
      'DialBegin',
      (caller ? channelHeaders(caller) : '') + channelHeaders(leg, 'Dest') + header('DialString', labelOf(target)),
    );
    if (caller && app === 'AppDial' && this.request.targets.length === 1) channels.setConnected(caller, leg.caller);
    if ('device' in target) this.engine.phones.alert(leg);
    else this.engine.locals.run(leg);
    return leg;
  }

  private drop(leg: Channel, status: DialStatus, cause: number): void {
    const target = this.legs.get(leg);
    this.legs.delete(leg);
    // An Originate that nobody answered ends without.
    if (this.request.caller || status !== 'NOANSWER') this.emit('DialEnd', leg, status);
    leg.activity = null;
    this.engine.channels.hangup(leg, { cause, by: 'end' });
    if (target) this.request.legEnded?.(leg, target, status);
  }

  private timeout(): void {
    const { caller } = this.request;
    this.stop('NOANSWER', caller ? 0 : 19);
    if (caller?.activity === this) caller.activity = null;
    this.request.failed('NOANSWER');
  }

  private fail(): void {
    this.over = true;
    this.timer?.cancel();
    const { caller } = this.request;
    if (caller?.activity === this) caller.activity = null;
    if (!caller?.ending) this.request.failed(this.worst);
  }

  private emit(name: 'DialEnd' | 'DialState', leg: Channel, status: string): void {
    const { caller } = this.request;
    this.engine.core.emit(
      'call',
      name,
      (caller ? channelHeaders(caller) : '') + channelHeaders(leg, 'Dest') + header('DialStatus', status),
    );
  }
}

/** A phone being rung by a Dial. */
export class Leg implements Activity {
  readonly kind = 'leg';

  constructor(readonly dial: Dial) {}

  end(channel: Channel, why: 'hangup' | 'moved'): void {
    if (why === 'moved') this.dial.legTaken(channel);
    else this.dial.legLost(channel);
  }

  answered(channel: Channel): void {
    this.dial.legAnswered(channel);
  }

  ringing(channel: Channel): void {
    this.dial.legRinging(channel);
  }
}

function labelOf(target: DialTarget): string {
  if (target.label) return target.label;
  if ('local' in target) return `${target.local}@${target.context}${target.optimise ? '' : '/n'}`;
  const name = target.device.slice(target.device.indexOf('/') + 1);
  return target.number === undefined ? name : `${target.number}@${name}`;
}

function statusOf(cause: number): DialStatus {
  if (cause === 17) return 'BUSY';
  if (cause === 34) return 'CONGESTION';
  if (cause === 1 || cause === 20) return 'CHANUNAVAIL';
  return 'NOANSWER';
}
