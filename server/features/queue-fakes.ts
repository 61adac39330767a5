import { AmiLinkLostError, AmiRefusedError, AmiTimeoutError } from '../ami/errors';
import type { AmiFields, AmiMessage, AmiPort } from '../ami/types';
import type { MemberInfo, PbxEvent } from '../pbx/events';
import { notConfigured } from '../protocol/configured';
import type { QueueMember, QueueRecord } from '../protocol/records';
import { rest } from './fakes';
import type { PausedRow } from './queue-membership';
import { QueuePause } from './queue-pause';

/** For tests: a PBX with queues whose wires are in the test's hand, and the panel's rule at the other end. */

interface Member {
  paused: boolean;
  reason: string;
  /** Who paused it, as only the PBX can know; `both`: our pause was on its way when a hand was faster; null: nobody. */
  by: 'panel' | 'hand' | 'both' | null;
}

interface Sent {
  readonly key: string;
  readonly paused: boolean;
  readonly reason: string;
  /** The panel had not heard all of this member when it wrote. */
  readonly blind: boolean;
  /** How often a hand had touched it by then. */
  readonly touches: number;
  readonly answer: (error?: Error) => void;
}

export const reason = 'Do not disturb';
export const keyFor = (queue: string, number: string) => `${queue} PJSIP/${number}`;

export class QueueOffice {
  readonly members = new Map<string, Member>();
  readonly rows = new Map<string, PausedRow>();
  readonly settings = { enabled: true, reason };
  readonly dnd = new Set<string>();
  /** `pause sales PJSIP/101 Do not disturb`, as sent. */
  readonly writes: string[] = [];
  /** What must not have happened. */
  readonly faults: string[] = [];
  refuse: string | null = null;
  #shown = new Map<string, Member>();
  readonly #touches = new Map<string, number>();
  #up = false;
  #sent: Sent[] = [];
  #events: { readonly key: string; readonly event: PbxEvent; readonly member: Member | null }[] = [];
  #rule: QueuePause;
  #life = { alive: true };

  constructor() {
    this.#rule = this.#start();
  }

  get rule(): QueuePause {
    return this.#rule;
  }

  // --- the people ---------------------------------------------------------------------------------------------------

  setDnd(number: string, on: boolean): void {
    if (this.dnd.has(number) === on) return;
    if (on) this.dnd.add(number);
    else this.dnd.delete(number);
    this.#rule.dndChanged(number, on);
  }

  byHand(key: string, paused: boolean, why = 'Lunch'): void {
    const member = this.members.get(key);
    this.#touches.set(key, this.#touched(key) + 1);
    if (member) this.#set(key, { paused, reason: paused ? why : '', by: paused ? 'hand' : null });
  }

