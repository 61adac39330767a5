import type { Engine } from './engine';
import type { Channel } from './model';

/** What a phone does with an incoming call; the words of the end-to-end scenarios. */
export type PhoneBehaviour = 'ring' | 'answer' | 'answerLate' | 'busy' | 'decline';

export class PhoneDriverTimeout extends Error {
  override readonly name = 'PhoneDriverTimeout';
}

/** The demo has no process to kill and no raw SIP: such scenarios are for a real Asterisk. */
export class NotOnTheDemo extends Error {
  override readonly name = 'NotOnTheDemo';
}

export interface PhoneDriverOptions {
  /** Trunk that brings calls in. */
  readonly inboundTrunk: string;
  /** Milliseconds to wait for a phone to come into a state. */
  readonly timeoutMs?: number;
}

/**
 * The telephones of the demo PBX, worked by hand: the same operations the end-to-end scenarios use on real SIP phones
 * (structurally their `PhoneDriver`), so that one scenario runs on both. Needs a demo without `life`, in real time.
 */
export class DemoPhoneDriver {
  private readonly behaviours = new Map<string, PhoneBehaviour>();
  private readonly waiting = new Set<() => void>();

  constructor(
    private readonly engine: Engine,
    private readonly options: PhoneDriverOptions,
  ) {
    engine.events.onRinging((leg) => this.react(leg));
    engine.core.listen(() => this.wake());
  }

  async dial(from: string, to: string): Promise<void> {
    this.engine.phones.dial(from, to);
  }

  async ringing(ext: string, other?: string): Promise<void> {
    await this.find(ext, isRinging, other);
  }

  async answer(ext: string, other?: string): Promise<void> {
    const leg = await this.find(ext, isRinging, other);
    this.engine.phones.answer(leg);
  }

  async connected(ext: string, other?: string): Promise<void> {
    await this.find(ext, isUp, other);
  }

  async quiet(ext: string): Promise<void> {
    await this.until(`${ext} still has a call`, () => (this.channels(ext).length === 0 ? true : undefined));
  }

  async hangup(ext: string, other?: string): Promise<void> {
    this.engine.phones.hangup(await this.find(ext, () => true, other));
  }

  async reject(ext: string, other?: string): Promise<void> {
    this.engine.phones.reject(await this.find(ext, isRinging, other));
  }

  async hold(ext: string, other?: string): Promise<void> {
    this.engine.phones.hold(await this.find(ext, isUp, other));
  }

  async unhold(ext: string, other?: string): Promise<void> {
    this.engine.phones.unhold(await this.find(ext, isUp, other));
  }

  /** In a conference `*1` toggles the own microphone; elsewhere digits change nothing. */
  async dtmf(ext: string, digits: string, other?: string): Promise<void> {
    const channel = await this.find(ext, isUp, other);
    if (digits !== '*1') return;
    const { conferences } = this.engine;
    for (const room of conferences.rooms.values()) {
      const user = room.users.find((one) => one.channel === channel);
      if (user) conferences.mute(room, user, !user.muted);
    }
  }

  async speak(ext: string, other?: string): Promise<void> {
    const channel = await this.find(ext, isUp, other);
    const { conferences } = this.engine;
    for (const room of conferences.rooms.values()) {
      const user = room.users.find((one) => one.channel === channel);
      if (user) conferences.talk(room, user, true);
    }
  }

  /** The recording ends having heard something, and is kept. */
  async leaveMessage(ext: string): Promise<void> {
    const channel = await this.find(ext, isUp);
    const id = channel.appData.split(',')[0] ?? '';
    const { features, phones } = this.engine;
    const before = features.mailboxes.get(id)?.fresh ?? 0;
    phones.hangup(channel);
    const box = features.mailboxes.get(id);
    if (box && box.fresh === before) features.setMailbox(id, before + 1, box.old);
  }

  async blindTransfer(ext: string, to: string, other?: string): Promise<void> {
    const channel = await this.find(ext, isUp, other);
    this.engine.transfers.blind(channel, 'from-internal', to);
  }

