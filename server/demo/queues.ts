import { channelHeaders, header } from './blocks';
import { deviceStateNumbers } from './devices';
import type { Engine } from './engine';
import type { Channel, Queue, QueueCaller, QueueMember } from './model';
import { QueueWait } from './queue-wait';

export type QueueMemberOptions = Pick<QueueMember, 'interface' | 'name'> &
  Partial<Pick<QueueMember, 'stateInterface' | 'penalty' | 'paused' | 'pausedReason' | 'dynamic'>>;

/** Queues as app_queue has them: callers in order, members rung by strategy. */
export class Queues {
  readonly byName = new Map<string, Queue>();
  private readonly byDevice = new Map<string, QueueMember[]>();
  private readonly reserved = new Set<QueueMember>();
  /** Members still busy with paperwork after a call: until when. */
  private readonly wrapup = new Map<QueueMember, number>();

  constructor(private readonly engine: Engine) {
    engine.devices.watch((device, state) => {
      for (const member of this.byDevice.get(device) ?? []) {
        const status = deviceStateNumbers[state];
        if (member.status === status) continue;
        member.status = status;
        this.emitMember('QueueMemberStatus', member);
        const queue = this.byName.get(member.queue);
        if (queue) this.availability(queue);
      }
    });
  }

  add(queue: Queue): void {
    this.byName.set(queue.name, queue);
    this.availability(queue);
  }

  addMember(queue: Queue, options: QueueMemberOptions): QueueMember | undefined {
    if (queue.members.some((one) => one.interface === options.interface)) return undefined;
    const stateInterface = options.stateInterface ?? options.interface;
    const member: QueueMember = {
      queue: queue.name,
      interface: options.interface,
      stateInterface,
      name: options.name,
      dynamic: options.dynamic ?? false,
      penalty: options.penalty ?? 0,
      callsTaken: 0,
      lastCall: 0,
      lastPause: options.paused ? this.engine.core.seconds() : 0,
      loginTime: this.engine.core.seconds(),
      inCall: false,
      status: deviceStateNumbers[this.engine.devices.state(stateInterface)],
      paused: options.paused ?? false,
      pausedReason: options.pausedReason ?? '',
      wrapupTime: queue.wrapupSeconds,
    };
    queue.members.push(member);
    const watched = this.byDevice.get(stateInterface);
    if (watched) watched.push(member);
    else this.byDevice.set(stateInterface, [member]);
    if (options.dynamic) this.emitMember('QueueMemberAdded', member);
    this.availability(queue);
    return member;
  }

  removeMember(queue: Queue, member: QueueMember): void {
    const at = queue.members.indexOf(member);
    if (at < 0) return;
    queue.members.splice(at, 1);
    const watched = this.byDevice.get(member.stateInterface);
    watched?.splice(watched.indexOf(member), 1);
    this.wrapup.delete(member);
    this.emitMember('QueueMemberRemoved', member);
    this.availability(queue);
  }

  pause(member: QueueMember, paused: boolean, reason: string): void {
    member.paused = paused;
    member.pausedReason = fitting(reason);
    if (paused) member.lastPause = this.engine.core.seconds();
    this.emitMember('QueueMemberPause', member);
    const device = `Queue:${member.queue}_pause_${member.interface}`;
    this.engine.devices.set(device, paused ? 'INUSE' : 'NOT_INUSE');
    const queue = this.byName.get(member.queue);
    if (queue) this.availability(queue);
  }

  setPenalty(member: QueueMember, penalty: number): void {
    member.penalty = penalty;
    this.emitMember('QueueMemberPenalty', member);
  }

  join(channel: Channel, name: string): void {
    const queue = this.byName.get(name);
    const { channels, core } = this.engine;
    if (!queue || (queue.maxLength > 0 && queue.callers.length >= queue.maxLength)) {
      channels.hangup(channel, { by: 'soft', cause: 17 });
      return;
    }
    const position = queue.callers.length + 1;
    const caller: QueueCaller = {
      channel,
      joinedAt: core.clock.now(),
      position,
      originalPosition: position,
      priority: 0,
    };
    queue.callers.push(caller);
    if (position === 1) this.engine.devices.set(`Queue:${name}`, 'RINGING');
    core.emit(
      'agent',
      'QueueCallerJoin',
      channelHeaders(channel) + header('Queue', name) + header('Position', position) + header('Count', position),
    );
    channels.music(channel, true);
    const wait = new QueueWait(this.engine, queue, caller);
    channel.activity = wait;
    wait.start();
  }

