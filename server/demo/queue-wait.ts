import { channelHeaders, header } from './blocks';
import type { DemoTimer } from './clock';
import { Dial, type DialTarget } from './dialing';
import type { Engine } from './engine';
import type { Activity, Channel, Queue, QueueCaller, QueueMember } from './model';

/** One caller waiting: rings members, tries again, gives up. */
export class QueueWait implements Activity {
  readonly kind = 'queue';
  private dial: Dial | null = null;
  private retry: DemoTimer | null = null;
  private limit: DemoTimer | null = null;
  private readonly legs = new Map<Channel, QueueMember>();
  private rung: readonly QueueMember[] = [];
  private rungAt = 0;
  /** Leaves by the dialplan, having waited too long. */
  private expired = false;

  constructor(
    private readonly engine: Engine,
    private readonly queue: Queue,
    private readonly caller: QueueCaller,
  ) {}

  start(): void {
    const { clock } = this.engine.core;
    if (this.queue.maxWaitSeconds > 0) {
      this.limit = clock.after(this.queue.maxWaitSeconds * 1000, () => this.expire());
    }
    this.retry = clock.after(250, () => this.ring());
  }

  end(channel: Channel, why: 'hangup' | 'moved'): void {
    this.stop();
    this.engine.channels.music(channel, false);
    this.dial?.stop('CANCEL', 0);
    this.free();
    if (why === 'hangup' || !this.expired) this.abandon(channel);
    this.engine.queues.leave(this.queue, this.caller);
  }

  private ring(): void {
    const { engine, queue, caller } = this;
    const members = engine.queues.choose(queue);
    if (members.length === 0) {
      this.again();
      return;
    }
    this.rungAt = engine.core.clock.now();
    const targets = members.map((member) => targetOf(member));
    const byLabel = new Map(members.map((member) => [member.interface, member]));
    this.rung = members;
    for (const member of members) engine.queues.reserve(member, true);
    this.dial = new Dial(engine, {
      caller: caller.channel,
      targets,
      timeoutMs: queue.ringSeconds * 1000,
      app: 'AppQueue',
      begun: (leg, target) => {
        const member = byLabel.get(target.label ?? '');
        if (!member) return;
        this.legs.set(leg, member);
        this.emitAgent('AgentCalled', leg, member, '');
      },
      legEnded: (leg, _target, status) => this.legEnded(leg, status),
      answered: (leg, target) => this.connect(leg, byLabel.get(target.label ?? '')),
      failed: () => {
        this.free();
        this.caller.channel.activity = this;
        this.again();
      },
    });
    this.dial.start();
    // The line's own activity stays in charge: a hang-up must leave the queue, not only the ringing.
    caller.channel.activity = this;
  }

  private legEnded(leg: Channel, status: string): void {
    const member = this.legs.get(leg);
    if (!member) return;
    this.legs.delete(leg);
    this.engine.queues.reserve(member, false);
    if (status !== 'NOANSWER' && status !== 'BUSY') return;
    const ringTime = status === 'BUSY' ? 0 : this.engine.core.clock.now() - this.rungAt;
    this.emitAgent('AgentRingNoAnswer', leg, member, header('RingTime', Math.round(ringTime)));
  }

  private connect(leg: Channel, member: QueueMember | undefined): void {
    const { engine, queue, caller } = this;
    this.stop();
    this.free();
    const channel = caller.channel;
    channel.activity = null;
    if (!member) return;
    engine.channels.setConnected(channel, leg.caller);
    engine.channels.music(channel, false);
    engine.queues.leave(queue, caller);
    const now = engine.core.clock.now();
    const holdTime = Math.floor((now - caller.joinedAt) / 1000);
    const ringTime = Math.floor((now - this.rungAt) / 1000);
    queue.holdTime = Math.round((queue.holdTime * 3 + holdTime) / 4);
    if (holdTime <= queue.serviceLevel) queue.completedInLevel += 1;
    member.inCall = true;
    this.emitAgent('AgentConnect', leg, member, header('HoldTime', holdTime) + header('RingTime', ringTime));
    engine.bridges.connect(leg, channel, (left, transferred) =>
      this.complete(leg, member, holdTime, now, transferred ? null : left),
    );
  }

  private complete(leg: Channel, member: QueueMember, holdTime: number, since: number, left: Channel | null): void {
    const { engine, queue } = this;
    const talkTime = Math.floor((engine.core.clock.now() - since) / 1000);
    queue.completed += 1;
    queue.talkTime = Math.round((queue.talkTime * 3 + talkTime) / 4);
    const reason = left === null ? 'transfer' : left === this.caller.channel ? 'caller' : 'agent';
    this.emitAgent(
      'AgentComplete',
      leg,
      member,
      header('HoldTime', holdTime) + header('TalkTime', talkTime) + header('Reason', reason),
    );
    engine.queues.finished(queue, member);
  }

  private abandon(channel: Channel): void {
    const waited = Math.floor((this.engine.core.clock.now() - this.caller.joinedAt) / 1000);
    this.queue.abandoned += 1;
    if (waited <= this.queue.serviceLevel) this.queue.abandonedInLevel += 1;
    this.engine.core.emit(
      'agent',
      'QueueCallerAbandon',
      channelHeaders(channel) +
        header('Queue', this.queue.name) +
        header('Position', this.caller.position) +
        header('OriginalPosition', this.caller.originalPosition) +
        header('HoldTime', waited),
    );
  }

  /** Waited too long: out of the queue and on in the dialplan, which ends the call. */
  private expire(): void {
    const { channel } = this.caller;
    this.expired = true;
    this.engine.channels.release(channel);
    this.engine.dialplan.queueExpired(channel, this.queue.name);
  }

  private again(): void {
    this.dial = null;
    this.retry = this.engine.core.clock.after(this.queue.retrySeconds * 1000, () => this.ring());
  }

  private stop(): void {
    this.retry?.cancel();
    this.limit?.cancel();
  }

  private free(): void {
    for (const member of this.rung) this.engine.queues.reserve(member, false);
    this.rung = [];
    this.legs.clear();
  }

  private emitAgent(name: string, leg: Channel, member: QueueMember, extra: string): void {
    this.engine.core.emit(
      'agent',
      name,
      channelHeaders(this.caller.channel) +
        channelHeaders(leg, 'Dest') +
        header('Queue', this.queue.name) +
        header('Interface', member.interface) +
        header('MemberName', member.name) +
        extra,
    );
  }
}

function targetOf(member: QueueMember): DialTarget {
  const local = /^Local\/([^@]+)@([^/]+)(\/n)?$/.exec(member.interface);
  const label = member.interface;
  if (!local) return { device: member.interface, label };
  return { local: local[1] ?? '', context: local[2] ?? '', optimise: local[3] === undefined, label };
}
