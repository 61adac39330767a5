/** Support of the tests of these commands: a small office with every kind of call, and the bytes that are sent. */
import { encodeAction } from '../../ami/encode';
import { AmiRefusedError } from '../../ami/errors';
import { messageOf } from '../../ami/testing';
import type { AmiFields, AmiPort, SessionState } from '../../ami/types';
import { Exchange, type Line } from '../../pbx/exchange';
import { PbxModel } from '../../pbx/model';
import { office } from '../../pbx/schedules';
import type { CommandResult } from '../../protocol/commands';
import { defaultNumberRules, type NumberRules } from '../../protocol/number-rules';
import { type Permission, rolePermissions } from '../../protocol/permissions';
import type { RecordingSettings } from '../../protocol/recording';
import type { Actor } from '../actor';
import { type AuditLine, createCommands, type Handlers } from '../executor';
import { KeyedLimiter } from '../limiter';
import { modelPortOf } from '../model-port';
import { OutsideDoor } from '../outside';
import { panicHandler, type Stopped } from '../panic';
import { callHandlers } from './handlers';
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
    yield messageOf(`Event: ListDialplan\r\nExtension: ${fields.Extension}\r\nPriority: 1\r\n\r\n`);
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
  permissions: rolePermissions.operator,
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
      recording: () => this.recording,
      pause: (ms) => this.pause(ms),
    });
    this.execute = createCommands({
      model: port,
      ami: () => this.ami,
      // The commands of availability have tests of their own.
      handlers: { ...handlers, 'outside.stop': panicHandler(this.panic) } as Handlers,
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

  member(number: string, memberInterface: string, queue = 'sales'): void {
    const counts = { penalty: 0, callsTaken: 0, lastCall: null, membership: 'dynamic', inCall: false } as const;
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

/** Parameters with which each command is done in the office above, and the whole of what is sent: `NEW` is any new id. */
export function samples(office: TestOffice): Readonly<Record<string, readonly [params: object, ...sent: string[]]>> {
  const { caller, called, dialling, ringing, waiting, guest } = office;
  const ring = (number: string, shown: string, application: string, data: string) =>
    `Action: Originate\nChannel: PJSIP/${number}\nApplication: ${application}\nData: ${data}\nAsync: true\nChannelId: NEW\nCallerID: "${shown}" <${number}>\nTimeout: 30000\n`;
  const look = (exten: string, context = 'from-internal') =>
    `Action: ShowDialPlan\nContext: ${context}\nExtension: ${exten}\n`;
  const redirect = (id: string, exten: string, context = 'from-internal') =>
    `Action: Redirect\nChannel: ${id}\nContext: ${context}\nExten: ${exten}\nPriority: 1\n`;
  const sales = (action: string, member: string) => `Action: ${action}\nQueue: sales\nInterface: PJSIP/${member}\n`;
  return {
    'call.dial': [
      { extension: '105', to: '102' },
      look('102'),
      'Action: Originate\nChannel: PJSIP/105\nContext: from-internal\nExten: 102\nPriority: 1\nAsync: true\nChannelId: NEW\nTimeout: 30000\nVariable: CALLERID(num)=105\nVariable: CALLERID(name)=Person 5\nVariable: CONNECTEDLINE(name,i)=Person 2\nVariable: CONNECTEDLINE(num,i)=102\n',
    ],
    'call.hangup': [{ uniqueid: called.id }, `Action: Hangup\nChannel: ${called.id}\n`],
    'call.transfer': [{ uniqueid: caller.id, to: '105', mode: 'blind' }, look('105'), redirect(caller.id, '105')],
    'call.answer': [
      { uniqueid: ringing.id, extension: '104' },
      `Action: PJSIPNotify\nChannel: ${ringing.id}\nVariable: Event=talk\n`,
    ],
    'call.hold': [
      { uniqueid: called.id, extension: '102', on: true },
      `Action: PJSIPNotify\nChannel: ${called.id}\nVariable: Event=hold\n`,
    ],
    'call.pickup': [{ uniqueid: ringing.id, extension: '105' }, look('105'), redirect(dialling.id, '105')],
    'call.park': [
      { uniqueid: caller.id, lot: 'default' },
      `Action: Park\nChannel: ${caller.id}\nTimeoutChannel: ${called.name}\nParkinglot: default\n`,
    ],
    'call.retrieve': [
      { lot: 'default', space: '701', extension: '105' },
      ring('105', office.parked.caller.number, 'ParkedCall', 'default,701'),
    ],
    'call.dtmf': [{ uniqueid: called.id, digits: '5' }, `Action: PlayDTMF\nChannel: ${called.id}\nDigit: 5\n`],
    'call.listen': [
      { uniqueid: called.id, extension: '105', mode: 'whisper' },
      ring('105', 'extension 102', 'ChanSpy', `${called.id},uqEw`),
    ],
    'call.record': [
      { uniqueid: called.id, on: true },
      `Action: Getvar\nChannel: ${called.id}\nVariable: CORDBOARD_RECORDING\n`,
      `Action: MixMonitor\nChannel: ${called.id}\nFile: cordboard-20270115-080000-${called.id}.wav\nOptions: i(CORDBOARD_RECORDING)\n`,
    ],
    'queue.add': [
      { queue: 'sales', extension: '105', penalty: 3 },
      `${sales('QueueAdd', '105')}MemberName: Person 5\nPenalty: 3\n`,
    ],
    'queue.remove': [{ queue: 'sales', extension: '104' }, sales('QueueRemove', '104')],
    'queue.pause': [
      { queue: 'sales', extension: '104', on: true, reason: 'Lunch' },
      `${sales('QueuePause', '104')}Paused: true\nReason: Lunch\n`,
    ],
    'queue.penalty': [{ queue: 'sales', extension: '104', penalty: 2 }, `${sales('QueuePenalty', '104')}Penalty: 2\n`],
    'queue.take': [{ uniqueid: waiting.id, extension: '105' }, look('105'), redirect(waiting.id, '105')],
    'conference.invite': [{ conference: '800', extension: '105' }, ring('105', 'Conference 800', 'ConfBridge', '800')],
    'conference.mute': [
      { conference: '800', uniqueid: guest.id, on: true },
      `Action: ConfbridgeMute\nConference: 800\nChannel: ${guest.name}\n`,
    ],
    'conference.kick': [
      { conference: '800', uniqueid: guest.id },
      `Action: ConfbridgeKick\nConference: 800\nChannel: ${guest.name}\n`,
    ],
    'conference.lock': [{ conference: '800', on: true }, 'Action: ConfbridgeLock\nConference: 800\n'],
  };
}

/** The bytes of a sample as a pattern. */
export function patternOf(sent: string): RegExp {
  const literal = sent.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\n/g, '\r\n');
  return new RegExp(`^${literal.replace('ChannelId: NEW', 'ChannelId: cordboard-\\d+\\.\\d+')}\r\n$`);
}
