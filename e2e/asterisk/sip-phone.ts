import { randomBytes } from 'node:crypto';
import dgram from 'node:dgram';
import { freePort, rtpRange } from './ports';
import { digest, formatSip, header, parseSip, type SipMessage } from './sip-message';

export interface SipPhoneOptions {
  readonly number: string;
  readonly secret: string;
  /** Port of the PBX on loopback. */
  readonly pbxPort: number;
  readonly userAgent: string;
  /** Whether NOTIFY `talk` and `hold` are obeyed; a phone that does not answers 489. */
  readonly obeys: boolean;
}

interface Call {
  readonly invite: SipMessage;
  readonly tag: string;
  readonly callId: string;
  readonly target: string;
  state: 'ringing' | 'up' | 'held' | 'over';
  cseq: number;
}

const waitMs = 5_000;

/** A SIP phone in this process, over UDP: registers, rings, and obeys the PBX where a desk phone of that make would. */
export class SipPhone {
  /** Every INVITE that opened a call, as it came. */
  readonly invites: SipMessage[] = [];
  /** Every NOTIFY of the packages `talk` and `hold`. */
  readonly told: SipMessage[] = [];
  private call: Call | null = null;
  private readonly answers = new Map<string, (answer: SipMessage) => void>();
  private readonly identity = randomBytes(6).toString('hex');
  private registrations = 0;
  private offers = 0;

  private constructor(
    private readonly options: SipPhoneOptions,
    private readonly socket: dgram.Socket,
    private readonly port: number,
  ) {}

