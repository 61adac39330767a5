import { channelHeaders, header } from './blocks';
import { VirtualClock } from './clock';
import { Engine } from './engine';
import type { Channel, Endpoint } from './model';
import { installOffice, type Office, type OfficeQueue, type Person } from './office';
import { SeededRandom } from './random';

export interface BulkOptions {
  /** 100 … 10,000; numbered from 10000 on. */
  readonly extensions: number;
  readonly seed?: number;
  /** Calls at once; default a tenth of the extensions, at most 400. */
  readonly calls?: number;
  /** A share of calls through queues, default 0.2. */
  readonly queued?: number;
}

const firstNumber = 10_000;
const rtcpEveryMs = 5_000;

/** An office of any size, for measurements: people, ten queues, lots and trunks. */
export function bulkOffice(extensions: number): Office {
  const people = Array.from({ length: extensions }, (_, index): Person => {
    const number = String(firstNumber + index);
    return {
      number,
      name: `Person ${index + 1}`,
      department: `Department ${(index % 40) + 1}`,
      ringSeconds: 20,
      voicemail: index % 2 === 0 ? { fresh: 0, old: 0 } : null,
      voicemailOnBusy: true,
      hint: 'dnd',
      callLimit: 2,
    };
  });
  const queueCount = Math.min(10, Math.ceil(extensions / 20));
  const queues = Array.from({ length: queueCount }, (_, index): OfficeQueue => {
    const members = people.filter((_, at) => at % queueCount === index).slice(0, 20);
    return {
      number: `6${String(index).padStart(2, '0')}`,
      name: `queue-${index}`,
      strategy: 'rrmemory',
      ringSeconds: 15,
      retrySeconds: 2,
      maxWaitSeconds: 120,
      maxLength: 30,
      wrapupSeconds: 0,
      members: members.map(({ number, name }) => ({ interface: `PJSIP/${number}`, name })),
    };
  });
  return {
    people,
    queues,
    lots: [{ number: '700', name: 'default', first: 701, last: 799, timeout: 60, comebackSeconds: 20 }],
    conferences: ['800', '801'].map((room) => ({ number: room, room })),
    trunks: [{ name: 'carrier-a', registers: true, online: true, server: 'sip.carrier-a.example' }],
    ringGroups: [],
    dids: {},
    outbound: null,
  };
}

/**
 * Traffic of an office of any size as the bytes Asterisk would send: calls that ring, are answered, held and ended, with
 * the VarSet, Newexten and RTCP events that make up half of a busy stream. Deterministic for a seed; needs no socket.
 */
export class BulkTraffic {
  readonly engine: Engine;
  /** Events made so far. */
  events = 0;
  private readonly clock = new VirtualClock();
  private readonly random: SeededRandom;
  private readonly phones: Endpoint[];
  private readonly queueNumbers: string[];
  private readonly wanted: number;
  private readonly queued: number;
  private running = 0;
  private parts: string[] = [];

  constructor(options: BulkOptions) {
    this.random = new SeededRandom(options.seed ?? 1);
    this.engine = new Engine(this.clock, this.random, { chatter: true });
    const office = bulkOffice(options.extensions);
    installOffice(this.engine, office);
    this.phones = [...this.engine.devices.endpoints.values()].filter((one) => one.kind === 'phone');
    this.queueNumbers = office.queues.map((queue) => queue.number);
    this.wanted = options.calls ?? Math.min(400, Math.ceil(options.extensions / 10));
    this.queued = options.queued ?? 0.2;
    this.engine.core.listen((block) => {
      this.events += 1;
      this.parts.push(block.text);
    });
    this.engine.events.onRinging((leg) => this.rings(leg));
    this.engine.events.onGone((channel) => {
      if (channel.pbx && !channel.mate) this.running -= 1;
    });
  }

  /** The next `count` events or some more, as one buffer of whole blocks. */
  next(count: number): Buffer {
    const until = this.events + count;
    while (this.events < until) {
      for (let tries = 0; this.running < this.wanted && tries < 20; tries += 1) this.call();
      this.clock.advance(100);
    }
    const bytes = Buffer.from(this.parts.join(''), 'utf8');
    this.parts = [];
    return bytes;
  }

  private call(): void {
    const from = this.random.pick(this.phones);
    const to = this.random.pick(this.phones);
    if (!from || !to || from === to || from.channels.size > 0) return;
    const queue = this.random.chance(this.queued) ? this.random.pick(this.queueNumbers) : undefined;
    this.running += 1;
    const channel = this.engine.phones.dial(from.name, queue ?? to.name);
    if (!channel) return;
    this.clock.after(this.random.between(45_000, 90_000), () => {
      if (!channel.ending) this.engine.phones.hangup(channel);
    });
  }

  private rings(leg: Channel): void {
    if (this.random.chance(0.12)) return;
    this.clock.after(this.random.between(1_000, 7_000), () => {
      if (!this.engine.phones.answer(leg)) return;
      this.rtcp(leg);
      const { phones } = this.engine;
      if (this.random.chance(0.15)) {
        this.clock.after(6_000, () => phones.hold(leg));
        this.clock.after(11_000, () => phones.unhold(leg));
      }
      this.clock.after(8_000 + this.random.around(20_000), () => {
        if (!leg.ending) phones.hangup(leg);
      });
    });
  }

  /** Both ends report on their media every five seconds. */
  private rtcp(leg: Channel): void {
    this.clock.after(rtcpEveryMs, () => {
      if (leg.ending) return;
      const peer = this.engine.bridges.peer(leg);
      for (const channel of peer?.device ? [leg, peer] : [leg]) {
        this.engine.core.emit('reporting', 'RTCPSent', channelHeaders(channel) + this.senderReport());
        this.engine.core.emit('reporting', 'RTCPReceived', channelHeaders(channel) + this.receiverReport());
      }
      this.rtcp(leg);
    });
  }

  private senderReport(): string {
    return (
      'To: 192.0.2.31:11802\r\nFrom: 192.0.2.1:14120\r\nMES: 87.2\r\nSSRC: 0x3293d93a\r\nPT: 200(SR)\r\n' +
      `ReportCount: 0\r\n${header('SentNTP', (this.clock.now() / 1000).toFixed(6))}` +
      'SentRTP: 40160\r\nSentPackets: 251\r\nSentOctets: 40160\r\n'
    );
  }

  private receiverReport(): string {
    return (
      'To: 192.0.2.1:14121\r\nFrom: 192.0.2.31:11803\r\nRTT: 0.0041\r\nMES: 88.1\r\nSSRC: 0x3293d93a\r\nPT: 201(RR)\r\n' +
      'ReportCount: 1\r\nReport0SourceSSRC: 0x3293d93a\r\nReport0FractionLost: 0\r\nReport0CumulativeLost: 0\r\n' +
      'Report0HighestSequence: 65012\r\nReport0SequenceNumberCycles: 0\r\nReport0IAJitter: 3\r\nReport0LSR: 0\r\n' +
      'Report0DLSR: 0.0000\r\n'
    );
  }
}
