/** Support of the tests of these commands: a small office with every kind of call, and the bytes that are sent. */
import { encodeAction } from '../../ami/encode';
import { AmiRefusedError } from '../../ami/errors';
import { messageOf } from '../../ami/testing';
import type { AmiFields, AmiPort, SessionState } from '../../ami/types';
import { nothingSet } from '../../features/values';
import type { Wish, WishOutcome } from '../../features/wish';
import { Exchange, type Line } from '../../pbx/exchange';
import { PbxModel } from '../../pbx/model';
import { office } from '../../pbx/schedules';
import type { CommandResult } from '../../protocol/commands';
import { defaultNumberRules, type NumberRules } from '../../protocol/number-rules';
import { type Permission, rolePermissions } from '../../protocol/permissions';
import type { RecordingSettings } from '../../protocol/recording';
import type { Actor } from '../actor';
import { type AvailabilityPort, dndHandler, forwardHandler, presenceHandler } from '../availability';
import { BulkAvailability } from '../availability-bulk';
import { type AuditLine, createCommands, type Handlers } from '../executor';
import { KeyedLimiter } from '../limiter';
import { modelPortOf } from '../model-port';
import { OutsideDoor } from '../outside';
import { panicHandler, type Stopped } from '../panic';
import { callHandlers } from './handlers';
import type { NotesPort } from './notes';
import { Transfers } from './transfers';

const at = 1_800_000_000_000;

/** What Asterisk answers; what is not set succeeds. */
export class RecordedAmi implements AmiPort {
  /** Each action as it goes out, without its ActionID. */
  readonly sent: string[] = [];
  readonly refusals = new Map<string, string>();
  /** Words with which these bytes are refused; null: they are taken. */
  refuse: (bytes: string) => string | null = () => null;
  readonly variables = new Map<string, string>();
  /** Extensions the dialplan lacks. */
  readonly nowhere = new Set<string>();
  status: AmiPort['status'] = { state: 'ready' as SessionState, since: 0, failure: null, amiVersion: null };

  async action(name: string, fields: AmiFields = {}) {
    const bytes = this.#encoded(name, fields);
    this.sent.push(bytes);
    const refusal = this.refusals.get(name) ?? this.refuse(bytes);
    if (refusal !== null) throw new AmiRefusedError(name, refusal);
    const value = this.variables.get(String(fields.Variable)) ?? '';
    return messageOf(`Response: Success\r\nValue: ${value}\r\n\r\n`);
  }

  async *list(name: string, fields: AmiFields = {}) {
    this.sent.push(this.#encoded(name, fields));
    if (this.nowhere.has(String(fields.Extension))) throw new AmiRefusedError(name, 'Did not find extension');
    const application = fields.Extension === '800' ? 'ConfBridge' : 'Dial';
    yield messageOf(
      `Event: ListDialplan\r\nExtension: ${fields.Extension}\r\nPriority: 1\r\nApplication: ${application}\r\n\r\n`,
    );
  }

  /** The actions that change something. */
  get changes(): readonly string[] {
    return this.sent.filter((bytes) => !/^Action: (ShowDialPlan|Getvar)\r\n/.test(bytes));
  }

  #encoded(name: string, fields: AmiFields): string {
    return encodeAction(name, 'x', fields).toString('utf8').replace('ActionID: x\r\n', '');
  }
}

export const anna: Actor = {
  kind: 'user',
  id: 'u1',
  name: 'anna',
  permissions: rolePermissions.supervisor,
  limits: {},
  extension: null,
  session: 's1',
  address: '10.0.0.9',
};
export const bert: Actor = { ...anna, id: 'u2', name: 'bert' };

export function actorWith(permissions: readonly Permission[], extension: string | null = null): Actor {
  return { ...anna, permissions, extension };
}

/**
 * 101 talks to 102; 103 calls 104, which rings; `waiting` waits in queue sales, `parked` at 701; room 800 has `guest` and
 * `other`; 105 is free. Member of sales: 104.
 */
export class TestOffice {
  readonly model = new PbxModel();
  readonly exchange = new Exchange(at);
  readonly ami = new RecordedAmi();
  readonly audit: AuditLine[] = [];
  readonly pauses: number[] = [];
  /** What happens while a command pauses, one after the other. */
  readonly meanwhile: (() => void)[] = [];
  rules: NumberRules = defaultNumberRules;
  recording: RecordingSettings = { template: 'cordboard-{date}-{time}-{uniqueid}', format: 'wav' };
  stopped: Stopped = null;
  readonly panic = {
    set: async (on: boolean, by: string) => {
      this.stopped = on ? { by, since: new Date(at).toISOString() } : null;
    },
  };
  now = at;
  readonly caller: Line;
  readonly called: Line;
  readonly dialling: Line;
  readonly ringing: Line;
  readonly waiting: Line;
  readonly parked: Line;
  readonly guest: Line;
  readonly other: Line;
  readonly transfers: Transfers;
  private done = 0;
  private readonly execute;

