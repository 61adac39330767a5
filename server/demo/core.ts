import type { DemoClock } from './clock';
import type { SeededRandom } from './random';

/** The classes an AMI user may read (manager.conf `read=`); the event's `Privilege:` is `<class>,all`. */
export type EventClass = 'call' | 'agent' | 'system' | 'dialplan' | 'user' | 'reporting' | 'dtmf';

/** One AMI event, ready to be sent: `text` has every line and the closing empty one. */
export interface PbxBlock {
  readonly name: string;
  readonly class: EventClass;
  readonly text: string;
}

export interface CoreOptions {
  /** Also send what the panel has no use for but a real PBX floods it with: VarSet and more Newexten. */
  readonly chatter?: boolean;
}

/** What every module of the engine shares: time, chance, identifiers and the door events leave by. */
export class Core {
  readonly chatter: boolean;
  readonly startedAt: number;
  private readonly sinks = new Set<(block: PbxBlock) => void>();
  private channelCount = 0;
  private readonly technologies = new Map<string, number>();

  constructor(
    readonly clock: DemoClock,
    readonly random: SeededRandom,
    options: CoreOptions = {},
  ) {
    this.chatter = options.chatter ?? false;
    this.startedAt = clock.now();
  }

  /** Calls `sink` with every event from now on; the answer stops it. */
  listen(sink: (block: PbxBlock) => void): () => void {
    this.sinks.add(sink);
    return () => this.sinks.delete(sink);
  }

  emit(cls: EventClass, name: string, body: string): void {
    if (this.sinks.size === 0) return;
    const text = `Event: ${name}\r\nPrivilege: ${cls},all\r\n${body}\r\n`;
    const block: PbxBlock = { name, class: cls, text };
    for (const sink of this.sinks) sink(block);
  }

  /** Epoch seconds, as Asterisk's lists give times. */
  seconds(): number {
    return Math.floor(this.clock.now() / 1000);
  }

  /** `1767600000.12`: Asterisk's own form without a system name. */
  uniqueid(): string {
    return `${this.seconds()}.${this.channelCount++}`;
  }

  /** Channels created since the start. */
  get channelsCreated(): number {
    return this.channelCount;
  }

  /** `PJSIP/101-0000002a`; every technology counts on its own. */
  channelName(device: string): string {
    const technology = device.slice(0, device.indexOf('/'));
    const count = this.technologies.get(technology) ?? 0;
    this.technologies.set(technology, count + 1);
    return `${device}-${count.toString(16).padStart(8, '0')}`;
  }
}