  async attendedTransfer(ext: string, to: string, other?: string): Promise<void> {
    const channel = await this.find(ext, isUp, other);
    this.engine.atxfer.start(channel, 'from-internal', to);
  }

  async completeTransfer(ext: string): Promise<void> {
    await this.hangup(ext);
  }

  async cancelTransfer(ext: string): Promise<void> {
    this.engine.atxfer.cancel(await this.find(ext, isUp));
  }

  async park(ext: string, lot = '700', other?: string): Promise<void> {
    await this.blindTransfer(ext, lot, other);
  }

  behave(ext: string, behaviour: PhoneBehaviour): void {
    this.behaviours.set(ext, behaviour);
  }

  async online(ext: string, on: boolean): Promise<void> {
    this.engine.phones.setOnline(ext, on);
  }

  async callIn(number: string, name: string, did: string): Promise<void> {
    this.engine.phones.inbound(this.options.inboundTrunk, { num: number, name }, did);
  }

  async callInForged(_did: string): Promise<void> {
    throw new NotOnTheDemo('a forged caller needs raw SIP');
  }

  async endForged(): Promise<void> {}

  async hangupOutside(number: string): Promise<void> {
    await this.hangup('trunk', number);
  }

  async restartPbx(_how: 'clean' | 'crash'): Promise<void> {
    throw new NotOnTheDemo('the demo PBX has no process of its own');
  }

  async reset(): Promise<void> {
    this.behaviours.clear();
    for (const channel of [...this.engine.channels.byId.values()]) this.engine.channels.hangup(channel, { by: 'soft' });
    for (const endpoint of this.engine.devices.endpoints.values()) this.engine.devices.register(endpoint, true);
  }

  private react(leg: Channel): void {
    const name = leg.device?.slice(leg.device.indexOf('/') + 1) ?? '';
    const behaviour = this.behaviours.get(name) ?? 'ring';
    const { phones, core } = this.engine;
    if (behaviour === 'answer') core.clock.after(5, () => phones.answer(leg));
    else if (behaviour === 'answerLate') core.clock.after(1_000, () => phones.answer(leg));
    else if (behaviour === 'busy') phones.reject(leg, 'busy');
    // As the phones of the real scenarios do it: 480.
    else if (behaviour === 'decline') this.engine.channels.hangup(leg, { cause: 19, tech: 480 });
  }

  /** Newest first. `trunk` stands for every trunk. */
  private channels(ext: string, other?: string): Channel[] {
    const { endpoints } = this.engine.devices;
    const mine = [...endpoints.values()].filter((one) => (ext === 'trunk' ? one.kind === 'trunk' : one.name === ext));
    return mine
      .flatMap((endpoint) => [...endpoint.channels])
      .filter((one) => !one.ending && (other === undefined || this.isWith(one, other)))
      .reverse();
  }

  private isWith(channel: Channel, other: string): boolean {
    const outside = channel.device !== null && this.engine.devices.endpoints.get(channel.device)?.kind === 'trunk';
    return channel.connected.num === other || channel.exten === other || (outside && channel.caller.num === other);
  }

  private find(ext: string, fits: (channel: Channel) => boolean, other?: string): Promise<Channel> {
    return this.until(`${ext}${other ? ` with ${other}` : ''} has no fitting call`, () =>
      this.channels(ext, other).find(fits),
    );
  }

  private until<T>(complaint: string, look: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        limit.cancel();
        this.waiting.delete(check);
      };
      const limit = this.engine.core.clock.after(this.options.timeoutMs ?? 30_000, () => {
        stop();
        reject(new PhoneDriverTimeout(complaint));
      });
      const check = () => {
        const found = look();
        if (found === undefined) return;
        stop();
        resolve(found);
      };
      this.waiting.add(check);
      check();
    });
  }

  /** Something happened: those who wait look again, after the present step is through. */
  private wake(): void {
    if (this.waiting.size === 0) return;
    queueMicrotask(() => {
      for (const check of [...this.waiting]) check();
    });
  }
}

function isRinging(channel: Channel): boolean {
  return channel.state === 5;
}

function isUp(channel: Channel): boolean {
  return channel.state === 6;
}