  constructor(state: SessionState = 'ready') {
    for (const event of office) this.model.reduce(event);
    const port = modelPortOf(this.model);
    const pbx = this.exchange;
    this.transfers = new Transfers({
      model: port,
      ami: () => this.ami,
      note: (event) => this.model.reduce(event),
      pause: (ms) => this.pause(ms),
      now: () => this.now,
      log: { warn: (fields) => this.faults.push(fields), error: (fields) => this.faults.push(fields) },
    });
    this.model.reduce({ type: 'link', at, link: 'up' });
    for (const number of ['101', '102', '103', '104', '105']) {
      const extension = {
        number,
        devices: [`PJSIP/${number}`],
        context: 'from-internal',
        mailbox: `${number}@default`,
      };
      this.model.reduce({ type: 'extension', at, extension });
    }
    this.member('104', 'PJSIP/104');
    this.caller = pbx.dials('PJSIP/101', '102');
    [this.called] = pbx.rings(this.caller, 'PJSIP/102') as [Line];
    pbx.answers(this.called);
    this.dialling = pbx.dials('PJSIP/103', '104');
    [this.ringing] = pbx.rings(this.dialling, 'PJSIP/104') as [Line];
    this.waiting = pbx.channel('PJSIP/carrier', 'up', '500');
    const caller = { uniqueid: this.waiting.id, number: '030', name: '', position: 1, waitingSince: at };
    pbx.say({ type: 'queue.join', queue: 'sales', caller });
    this.parked = pbx.channel('PJSIP/carrier', 'up', '701');
    pbx.say({ type: 'parked', lot: 'default', slot: pbx.slot(this.parked, '701') });
    this.guest = this.joins('030111');
    this.other = this.joins('030222');
    this.tell();
    this.ami.status = { ...this.ami.status, state };
    const handlers = callHandlers({
      transfers: this.transfers,
      rules: () => this.rules,
      note: (event) => this.model.reduce(event),
      notes: this.notes,
      recording: () => this.recording,
      pause: (ms) => this.pause(ms),
    });
    this.execute = createCommands({
      model: port,
      ami: () => this.ami,
      handlers: this.#handlers(handlers),
      door: new OutsideDoor({
        rules: () => this.rules,
        isInternal: port.isInternal,
        stopped: () => this.stopped,
        now: () => this.now,
      }),
      audit: (line) => void this.audit.push(line),
      now: () => this.now,
      log: { warn: () => undefined, error: (fields) => this.faults.push(fields) },
      limiter: new KeyedLimiter({ burst: 100_000, perSecond: 1, now: () => 0 }),
    });
  }

  /** What was wished for people, which tests of availability follow to the PBX. */
  readonly wishes: string[] = [];

  #handlers(calls: ReturnType<typeof callHandlers>): Handlers {
    const wish = async (number: string, { feature }: Wish): Promise<WishOutcome> => {
      this.wishes.push(`${feature} of ${number}`);
      return { kind: 'done', warning: null };
    };
    const availability: AvailabilityPort = {
      wish,
      restore: async (number, feature) => wish(number, { feature } as Wish),
      remember: () => ({ values: nothingSet, circumstance: undefined, tied: undefined }),
      version: () => ({ own: 1, tied: 1 }),
    };
    const bulk = new BulkAvailability(availability);
    return {
      ...calls,
      'extension.dnd': dndHandler(availability),
      'extension.forward': forwardHandler(availability, () => this.rules),
      'extension.presence': presenceHandler(availability),
      'extensions.set': bulk.set,
      'extensions.undo': bulk.undo,
      'outside.stop': panicHandler(this.panic),
    };
  }

  /** Notes on the calls that run, by call. */
  readonly written = new Map<string, string>();
  private readonly notes: NotesPort = {
    involved: async (call) => (this.model.maps.calls.has(call) ? { extensions: ['101', '102'], queues: [] } : null),
    put: async (call, { text }) => void this.written.set(call, text),
  };

  /** What was logged as a fault of the panel's own. */
  readonly faults: object[] = [];

  run(name: string, params: unknown, actor: Actor = anna): Promise<CommandResult> {
    return this.execute(name, params, actor);
  }

  private async pause(ms: number): Promise<void> {
    this.pauses.push(ms);
    this.meanwhile.shift()?.();
    this.tell();
  }

  /** What the exchange said since reaches the model. */
  tell(): void {
    for (; this.done < this.exchange.events.length; this.done++) {
      const event = this.exchange.events[this.done];
      if (event === undefined) continue;
      this.model.reduce(event);
      this.transfers.observe(event);
    }
  }

  member(number: string, memberInterface: string, queue = 'sales', membership = 'dynamic'): void {
    const counts = { penalty: 0, callsTaken: 0, lastCall: null, membership, inCall: false } as const;
    const pause = { paused: false, pausedReason: '', pausedSince: null } as const;
    const names = { interface: memberInterface, stateInterface: `PJSIP/${number}`, name: `Person ${number}` };
    const member = { ...names, ...counts, ...pause, state: 'idle' as const };
    this.model.reduce({ type: 'queue.member', at, queue, member, added: true });
  }

  private joins(number: string): Line {
    const line = this.exchange.channel('PJSIP/carrier', 'up', '800');
    const flags = { muted: false, talking: false, admin: false, marked: false, joinedAt: at };
    const participant = { uniqueid: line.id, number, name: '', ...flags };
    this.exchange.say({ type: 'conference.join', name: '800', kind: 'confbridge', participant });
    return line;
  }
}
