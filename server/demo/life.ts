import { AvailabilityHabits } from './availability-habits';
import type { DemoTimer } from './clock';
import { Conversations } from './conversations';
import { Desk } from './desk';
import type { Engine } from './engine';
import { Habits } from './habits';
import type { Channel, Endpoint } from './model';
import type { Office } from './office';
import { outsideCaller, outsideNumber } from './outside';

/** Phones in use the office tends to. */
const quiet = 8;
const crowded = 11;
/** No call lasts longer; what got stuck ends too. */
const longestMs = 9 * 60_000;

/**
 * Makes the office live: calls come and go by themselves, agents take breaks, meetings are held. It uses the telephones
 * and trunks only, as people would, so that an action of the panel meets the same PBX they do.
 */
export class Life {
  private readonly timers = new Set<DemoTimer>();
  private readonly talks: Conversations;
  private readonly habits: Habits;
  private readonly away: AvailabilityHabits;
  private readonly desk: Desk;
  private running = false;

  constructor(
    private readonly engine: Engine,
    private readonly office: Office,
  ) {
    this.talks = new Conversations(
      engine,
      () => this.idlePhone(),
      () => this.running,
    );
    this.habits = new Habits(engine, office, () => this.idlePhone());
    this.away = new AvailabilityHabits(engine, () => this.idlePhone());
    this.desk = new Desk(
      engine,
      office,
      () => this.idlePhone(),
      (caller) => this.losePatience(caller),
    );
  }

  start(): void {
    this.running = true;
    this.talks.start();
    this.every(3_200, () => this.maybeCall(), 400);
    this.every(23_000, () => this.habits.pause());
    this.every(19_000, () => this.away.dnd());
    this.every(13_000, () => this.away.presence());
    this.every(31_000, () => this.away.fop2());
    this.every(47_000, () => this.away.forward());
    this.every(55_000, () => this.habits.registration());
    this.every(35_000, () => this.habits.listenToVoicemail());
    this.every(70_000, () => this.habits.meeting(), 15_000);
    this.every(2_500, () => this.habits.meetingTalk());
    this.every(30_000, () => this.endStuckCalls());
    this.every(9_000, () => this.talks.fetchParked());
    this.everyExactly(2_000, () => this.desk.look());
  }

  stop(): void {
    this.running = false;
    for (const timer of this.timers) timer.cancel();
    this.timers.clear();
  }

  /** Phones with a call. */
  busy(): number {
    let count = 0;
    for (const endpoint of this.engine.devices.endpoints.values()) {
      if (endpoint.kind === 'phone' && endpoint.channels.size > 0) count += 1;
    }
    return count;
  }

  private maybeCall(): void {
    const busy = this.busy();
    if (busy > crowded) return;
    this.call();
    if (busy < quiet - 3) this.call();
  }

  private call(): void {
    const { random } = this.engine.core;
    const kind = random.weighted([
      [3, 'reception'],
      [7, 'queue'],
      [4, 'direct'],
      [5, 'internal'],
      [4, 'outbound'],
    ] as const);
    if (kind === 'internal') this.internal();
    else if (kind === 'outbound') this.outbound();
    else this.inbound(kind ?? 'direct');
  }

  private inbound(kind: 'reception' | 'queue' | 'direct'): void {
    const { core, phones, queues } = this.engine;
    const numbers = Object.entries(this.office.dids).filter(([, exten]) => {
      if (kind === 'reception') return exten === this.office.ringGroups[0]?.number;
      const queue = this.office.queues.find((one) => one.number === exten);
      if (kind === 'direct') return this.office.people.some((person) => person.number === exten);
      return queue !== undefined && (queues.byName.get(queue.name)?.callers.length ?? 9) < 3;
    });
    const did = core.random.pick(numbers)?.[0];
    const trunk = core.random.chance(0.75) ? this.office.trunks[0] : (this.office.trunks[1] ?? this.office.trunks[0]);
    if (!did || !trunk) return;
    const channel = phones.inbound(trunk.name, outsideCaller(core.random), did);
    if (channel) this.losePatience(channel);
  }

  private internal(): void {
    const from = this.idlePhone();
    const to = this.engine.core.random.pick(this.office.people);
    if (!from || !to || to.number === from.name) return;
    this.engine.phones.dial(from.name, to.number);
  }

  private outbound(): void {
    const { core, phones } = this.engine;
    const from = this.idlePhone();
    if (!from || !this.office.outbound) return;
    const channel = phones.dial(from.name, outsideNumber(core.random));
    if (!channel) return;
    core.clock.after(28_000, () => {
      if (this.running && !channel.ending && channel.state === 4) phones.hangup(channel);
    });
  }

  /** A caller from outside does not wait for ever. */
  private losePatience(channel: Channel): void {
    const { core, phones } = this.engine;
    core.clock.after(30_000 + core.random.around(70_000), () => {
      const waiting = channel.activity?.kind === 'queue' || channel.activity?.kind === 'dial';
      if (this.running && waiting && !channel.ending) phones.hangup(channel);
    });
  }

  /** Never that of somebody who works at it: it does nothing by itself. */
  private idlePhone(): Endpoint | undefined {
    const { devices, features, core, handsets } = this.engine;
    const free = [...devices.endpoints.values()].filter(
      (one) => one.kind === 'phone' && one.registered && one.channels.size === 0 && !features.dnd(one.name),
    );
    return core.random.pick(free.filter((one) => !handsets.isAttended(one.name)));
  }

  private endStuckCalls(): void {
    const now = this.engine.core.clock.now();
    for (const channel of [...this.engine.channels.byId.values()]) {
      if (now - channel.createdAt <= longestMs || !channel.device || this.talks.isAtDesk(channel)) continue;
      this.engine.phones.hangup(channel);
    }
  }

  /** As `every`, and takes no chance with it: a day without anybody at a desk is the same day. */
  private everyExactly(ms: number, work: () => void): void {
    const next = () => {
      const timer = this.engine.core.clock.after(ms, () => {
        this.timers.delete(timer);
        if (!this.running) return;
        work();
        next();
      });
      this.timers.add(timer);
    };
    next();
  }

  /** Runs `work` again and again, around every `mean` ms. */
  private every(mean: number, work: () => void, first = this.engine.core.random.around(mean)): void {
    let timer: DemoTimer;
    const next = (ms: number) => {
      timer = this.engine.core.clock.after(ms, () => {
        this.timers.delete(timer);
        if (!this.running) return;
        work();
        next(Math.max(200, this.engine.core.random.around(mean)));
      });
      this.timers.add(timer);
    };
    next(first);
  }
}
