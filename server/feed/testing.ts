/** Fakes for the tests of this room: blocks from text, a clock moved by hand, a PBX that answers from a table. */
import { AmiLinkLostError, AmiNotConnectedError, AmiRefusedError } from '../ami/errors';
import { AmiParser } from '../ami/parser';
import type { AmiFields, AmiMessage, AmiPort, SessionStatus } from '../ami/types';
import type { PbxEvent } from '../pbx/events';
import type { Clock } from './reconcile';

/**
 * A block from its lines (indentation and empty lines are ignored); one without `Event:` is a response. Not through the
 * real parser: that drops what looks forged, and the feed must bear what a parser might let through.
 */
export function block(text: string): AmiMessage {
  const headers = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line): readonly [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')];
    });
  const all = (name: string): string[] =>
    headers.filter(([header]) => header.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  const event = all('Event')[0];
  return {
    kind: event === undefined ? 'response' : 'event',
    name: event ?? all('Response')[0] ?? '',
    get: (name) => all(name)[0],
    all,
    entries: () => headers[Symbol.iterator](),
  };
}

/** Every event block of a recorded stream, as the real parser gives it. */
export function recorded(bytes: Buffer, wants: ReadonlySet<string>): AmiMessage[] {
  const messages: AmiMessage[] = [];
  const parser = new AmiParser({
    wants: (name) => wants.has(name),
    greeting: () => true,
    message: (message) => messages.push(message),
  });
  parser.write(bytes);
  return messages.filter((message) => message.kind === 'event' && message.get('ActionID') === undefined);
}

/** A channel's headers as main/manager_channels.c prints them. */
export function channelLines(
  prefix: string,
  uniqueid: string,
  name: string,
  more: Readonly<Record<string, string>> = {},
) {
  const values: Record<string, string> = {
    Channel: name,
    ChannelState: '6',
    ChannelStateDesc: 'Up',
    CallerIDNum: '101',
    CallerIDName: 'Anna Berg',
    ConnectedLineNum: '<unknown>',
    ConnectedLineName: '<unknown>',
    Language: 'en',
    AccountCode: '',
    Context: 'from-internal',
    Exten: '102',
    Priority: '1',
    Uniqueid: uniqueid,
    Linkedid: uniqueid,
    ...more,
  };
  return Object.entries(values)
    .map(([header, value]) => `${prefix}${header}: ${value}`)
    .join('\n');
}

export class ManualClock implements Clock {
  #now = 1_795_253_000_000;
  #timers: { readonly at: number; readonly run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  setTimeout(run: () => void, ms: number): unknown {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return timer;
  }

  clearTimeout(timer: unknown): void {
    this.#timers = this.#timers.filter((other) => other !== timer);
  }

  get timers(): number {
    return this.#timers.length;
  }

  /** Moves on; whatever awaits a timer or an answer gets its turn between the timers. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settle();
    for (;;) {
      const due = this.#timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.clearTimeout(due);
      this.#now = Math.max(this.#now, due.at);
      due.run();
      await settle();
    }
    this.#now = until;
  }
}

/** Lets every pending promise chain run out; timers stay where they are. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export type Answer = readonly string[] | 'denied' | 'absent' | Error;
export type Answerer = Answer | ((fields: AmiFields) => Answer | Promise<Answer>);

/** A PBX whose answers are a table by action name: blocks as text, or how it refuses. Unknown actions are absent. */
export class FakePbx implements AmiPort {
  readonly asked: { readonly action: string; readonly fields: AmiFields }[] = [];
  /** Actions under way now, and the most there ever were. */
  busy = 0;
  mostBusy = 0;
  connected = true;

  constructor(readonly answers: Record<string, Answerer>) {}

  get status(): SessionStatus {
    return { state: this.connected ? 'ready' : 'waiting', since: 0, failure: null, amiVersion: '11.0.0' };
  }

  count(action: string): number {
    return this.asked.filter((call) => call.action === action).length;
  }

  async action(name: string, fields: AmiFields = {}): Promise<AmiMessage> {
    const [first] = await this.#answer(name, fields);
    return first ?? block('Response: Success');
  }

  async *list(name: string, fields: AmiFields = {}): AsyncGenerator<AmiMessage> {
    yield* await this.#answer(name, fields);
  }

  async #answer(action: string, fields: AmiFields): Promise<AmiMessage[]> {
    if (!this.connected) throw new AmiNotConnectedError(action);
    this.asked.push({ action, fields });
    this.mostBusy = Math.max(this.mostBusy, ++this.busy);
    try {
      const known = this.answers[action] ?? 'absent';
      const answer = typeof known === 'function' ? await known(fields) : known;
      if (!this.connected) throw new AmiLinkLostError(action, 'lost');
      if (answer === 'denied') throw new AmiRefusedError(action, 'Permission denied');
      if (answer === 'absent') {
        const words = `Invalid/unknown command: ${action}. Use Action: ListCommands to show available commands.`;
        throw new AmiRefusedError(action, words);
      }
      if (answer instanceof Error) throw answer;
      return answer.map(block);
    } finally {
      this.busy--;
    }
  }
}

export function ofType<T extends PbxEvent['type']>(
  events: readonly PbxEvent[],
  type: T,
): Extract<PbxEvent, { type: T }>[] {
  return events.filter((event): event is Extract<PbxEvent, { type: T }> => event.type === type);
}
