import type { Engine } from './engine';
import type { Channel, Endpoint } from './model';

/** Makes that do what SIP NOTIFY tells them, and answer a call that asks for it in a header. */
const obedient = /^(?:Yealink|snom|Poly|Mitel|Cisco-CP-\d+-3PCC)/i;
const autoAnswer = /answer-after=0|auto ?-?answer|intercom/i;
/** A phone needs a moment to answer by itself. */
const answersAfterMs = 250;

/** What a telephone does without a hand: NOTIFY `talk` and `hold`, and the auto-answer header of a call it gets. */
export class Handsets {
  /** Extensions somebody works at in the panel: their phones obey whatever their make, for the panel is all there is. */
  private attended: () => ReadonlySet<string> = () => new Set();

  constructor(private readonly engine: Engine) {
    engine.events.onRinging((leg) => {
      if (!this.wantsAutoAnswer(leg)) return;
      engine.core.clock.after(answersAfterMs, () => engine.phones.answer(leg));
    });
  }

  attend(extensions: () => ReadonlySet<string>): void {
    this.attended = extensions;
  }

  isAttended(endpoint: string): boolean {
    return this.attended().has(endpoint);
  }

  /** The registered phones somebody works at. */
  attendedPhones(): Endpoint[] {
    return [...this.attended()].flatMap((name) => this.engine.phones.endpoint(name) ?? []);
  }

  obeys(endpoint: Endpoint): boolean {
    return endpoint.kind === 'phone' && (obedient.test(endpoint.userAgent) || this.isAttended(endpoint.name));
  }

  /** NOTIFY within a call: a phone that rings answers, one that holds takes back, one that talks holds. */
  notify(channel: Channel, event: string): void {
    const endpoint = this.endpointOf(channel);
    if (!endpoint || channel.ending || !this.obeys(endpoint)) return;
    const { bridges, phones } = this.engine;
    if (event === 'hold') {
      if (channel.state === 6 && !channel.holding) phones.hold(channel);
    } else if (event === 'talk') {
      for (const other of endpoint.channels) if (other !== channel && bridges.peer(other)) phones.hold(other);
      if (channel.state === 5) phones.answer(channel);
      else if (channel.holding) phones.unhold(channel);
    }
  }

  /** NOTIFY to the phone alone: it takes it for the call that rings, else for the newest. */
  notifyPhone(endpoint: Endpoint, event: string): void {
    const newest = [...endpoint.channels].reverse();
    const meant = event === 'talk' ? newest.find((one) => one.state === 5 || one.holding) : undefined;
    const channel = meant ?? newest[0];
    if (channel) this.notify(channel, event);
  }

  private wantsAutoAnswer(leg: Channel): boolean {
    const endpoint = this.endpointOf(leg);
    if (!endpoint || !this.obeys(endpoint)) return false;
    return [...leg.variables].some(([name, value]) => name.startsWith('PJSIP_HEADER(add,') && autoAnswer.test(value));
  }

  private endpointOf({ device }: Channel): Endpoint | undefined {
    return device === null ? undefined : this.engine.devices.endpoints.get(device);
  }
}