  add(key: string): void {
    if (this.members.has(key)) return;
    const member: Member = { paused: false, reason: '', by: null };
    this.members.set(key, member);
    this.#tell(
      key,
      { type: 'queue.member', at: 0, queue: queueOf(key), member: info(key, member), added: true },
      member,
    );
  }

  remove(key: string): void {
    if (!this.members.delete(key)) return;
    this.#tell(key, { type: 'queue.member.gone', at: 0, queue: queueOf(key), interface: interfaceOf(key) }, null);
  }

  /** A device state changed: the PBX says again how the member is. */
  mention(key: string): void {
    const member = this.members.get(key);
    if (member) this.#tell(key, memberEvent(key, member), member);
  }

  // --- the wires ----------------------------------------------------------------------------------------------------

  /** The PBX carries out the oldest action; false: there is none. */
  async land(): Promise<boolean> {
    const sent = this.#sent.shift();
    if (!sent) return false;
    const error = this.#carryOut(sent);
    sent.answer(error);
    await rest();
    return true;
  }

  /** The panel has waited long enough for the oldest action, which may still be carried out. */
  async giveUp(): Promise<void> {
    const sent = this.#sent[0];
    if (!sent) return;
    sent.answer(new AmiTimeoutError('QueuePause', 10_000));
    this.#sent[0] = { ...sent, answer: nobody };
    await rest();
  }

  /** The panel hears the oldest event; false: there is none. */
  async hear(): Promise<boolean> {
    const told = this.#events.shift();
    if (!told) return false;
    if (told.member) this.#shown.set(told.key, told.member);
    else this.#shown.delete(told.key);
    this.#rule.observe(told.event);
    await rest();
    return true;
  }

  async quiet(): Promise<void> {
    await rest();
    while ((await this.land()) || (await this.hear()));
  }

  async connect(): Promise<void> {
    if (this.#up) return;
    this.#up = true;
    await this.read();
    this.#rule.observe({ type: 'link', at: 0, link: 'up' });
    await rest();
  }

  /** All queues are read: nothing that was told before is newer. */
  async read(): Promise<void> {
    if (!this.#up) return;
    // One connection, one order: what was sent long before the reading is carried out before it.
    while (this.#sent[0]?.answer === nobody) await this.land();
    while (await this.hear());
    this.#shown = new Map([...this.members].map(([key, member]) => [key, { ...member }]));
    this.#rule.observe({ type: 'list.queues', at: 0, repair: true, queues: [] });
    await rest();
  }

  /** With the first `carriedOut` of the actions that were on their way. */
  async disconnect(carriedOut = 0): Promise<void> {
    if (!this.#up) return;
    this.#up = false;
    const lost = this.#sent.splice(0);
    for (const sent of lost.slice(0, carriedOut)) this.#carryOut(sent);
    this.#events = [];
    for (const sent of lost) sent.answer(new AmiLinkLostError('QueuePause', 'lost'));
    this.#rule.observe({ type: 'link', at: 0, link: 'down', problem: 'gone' });
    await rest();
  }

  /** The panel dies with what it was about to do, and starts anew. */
  async restart(carriedOut = 0): Promise<void> {
    this.#life.alive = false;
    this.#up = false;
    for (const sent of this.#sent.splice(0).slice(0, carriedOut)) this.#carryOut(sent);
    this.#events = [];
    this.#rule = this.#start();
    await this.connect();
  }

  // --- inside -------------------------------------------------------------------------------------------------------

  #start(): QueuePause {
    const life = { alive: true };
    this.#life = life;
    const whileAlive = async (work: () => void) => (life.alive ? work() : new Promise<void>(() => undefined));
    return new QueuePause({
      ami: () => (life.alive && this.#up ? this.#port(life) : null),
      queues: () => this.#records(),
      dndOn: (number) => this.dnd.has(number),
      settings: () => this.settings,
      store: {
        load: async () => [...this.rows.values()],
        add: (_, row) => whileAlive(() => this.rows.set(`${row.queue} ${row.interface}`, row)),
        remove: (_, queue, member) => whileAlive(() => this.rows.delete(`${queue} ${member}`)),
      },
      pbxKey: () => 'pbx',
      log: { warn: () => undefined, error: () => undefined },
    });
  }

  #port(life: { alive: boolean }): AmiPort {
    return {
      status: { state: 'ready', since: 0, failure: null, amiVersion: null },
      action: (name, fields = {}) => this.#send(name, fields, life),
      list: () => {
        throw new Error('not asked for');
      },
    };
  }

  #send(name: string, fields: AmiFields, life: { alive: boolean }): Promise<AmiMessage> {
    const key = `${fields.Queue} ${fields.Interface}`;
    const paused = fields.Paused === true;
    this.writes.push(
      `${name === 'QueuePause' && paused ? 'pause' : 'unpause'} ${key}${paused ? ` ${fields.Reason}` : ''}`,
    );
    const blind = this.#events.some((told) => told.key === key) || this.#sent.some((sent) => sent.key === key);
    return new Promise((resolve, reject) => {
      const answer = (error?: Error) => {
        if (!life.alive) return;
        if (error) reject(error);
        else resolve(done);
      };
      this.#sent.push({ key, paused, reason: String(fields.Reason ?? ''), blind, touches: this.#touched(key), answer });
    });
  }

  #carryOut({ key, paused, reason: why, blind, touches }: Sent): Error | undefined {
    if (this.refuse !== null) return new AmiRefusedError('QueuePause', this.refuse);
    const member = this.members.get(key);
    if (!member) return new AmiRefusedError('QueuePause', 'Interface not found');
    const unheard = blind || touches !== this.#touched(key);
    if (member.paused === paused && !unheard) this.faults.push(`${key} was ${paused ? 'paused' : 'free'} already`);
    if (!paused && member.by === 'hand' && !unheard) this.faults.push(`${key} was somebody else's`);
    const by = member.by === null || member.by === 'panel' ? 'panel' : 'both';
    this.#set(key, { paused, reason: paused ? why : '', by: paused ? by : null });
    return undefined;
  }

  #touched(key: string): number {
    return this.#touches.get(key) ?? 0;
  }

  #set(key: string, next: Member): void {
    const before = this.members.get(key);
    this.members.set(key, next);
    if (before?.paused === next.paused && before.reason === next.reason) return;
    this.#tell(key, memberEvent(key, next), next);
  }

  #tell(key: string, event: PbxEvent, member: Member | null): void {
    if (this.#up) this.#events.push({ key, event, member: member && { ...member } });
  }

  #records(): QueueRecord[] {
    return ['sales', 'support'].map((name) => ({
      ...notConfigured,
      ...{
        name,
        label: name,
        strategy: '',
        completed: 0,
        abandoned: 0,
        serviceLevel: 0,
        serviceLevelPerf: 0,
        callers: [],
      },
      members: [...this.#shown].flatMap(([key, member]) => (queueOf(key) === name ? [record(key, member)] : [])),
    }));
  }
}

const nobody = (): void => undefined;

const done: AmiMessage = {
  name: 'Success',
  kind: 'response',
  get: () => undefined,
  all: () => [],
  entries: () => [].values(),
};

function queueOf(key: string): string {
  return key.split(' ')[0] ?? '';
}

function interfaceOf(key: string): string {
  return key.split(' ')[1] ?? '';
}

function info(key: string, { paused, reason: pausedReason }: Member): MemberInfo {
  const called = interfaceOf(key);
  return {
    ...{ interface: called, stateInterface: called, name: called, state: 'idle', paused, pausedReason },
    ...{ pausedSince: null, penalty: 0, callsTaken: 0, lastCall: null, membership: 'dynamic', inCall: false },
  };
}

function memberEvent(key: string, member: Member): PbxEvent {
  return { type: 'queue.member', at: 0, queue: queueOf(key), member: info(key, member) };
}

function record(key: string, member: Member): QueueMember {
  const { lastCall: _, pausedSince: __, ...rest } = info(key, member);
  const never = { lastCall: null, pausedSince: null, inCall: false };
  return { ...rest, ...never, extension: interfaceOf(key).replace('PJSIP/', '') };
}
