/** Fakes for the tests of this room and of those that need a PBX they can script: a clock and a wire moved by hand. */
import type { Clock } from './clock';
import type { AmiLinkError } from './errors';
import { AmiParser } from './parser';
import type { TransportFactory, TransportHandlers } from './transport';
import type { AmiMessage } from './types';

export class FakeClock implements Clock {
  #now = 1_700_000_000_000;
  #timers: { readonly at: number; readonly run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Move on, running what falls due in order. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const due = this.#timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== due);
      this.#now = Math.max(this.#now, due.at);
      due.run();
    }
    this.#now = until;
  }

  get timers(): number {
    return this.#timers.length;
  }
}

/** The far end of one connection. */
export class FakeWire {
  readonly sent: Map<string, string>[] = [];
  destroyed = false;
  constructor(
    readonly handlers: TransportHandlers,
    readonly encrypted: boolean,
  ) {}

  /** Bytes from the PBX. */
  give(text: string | Buffer): void {
    this.handlers.data(Buffer.from(text));
  }

  hangUp(error: AmiLinkError): void {
    this.handlers.close(error);
  }

  /** The last action of that name. */
  last(action: string): Map<string, string> {
    const found = this.sent.findLast((fields) => fields.get('Action') === action);
    if (found === undefined) throw new Error(`${action} was not sent`);
    return found;
  }

  count(action: string): number {
    return this.sent.filter((fields) => fields.get('Action') === action).length;
  }

  /** Answer the last action of that name. */
  answer(action: string, lines: string, word = 'Success'): void {
    this.give(`Response: ${word}\r\nActionID: ${this.last(action).get('ActionID')}\r\n${lines}\r\n`);
  }
}

/** A transport whose wires are kept for the test to move. */
export function fakeWires(encrypted = false): { readonly wires: FakeWire[]; readonly factory: TransportFactory } {
  const wires: FakeWire[] = [];
  const factory: TransportFactory = (_connect, handlers) => {
    const wire = new FakeWire(handlers, encrypted);
    wires.push(wire);
    return {
      encrypted,
      write(bytes) {
        for (const block of bytes.toString('utf8').split('\r\n\r\n').slice(0, -1)) {
          wire.sent.push(
            new Map(block.split('\r\n').map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string])),
          );
        }
      },
      destroy() {
        wire.destroyed = true;
      },
    };
  };
  return { wires, factory };
}

export interface Snapshot {
  readonly channel?: string;
  readonly num?: string;
  readonly name?: string;
  readonly exten?: string;
  readonly account?: string;
  readonly uniqueid?: string;
}

/** A channel snapshot as main/manager_channels.c prints it. */
export function snapshot(prefix = '', of: Snapshot = {}): string {
  const lines: [string, string][] = [
    ['Channel', of.channel ?? 'PJSIP/101-00000001'],
    ['ChannelState', '6'],
    ['ChannelStateDesc', 'Up'],
    ['CallerIDNum', of.num ?? '101'],
    ['CallerIDName', of.name ?? 'Anna'],
    ['ConnectedLineNum', '102'],
    ['ConnectedLineName', 'Bob'],
    ['Language', 'en'],
    ['AccountCode', of.account ?? ''],
    ['Context', 'from-internal'],
    ['Exten', of.exten ?? '102'],
    ['Priority', '1'],
    ['Uniqueid', of.uniqueid ?? '1700000000.1'],
    ['Linkedid', of.uniqueid ?? '1700000000.1'],
  ];
  return lines.map(([name, value]) => `${prefix}${name}: ${value}\r\n`).join('');
}

/** An event as manager_event() announces it; `body` is whole lines. */
export function announced(name: string, body: string, privilege = 'call,all'): string {
  return `Event: ${name}\r\nPrivilege: ${privilege}\r\n${body}\r\n`;
}

/** A message without a wire, for tests of what reads messages. */
export function messageOf(text: string): AmiMessage {
  let found: AmiMessage | undefined;
  const parser = new AmiParser({ wants: () => true, message: (message) => (found = message) });
  parser.write(Buffer.from(text));
  if (found === undefined) throw new Error('no whole block in the text');
  return found;
}
