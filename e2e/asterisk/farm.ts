import { Ari, type AriEvent } from './ari';
import type { PhoneBehaviour } from './driver';
import { farmAccount, farmConfig } from './farm-config';
import { AsteriskInstance } from './instance';
import { people } from './people';
import { type Line, PhoneLines } from './phone-lines';
import { freePort } from './ports';
import { RawAmi } from './raw-ami';

export interface FarmOptions {
  readonly root: string;
  /** The farm's SIP port: the PBX needs it for its carrier before the farm starts. */
  readonly sipPort: number;
  readonly pbxSip: number;
  readonly chanSip?: number;
}

/** The phones: a second Asterisk that registers as every extension, driven over its ARI. */
export class Farm {
  readonly lines = new PhoneLines();
  private readonly behaviours = new Map<string, PhoneBehaviour>();
  private readonly offline = new Set<string>();
  private counter = 0;

  private constructor(
    readonly instance: AsteriskInstance,
    readonly ami: RawAmi,
    private readonly ari: Ari,
    private readonly options: FarmOptions,
  ) {}

  static async start(options: FarmOptions): Promise<Farm> {
    const ports = { sip: options.sipPort, ami: await freePort(), http: await freePort() };
    const files = farmConfig({ ports, pbxSip: options.pbxSip, chanSip: options.chanSip });
    const instance = await AsteriskInstance.create({ root: options.root, name: 'farm', files });
    try {
      await instance.start();
      let farm: Farm | undefined;
      const ari = new Ari({ ...farmAccount, port: ports.http, app: 'farm' }, (event) => farm?.receive(event));
      const ami = await RawAmi.connect({ ...farmAccount, port: ports.ami });
      farm = new Farm(instance, ami, ari, options);
      await ari.connect();
      return farm;
    } catch (error) {
      await instance.remove();
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.ari.close();
    this.ami.close();
    await this.instance.remove();
  }

  behave(phone: string, behaviour: PhoneBehaviour): void {
    this.behaviours.set(phone, behaviour);
  }

  async dial(from: string, to: string): Promise<Line> {
    return this.originate(
      from,
      to,
      `PJSIP/ph${from}/sip:${encodeURIComponent(to)}@127.0.0.1:${this.registrar(from)}`,
      from,
    );
  }

  /** A call from outside: the carrier sends an INVITE without authentication. */
  async dialTrunk(number: string, name: string, did: string): Promise<Line> {
    const target = `PJSIP/carrier/sip:${did}@127.0.0.1:${this.options.pbxSip}`;
    return this.originate('trunk', did, target, `"${name}" <${number}>`, number);
  }

  async answer(line: Line): Promise<void> {
    await this.ari.request('POST', `/channels/${line.id}/answer`);
    await this.lines.wait(
      () => (this.lines.get(line.id)?.state === 'up' ? true : undefined),
      `phone ${line.phone} was not up after answering`,
    );
  }

  async hangup(line: Line, reason: 'normal' | 'busy' = 'normal'): Promise<void> {
    // Gone already is what was wanted.
    await this.ari.request('DELETE', `/channels/${line.id}`, { reason }).catch(() => {});
    await this.gone(line);
  }

  async hold(line: Line): Promise<void> {
    await this.ari.request('POST', `/channels/${line.id}/hold`);
    line.held = true;
  }

  async unhold(line: Line): Promise<void> {
    await this.ari.request('DELETE', `/channels/${line.id}/hold`);
    line.held = false;
  }

  async dtmf(line: Line, digits: string): Promise<void> {
    await this.ari.request('POST', `/channels/${line.id}/dtmf`, { dtmf: digits, duration: '80', between: '40' });
  }

  async speak(line: Line): Promise<void> {
    await this.ari.request('POST', `/channels/${line.id}/play`, { media: 'tone:1004' });
  }

  /** Sends SIP REFER; the call stays with the phone until it hangs up, as with a real one. */
  async refer(line: Line, to: string): Promise<void> {
    const target = `sip:${encodeURIComponent(to)}@127.0.0.1:${this.registrar(line.phone)}`;
    await this.ari.request('POST', `/channels/${line.id}/redirect`, { endpoint: `PJSIP/${target}` });
  }

  async gone(line: Line): Promise<void> {
    await this.lines.wait(() => (this.lines.get(line.id) ? undefined : true), `the call of ${line.phone} did not end`);
  }

  /** Registers or unregisters one phone and waits for the registrar's answer. */
  async online(phone: string, on: boolean): Promise<void> {
    const answered = this.registrationAnswer(phone, on ? 'Registered' : 'Unregistered');
    await this.ami.action(on ? 'PJSIPRegister' : 'PJSIPUnregister', { Registration: `ph${phone}` });
    if (on) this.offline.delete(phone);
    else this.offline.add(phone);
    await answered;
  }

  /** Asks every phone to register again, as after a restart of the registrar, and waits for all of them. */
  async registerAll(): Promise<void> {
    await this.ami.action('PJSIPRegister', { Registration: '*all' });
    await this.waitRegistered();
  }

  async waitRegistered(limitMs = 15_000): Promise<void> {
    const deadline = Date.now() + limitMs;
    for (;;) {
      const states = (await this.ami.list('PJSIPShowRegistrationsOutbound'))
        .filter(
          (block) =>
            block.event === 'OutboundRegistrationDetail' && !this.offline.has(block.get('ObjectName').slice(2)),
        )
        .map((block) => block.get('Status'));
      if (states.length > 0 && states.every((status) => status === 'Registered')) return;
      if (Date.now() > deadline) throw new Error(`phones not registered: ${states.join(' ')}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Ends every call, brings every phone online and back to plain ringing. */
  async reset(): Promise<void> {
    this.behaviours.clear();
    await Promise.all(this.lines.all().map((line) => this.hangup(line)));
    for (const phone of [...this.offline]) await this.online(phone, true);
  }

  get phones(): readonly string[] {
    return people.map((person) => person.number);
  }

  private registrar(phone: string): number {
    const old = phone.length === 4 ? this.options.chanSip : undefined;
    return old ?? this.options.pbxSip;
  }

  private registrationAnswer(phone: string, status: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`phone ${phone} did not become ${status}`));
      }, 10_000);
      const stop = this.ami.onEvent((event) => {
        if (event.event !== 'Registry' || event.get('Status') !== status) return;
        if (!event.get('Username').includes(`sip:${phone}@`)) return;
        clearTimeout(timer);
        stop();
        resolve();
      });
    });
  }

  private async originate(
    phone: string,
    other: string,
    endpoint: string,
    callerId: string,
    label = other,
  ): Promise<Line> {
    this.counter += 1;
    const id = `farm-${this.counter}-${Date.now()}`;
    const line = this.lines.add({ id, phone, other: label, outgoing: true, state: 'dialing' });
    try {
      await this.ari.request('POST', '/channels', {
        endpoint,
        app: 'farm',
        appArgs: 'out',
        channelId: id,
        callerId,
        timeout: '60',
      });
    } catch (error) {
      this.lines.remove(id);
      throw error;
    }
    return line;
  }

  private receive(event: AriEvent): void {
    const channel = event.channel;
    if (!channel) return;
    if (event.type === 'StasisStart') this.started(event, channel);
    else if (event.type === 'ChannelStateChange' && channel.state === 'Up') this.lines.setState(channel.id, 'up');
    else if (event.type === 'ChannelDtmfReceived') this.lines.hear(channel.id, event.digit ?? '');
    else if (event.type === 'ChannelDestroyed' || event.type === 'StasisEnd') this.lines.remove(channel.id);
  }

  private started(event: AriEvent, channel: NonNullable<AriEvent['channel']>): void {
    const [kind, number] = event.args ?? [];
    if (kind === 'out') {
      this.lines.setState(channel.id, 'up');
      return;
    }
    const phone = kind === 'carrier' ? 'trunk' : (number ?? '');
    const other = kind === 'carrier' ? (number ?? '') : channel.caller.number;
    const line = this.lines.add({ id: channel.id, phone, other, outgoing: false, state: 'ringing' });
    this.react(line).catch(() => {});
  }

  private async react(line: Line): Promise<void> {
    const behaviour = this.behaviours.get(line.phone) ?? 'ring';
    const path = `/channels/${line.id}`;
    if (behaviour === 'busy') await this.ari.request('DELETE', path, { reason: 'busy' });
    else if (behaviour === 'decline') await this.ari.request('DELETE', path, { reason: 'no_answer' });
    else if (behaviour === 'answer') await this.ari.request('POST', `${path}/answer`);
    else {
      await this.ari.request('POST', `${path}/ring`);
      if (behaviour === 'answerLate')
        setTimeout(() => this.ari.request('POST', `${path}/answer`).catch(() => {}), 1_000);
    }
  }
}