  /** Takes a caller out of the line; the rest move up. */
  leave(queue: Queue, caller: QueueCaller): void {
    const at = queue.callers.indexOf(caller);
    if (at < 0) return;
    queue.callers.splice(at, 1);
    this.engine.core.emit(
      'agent',
      'QueueCallerLeave',
      channelHeaders(caller.channel) +
        header('Queue', queue.name) +
        header('Position', caller.position) +
        header('Count', queue.callers.length),
    );
    queue.callers.forEach((one, index) => {
      one.position = index + 1;
    });
    if (queue.callers.length === 0) this.engine.devices.set(`Queue:${queue.name}`, 'NOT_INUSE');
  }

  /** Members to ring now, by the queue's strategy. */
  choose(queue: Queue): QueueMember[] {
    const free = queue.members.filter((member) => this.free(member));
    if (free.length === 0) return [];
    const lowest = Math.min(...free.map((member) => member.penalty));
    const level = free.filter((member) => member.penalty === lowest);
    if (queue.strategy === 'ringall') return level;
    if (queue.strategy === 'leastrecent') return level.sort((a, b) => a.lastCall - b.lastCall).slice(0, 1);
    if (queue.strategy === 'fewestcalls') return level.sort((a, b) => a.callsTaken - b.callsTaken).slice(0, 1);
    const last = level.findIndex((member) => member.interface === queue.lastMember);
    const next = level[(last + 1) % level.length];
    if (next) queue.lastMember = next.interface;
    return next ? [next] : [];
  }

  reserve(member: QueueMember, on: boolean): void {
    if (on) this.reserved.add(member);
    else this.reserved.delete(member);
  }

  finished(queue: Queue, member: QueueMember): void {
    member.inCall = false;
    member.callsTaken += 1;
    member.lastCall = this.engine.core.seconds();
    if (queue.wrapupSeconds > 0) this.wrapup.set(member, this.engine.core.clock.now() + queue.wrapupSeconds * 1000);
    this.emitMember('QueueMemberStatus', member);
  }

  private free(member: QueueMember): boolean {
    if (member.paused || member.inCall || this.reserved.has(member)) return false;
    if ((this.wrapup.get(member) ?? 0) > this.engine.core.clock.now()) return false;
    return member.status === 1 || member.status === 0;
  }

  private availability(queue: Queue): void {
    const someone = queue.members.some((member) => !member.paused && member.status <= 1);
    this.engine.devices.set(`Queue:${queue.name}_avail`, someone ? 'NOT_INUSE' : 'INUSE');
  }

  emitMember(name: string, member: QueueMember): void {
    this.engine.core.emit(
      'agent',
      name,
      header('Queue', member.queue) +
        header('MemberName', member.name) +
        header('Interface', member.interface) +
        header('StateInterface', member.stateInterface) +
        header('Membership', member.dynamic ? 'dynamic' : 'static') +
        header('Penalty', member.penalty) +
        header('CallsTaken', member.callsTaken) +
        header('LastCall', member.lastCall) +
        header('LastPause', member.lastPause) +
        header('LoginTime', member.loginTime) +
        header('InCall', member.inCall ? 1 : 0) +
        header('Status', member.status) +
        header('Paused', member.paused ? 1 : 0) +
        header('PausedReason', member.pausedReason) +
        header('Ringinuse', 0) +
        header('Wrapuptime', member.wrapupTime),
    );
  }
}

/** `reason_paused` (apps/app_queue.c) holds 79 bytes; Asterisk keeps the reason of an un-pause as well. */
function fitting(reason: string): string {
  return Buffer.from(reason).subarray(0, 79).toString('utf8');
}