  static async register(options: SipPhoneOptions): Promise<SipPhone> {
    const port = await freePort();
    const socket = dgram.createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(port, '127.0.0.1', resolve));
    const phone = new SipPhone(options, socket, port);
    socket.on('message', (bytes) => phone.receive(parseSip(bytes.toString('utf8'))));
    await phone.registration(120);
    return phone;
  }

  get state(): Call['state'] | 'idle' {
    return this.call?.state ?? 'idle';
  }

  /** The user lifts the handset, or the phone does it by itself. */
  answer(): void {
    const { call } = this;
    if (call?.state !== 'ringing') return;
    call.state = 'up';
    this.reply(call.invite, '200 OK', call.tag, this.sdp('sendrecv'));
  }

  async hangUp(): Promise<void> {
    const { call } = this;
    if (call === null || call.state === 'over') return;
    if (call.state === 'ringing') this.reply(call.invite, '486 Busy Here', call.tag);
    else await this.request(call, 'BYE');
    this.call = null;
  }

  /** Unregisters and closes. */
  async stop(): Promise<void> {
    await this.hangUp();
    await this.registration(0).catch(() => undefined);
    this.socket.close();
  }

  private receive(message: SipMessage): void {
    if (message.status > 0) {
      if (message.status >= 200) this.answers.get(header(message, 'CSeq'))?.(message);
      return;
    }
    switch (message.method) {
      case 'INVITE':
        this.invited(message);
        break;
      case 'NOTIFY':
        this.notified(message);
        break;
      case 'CANCEL':
        this.reply(message, '200 OK');
        if (this.call) this.reply(this.call.invite, '487 Request Terminated', this.call.tag);
        this.call = null;
        break;
      case 'ACK':
        break;
      default:
        if (message.method === 'BYE') this.call = null;
        this.reply(message, '200 OK');
    }
  }

  private invited(invite: SipMessage): void {
    const callId = header(invite, 'Call-ID');
    if (/;tag=/.test(header(invite, 'To'))) {
      this.reply(invite, '200 OK', undefined, this.sdp('sendrecv'));
      return;
    }
    if (this.call !== null) {
      // The same once more was lost on the way, or answered a moment ago.
      if (this.call.callId !== callId) this.reply(invite, '486 Busy Here', 'busy');
      return;
    }
    const target = /<([^>]+)>/.exec(header(invite, 'Contact'))?.[1] ?? '';
    const tag = randomBytes(4).toString('hex');
    this.call = { invite, tag, callId, target, state: 'ringing', cseq: 1 };
    this.invites.push(invite);
    this.reply(invite, '180 Ringing', tag);
  }

  private notified(notify: SipMessage): void {
    const event = header(notify, 'Event');
    const { call } = this;
    const ofPackage = event === 'talk' || event === 'hold';
    if (ofPackage) this.told.push(notify);
    if (ofPackage && !this.options.obeys) {
      this.reply(notify, '489 Bad Event');
      return;
    }
    if (ofPackage && header(notify, 'Call-ID') !== call?.callId) {
      this.reply(notify, '481 No Such Call');
      return;
    }
    this.reply(notify, '200 OK');
    if (call === null) return;
    if (event === 'talk' && call.state === 'ringing') this.answer();
    else if (event === 'hold' && call.state === 'up') this.reinvite(call, 'held');
    else if (event === 'talk' && call.state === 'held') this.reinvite(call, 'up');
  }

  private reinvite(call: Call, state: 'held' | 'up'): void {
    const offer = this.sdp(state === 'held' ? 'sendonly' : 'sendrecv');
    this.request(call, 'INVITE', offer).then(
      ({ status }) => {
        if (status === 200) call.state = state;
      },
      // The test sees that the phone's state did not change.
      () => undefined,
    );
  }

  /** A request inside the call; resolves with its final answer, an INVITE acknowledged. */
  private async request(call: Call, method: string, body = ''): Promise<SipMessage> {
    call.cseq += 1;
    const { invite, cseq } = call;
    const own = `${header(invite, 'To')};tag=${call.tag}`;
    const send = (name: string, text = '') =>
      this.send(
        formatSip(
          `${name} ${call.target} SIP/2.0`,
          [
            ...this.common(),
            ['From', own],
            ['To', header(invite, 'From')],
            ['Call-ID', call.callId],
            ['CSeq', `${cseq} ${name}`],
            ...(text === '' ? [] : [['Content-Type', 'application/sdp'] as const]),
          ],
          text,
        ),
      );
    const answer = this.answered(`${cseq} ${method}`);
    send(method, body);
    const final = await answer;
    if (method === 'INVITE') send('ACK');
    return final;
  }

  private async registration(expires: number): Promise<void> {
    const { number, secret, pbxPort } = this.options;
    const uri = `sip:127.0.0.1:${pbxPort}`;
    let authorization = '';
    for (let attempt = 0; attempt < 3; attempt += 1) {
      this.registrations += 1;
      const cseq = `${this.registrations} REGISTER`;
      const answer = this.answered(cseq);
      this.send(
        formatSip(`REGISTER ${uri} SIP/2.0`, [
          ...this.common(),
          ['From', `<sip:${number}@127.0.0.1>;tag=${this.identity}`],
          ['To', `<sip:${number}@127.0.0.1>`],
          ['Call-ID', `${this.identity}@127.0.0.1`],
          ['CSeq', cseq],
          ['Expires', String(expires)],
          ...(authorization === '' ? [] : [['Authorization', authorization] as const]),
        ]),
      );
      const { status, headers } = await answer;
      if (status === 200) return;
      if (status !== 401) throw new Error(`REGISTER of ${number}: ${status}`);
      authorization = digest(headers.get('www-authenticate')?.[0] ?? '', number, secret, 'REGISTER', uri);
    }
    throw new Error(`REGISTER of ${number} was never accepted`);
  }

  private answered(cseq: string): Promise<SipMessage> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`no answer to ${cseq}`)), waitMs);
      this.answers.set(cseq, (answer) => {
        clearTimeout(late);
        this.answers.delete(cseq);
        resolve(answer);
      });
    });
  }

  private reply(request: SipMessage, status: string, tag?: string, body = ''): void {
    const to = header(request, 'To');
    this.send(
      formatSip(
        `SIP/2.0 ${status}`,
        [
          ...(request.headers.get('via') ?? []).map((via) => ['Via', via] as const),
          ['From', header(request, 'From')],
          ['To', tag === undefined || /;tag=/.test(to) ? to : `${to};tag=${tag}`],
          ['Call-ID', header(request, 'Call-ID')],
          ['CSeq', header(request, 'CSeq')],
          ['Contact', this.contact()],
          ['User-Agent', this.options.userAgent],
          ...(this.options.obeys ? [['Allow-Events', 'talk, hold'] as const] : []),
          ...(body === '' ? [] : [['Content-Type', 'application/sdp'] as const]),
        ],
        body,
      ),
    );
  }

  private common(): (readonly [string, string])[] {
    const branch = `z9hG4bK${randomBytes(8).toString('hex')}`;
    return [
      ['Via', `SIP/2.0/UDP 127.0.0.1:${this.port};branch=${branch};rport`],
      ['Max-Forwards', '70'],
      ['Contact', this.contact()],
      ['User-Agent', this.options.userAgent],
    ];
  }

  private contact(): string {
    return `<sip:${this.options.number}@127.0.0.1:${this.port}>`;
  }

  private sdp(direction: 'sendrecv' | 'sendonly'): string {
    // chan_sip reads an offer of a known version not at all.
    this.offers += 1;
    return `v=0\r\no=- 1 ${this.offers} IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${rtpRange.last + 2} RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=${direction}\r\n`;
  }

  private send(text: string): void {
    this.socket.send(text, this.options.pbxPort, '127.0.0.1');
  }
}
