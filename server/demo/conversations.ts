import type { Engine } from './engine';
import type { Channel, Endpoint } from './model';

/** What people do with a call: answer it or not, talk, hold, hand it on, park it, hang up. */
export class Conversations {
  constructor(
    private readonly engine: Engine,
    private readonly idlePhone: () => Endpoint | undefined,
    private readonly running: () => boolean,
  ) {}

  start(): void {
    this.engine.events.onRinging((leg) => this.rings(leg));
  }

  /** Somebody sees a parked call and takes it. */
  fetchParked(): void {
    const { core, parking, phones } = this.engine;
    const calls = [...parking.lots.values()].flatMap((lot) => [...lot.calls.values()]);
    // What somebody at a desk has parked is theirs to fetch.
    const others = calls.filter(({ parkerDialString }) => !this.isAttended(parkerDialString));
    const space = core.random.pick(others)?.space;
    if (space === undefined || !core.random.chance(0.5)) return;
    const phone = this.idlePhone();
    const channel = phone ? phones.dial(phone.name, String(space)) : undefined;
    if (channel) this.talk(channel);
  }

  /** Somebody at a desk takes part in the call of this channel. */
  isAtDesk(channel: Channel): boolean {
    const peer = this.engine.bridges.peer(channel);
    return this.isAttended(channel.device) || this.isAttended(peer?.device ?? null);
  }

  private isAttended(device: string | null): boolean {
    const endpoint = device === null ? undefined : this.engine.devices.endpoints.get(device);
    return endpoint !== undefined && this.engine.handsets.isAttended(endpoint.name);
  }

  private rings(leg: Channel): void {
    if (!this.running() || this.isAttended(leg.device)) return;
    const endpoint = leg.device === null ? undefined : this.engine.devices.endpoints.get(leg.device);
    if (!endpoint) return;
    if (endpoint.kind === 'trunk') this.outsideRings(leg);
    else this.phoneRings(leg, endpoint);
  }

  private phoneRings(leg: Channel, endpoint: Endpoint): void {
    const { core, phones } = this.engine;
    const occupied = [...endpoint.channels].some((one) => one !== leg && one.state === 6);
    const choice = occupied
      ? core.random.weighted([
          [6, 'ignore'],
          [3, 'reject'],
          [1, 'answer'],
        ] as const)
      : core.random.weighted([
          [85, 'answer'],
          [11, 'ignore'],
          [4, 'reject'],
        ] as const);
    if (choice === 'reject') this.later(core.random.between(1_500, 6_000), leg, () => phones.reject(leg));
    if (choice !== 'answer') return;
    this.later(1_500 + core.random.around(4_000), leg, () => this.pickUp(leg, endpoint));
  }

  /** Before a second call is taken the first goes on hold. */
  private pickUp(leg: Channel, endpoint: Endpoint): void {
    const { phones } = this.engine;
    if (leg.state !== 5) return;
    for (const other of endpoint.channels) if (other !== leg && other.bridge) phones.hold(other);
    if (phones.answer(leg)) this.talk(leg);
  }

  private outsideRings(leg: Channel): void {
    const { core, phones } = this.engine;
    const choice = core.random.weighted([
      [80, 'answer'],
      [8, 'busy'],
      [12, 'ignore'],
    ] as const);
    const delay = core.random.between(2_500, 9_000);
    if (choice === 'busy') this.later(delay, leg, () => phones.reject(leg));
    if (choice !== 'answer') return;
    this.later(delay, leg, () => {
      if (leg.state === 5 && phones.answer(leg)) this.talk(leg);
    });
  }

  private talk(channel: Channel): void {
    const { core } = this.engine;
    // Who talks to somebody at a desk has patience, and leaves it to them what becomes of the call.
    if (this.isAtDesk(channel)) {
      this.later(60_000 + core.random.around(120_000), channel, () => this.sayGoodbye(channel));
      return;
    }
    const length = 12_000 + core.random.around(48_000);
    this.later(length, channel, () => this.sayGoodbye(channel));
    const what = core.random.weighted([
      [56, 'talk'],
      [22, 'hold'],
      [8, 'blind'],
      [7, 'attended'],
      [7, 'park'],
    ] as const);
    this.later(5_000 + core.random.next() * length * 0.6, channel, () => this.act(channel, what ?? 'talk'));
  }

  private act(channel: Channel, what: 'talk' | 'hold' | 'blind' | 'attended' | 'park'): void {
    const phone = this.phoneSide(channel);
    if (!phone || what === 'talk' || this.isAtDesk(channel)) return;
    if (what === 'hold') this.hold(phone);
    else if (what === 'park') this.park(phone);
    else this.transfer(phone, what);
  }

  private hold(phone: Channel): void {
    const { core, phones } = this.engine;
    phones.hold(phone);
    this.later(core.random.between(6_000, 30_000), phone, () => phones.unhold(phone));
  }

  private park(phone: Channel): void {
    const { parking, transfers } = this.engine;
    const exten = '700';
    const lot = parking.lotOfExten(exten);
    if (lot && lot.calls.size < 5) transfers.blind(phone, 'from-internal', exten);
  }

  private transfer(phone: Channel, how: 'blind' | 'attended'): void {
    const { core, transfers } = this.engine;
    const target = this.idlePhone();
    if (!target) return;
    if (how === 'blind') {
      transfers.blind(phone, 'from-internal', target.name);
      return;
    }
    if (core.random.chance(0.4)) {
      this.askByFeatureCode(phone, target);
      return;
    }
    const second = transfers.consult(phone, target.name);
    if (!second) return;
    this.later(9_000 + core.random.around(6_000), phone, () => {
      if (second.bridge && core.random.chance(0.8)) transfers.complete(phone);
      else transfers.cancel(phone);
    });
  }

  /** Attended transfer by Asterisk's own feature code: one leg, hand over by hanging up. */
  private askByFeatureCode(phone: Channel, target: Endpoint): void {
    const { atxfer, core, phones } = this.engine;
    if (!atxfer.start(phone, 'from-internal', target.name)) return;
    this.later(4_000 + core.random.around(9_000), phone, () => {
      if (core.random.chance(0.75)) phones.hangup(phone);
      else atxfer.cancel(phone);
    });
  }

  private sayGoodbye(channel: Channel): void {
    const { bridges, core, phones } = this.engine;
    const peer = bridges.peer(channel);
    const other = peer?.device ? peer : undefined;
    phones.hangup(other && core.random.chance(0.5) ? other : channel);
  }

  /** Whichever side of the call is a telephone of the office and talks with somebody else than a helper channel. */
  private phoneSide(channel: Channel): Channel | undefined {
    const { bridges, devices } = this.engine;
    const peer = bridges.peer(channel);
    if (!peer?.device || !channel.device) return undefined;
    const isPhone = (one: Channel) => one.device !== null && devices.endpoints.get(one.device)?.kind === 'phone';
    return isPhone(channel) ? channel : isPhone(peer) ? peer : undefined;
  }

  private later(ms: number, channel: Channel, work: () => void): void {
    this.engine.core.clock.after(ms, () => {
      if (this.running() && !channel.ending) work();
    });
  }
}
