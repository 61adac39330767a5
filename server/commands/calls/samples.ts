/** Support of tests: how each command is done in the office of testing.ts, and all that goes to the PBX with it. */
import type { Actor } from '../actor';
import { anna, type TestOffice } from './testing';
import { consulting } from './testing-transfers';

/** Parameters, and the whole of what is sent with them: `NEW` is any new id. */
export type Sample = readonly [params: Readonly<Record<string, unknown>>, ...sent: string[]];

const ring = (number: string, shown: string, application: string, data: string) =>
  `Action: Originate\nChannel: PJSIP/${number}\nApplication: ${application}\nData: ${data}\nAsync: true\nChannelId: NEW\nCallerID: "${shown}" <${number}>\nTimeout: 30000\n`;
const look = (exten: string, context = 'from-internal') =>
  `Action: ShowDialPlan\nContext: ${context}\nExtension: ${exten}\n`;
const redirect = (id: string, exten: string, context = 'from-internal') =>
  `Action: Redirect\nChannel: ${id}\nContext: ${context}\nExten: ${exten}\nPriority: 1\n`;
const both = (one: [id: string, exten: string], two: [id: string, exten: string], context = 'cordboard-hold') =>
  `Action: Redirect\nChannel: ${one[0]}\nExtraChannel: ${two[0]}\nContext: ${context}\nExtraContext: ${context}\nExten: ${one[1]}\nExtraExten: ${two[1]}\nPriority: 1\nExtraPriority: 1\n`;
const bridge = (one: string, two: string) => `Action: Bridge\nChannel1: ${one}\nChannel2: ${two}\n`;
const hangUp = (id: string) => `Action: Hangup\nChannel: ${id}\n`;
const kick = ({ name }: { name: string }) => `Action: ConfbridgeKick\nConference: 800\nChannel: ${name}\n`;
const notify = (id: string, event: string) => `Action: PJSIPNotify\nChannel: ${id}\nVariable: Event=${event}\n`;
const sales = (action: string, member: string) => `Action: ${action}\nQueue: sales\nInterface: PJSIP/${member}\n`;
const getvar = (id: string, variable: string) => `Action: Getvar\nChannel: ${id}\nVariable: ${variable}\n`;
const room = (action: string) => `Action: ${action}\nConference: 800\n`;
/** Where caller and operator wait. */
const places = [look('s', 'cordboard-hold'), look('ring', 'cordboard-hold')];
/** The call to whom somebody is transferred. */
const asked = (exten: string, shown: string) =>
  `Action: Originate\nChannel: Local/${exten}@from-internal/n\nContext: cordboard-hold\nExten: s\nPriority: 1\nAsync: true\nChannelId: NEW\nOtherChannelId: NEW\nCallerID: ${shown}\nTimeout: 60000\n`;

/** One per command; what needs a transfer under way begins one when it is asked for. */
export function samples(office: TestOffice): Readonly<Record<string, Sample>> {
  const { caller, called, dialling, ringing, waiting, guest, other } = office;
  return {
    'call.dial': [
      { extension: '105', to: '102' },
      look('102'),
      'Action: Originate\nChannel: PJSIP/105\nContext: from-internal\nExten: 102\nPriority: 1\nAsync: true\nChannelId: NEW\nTimeout: 30000\nVariable: CALLERID(num)=105\nVariable: CALLERID(name)=Person 5\nVariable: CONNECTEDLINE(name,i)=Person 2\nVariable: CONNECTEDLINE(num,i)=102\n',
    ],
    'call.hangup': [{ uniqueid: called.id }, hangUp(called.id)],
    'call.transfer': [
      { uniqueid: caller.id, to: '105', mode: 'blind' },
      look('105'),
      ...places,
      redirect(caller.id, 'ring', 'cordboard-hold'),
      asked('105', '"Person 1" <101>'),
    ],
    get 'call.transfer.complete'(): Sample {
      const { name } = consulting(office, 'talking');
      return [{ uniqueid: caller.id }, bridge(name, caller.name), hangUp(called.id)];
    },
    get 'call.transfer.swap'(): Sample {
      const { id } = consulting(office, 'talking');
      return [{ uniqueid: caller.id }, ...places, both([id, 's'], [called.id, 's']), bridge(called.name, caller.name)];
    },
    get 'call.transfer.cancel'(): Sample {
      const { id } = consulting(office, 'talking');
      return [{ uniqueid: caller.id }, bridge(called.name, caller.name), hangUp(id)];
    },
    'call.answer': [{ uniqueid: ringing.id, extension: '104' }, notify(ringing.id, 'talk')],
    'call.hold': [{ uniqueid: called.id, extension: '102', on: true }, notify(called.id, 'hold')],
    'call.note': [{ call: caller.id, text: 'Rang twice' }],
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
      getvar(called.id, 'CORDBOARD_RECORDING'),
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
    'conference.create': [
      { conference: '800', uniqueids: [caller.id, called.id] },
      look('800'),
      look('800'),
      both([caller.id, '800'], [called.id, '800'], 'from-internal'),
    ],
    'conference.end': [{ conference: '800' }, kick(guest), kick(other)],
    'conference.invite': [{ conference: '800', extension: '105' }, ring('105', 'Conference 800', 'ConfBridge', '800')],
    'conference.mute': [
      { conference: '800', uniqueid: guest.id, on: true },
      `${room('ConfbridgeMute')}Channel: ${guest.name}\n`,
    ],
    'conference.kick': [{ conference: '800', uniqueid: guest.id }, kick(guest)],
    'conference.lock': [{ conference: '800', on: true }, room('ConfbridgeLock')],
  };
}

/** Another way of a command, and who goes it. */
export interface Variant {
  readonly name: string;
  readonly what: string;
  readonly actor: Actor;
  sample(office: TestOffice): Sample;
}

function variant(name: string, what: string, sample: Variant['sample'], actor = anna): Variant {
  return { name, what, sample, actor };
}

/** National numbers may be called. */
function open(office: TestOffice): void {
  const patterns = [{ pattern: '_0.', class: 'national' as const }];
  office.rules = { ...office.rules, patterns, dialTo: ['internal', 'national'] };
}

const at105: Actor = { ...anna, extension: '105' };
const atOnce =
  'Variable: PJSIP_HEADER(add,Call-Info)=<sip:pbx>;answer-after=0\nVariable: PJSIP_HEADER(add,Alert-Info)=<http://www.notused.com>;info=alert-autoanswer;delay=0\n';

/** The other ways of the commands that have several. */
export const variants: readonly Variant[] = [
  variant('call.transfer', 'attended', ({ caller, called }) => [
    { uniqueid: caller.id, to: '105', mode: 'attended' },
    look('105'),
    ...places,
    `Action: Setvar\nChannel: ${caller.id}\nVariable: CORDBOARD_BACK\nValue: 102@from-internal\n`,
    both([caller.id, 's'], [called.id, 'ring']),
    asked('105', '"Person 2" <102>'),
  ]),
  variant('call.transfer', 'of one who waits', ({ waiting }) => [
    { uniqueid: waiting.id, to: '105', mode: 'blind' },
    look('105'),
    redirect(waiting.id, '105'),
  ]),
  variant('call.transfer', 'to voicemail', ({ caller }) => [
    { uniqueid: caller.id, to: '105', mode: 'voicemail' },
    look('vmu105', 'ext-local'),
    redirect(caller.id, 'vmu105', 'ext-local'),
  ]),
  variant('call.transfer', 'outside', (office) => {
    open(office);
    const { id } = office.caller;
    return [{ uniqueid: id, to: '0301234', mode: 'external' }, look('0301234'), redirect(id, '0301234')];
  }),
  variant('call.transfer.complete', 'before the answer', (office) => {
    consulting(office, 'ringing');
    const { caller, called } = office;
    return [{ uniqueid: caller.id }, ...places, redirect(caller.id, 'ring', 'cordboard-hold'), hangUp(called.id)];
  }),
  variant('call.transfer.cancel', 'while talking to the caller', (office) => {
    const half = consulting(office, 'swapped');
    return [{ uniqueid: office.caller.id }, hangUp(half.id)];
  }),
  variant('call.hold', 'off', (office) => {
    office.exchange.hold(office.called);
    office.tell();
    return [{ uniqueid: office.called.id, extension: '102', on: false }, notify(office.called.id, 'talk')];
  }),
  variant('call.dial', 'from one’s own phone, to the outside', dialOutside, at105),
  variant('call.listen', 'at one’s own phone', listenAtOwn, at105),
  variant('call.park', 'in any lot', ({ caller, called }) => [
    { uniqueid: caller.id },
    `Action: Park\nChannel: ${caller.id}\nTimeoutChannel: ${called.name}\n`,
  ]),
  variant('call.record', 'off', (office) => {
    const { id } = office.called;
    office.ami.variables.set('CORDBOARD_RECORDING', '0x55');
    return [
      { uniqueid: id, on: false },
      getvar(id, 'CORDBOARD_RECORDING'),
      `Action: StopMixMonitor\nChannel: ${id}\nMixMonitorID: 0x55\n`,
      `Action: Setvar\nChannel: ${id}\nVariable: CORDBOARD_RECORDING\nValue: \n`,
    ];
  }),
  variant('queue.pause', 'off', () => [
    { queue: 'sales', extension: '104', on: false },
    `${sales('QueuePause', '104')}Paused: false\n`,
  ]),
  variant('conference.create', 'of one who waits', ({ waiting }) => [
    { conference: '800', uniqueids: [waiting.id] },
    look('800'),
    look('800'),
    redirect(waiting.id, '800'),
  ]),
  variant('conference.invite', 'of somebody outside', (office) => {
    open(office);
    return [
      { conference: '800', extension: '0301234' },
      look('0301234'),
      'Action: Originate\nChannel: Local/0301234@from-internal\nApplication: ConfBridge\nData: 800\nAsync: true\nChannelId: NEW\nOtherChannelId: NEW\nTimeout: 30000\n',
    ];
  }),
  variant('conference.mute', 'off', ({ guest }) => [
    { conference: '800', uniqueid: guest.id, on: false },
    `${room('ConfbridgeUnmute')}Channel: ${guest.name}\n`,
  ]),
  variant('conference.lock', 'off', () => [{ conference: '800', on: false }, room('ConfbridgeUnlock')]),
];

function dialOutside(office: TestOffice): Sample {
  open(office);
  return [
    { extension: '105', to: '0301234' },
    look('0301234'),
    `Action: Originate\nChannel: PJSIP/105\nContext: from-internal\nExten: 0301234\nPriority: 1\nAsync: true\nChannelId: NEW\nTimeout: 30000\n${atOnce}Variable: CALLERID(num)=105\nVariable: CALLERID(name)=Person 5\nVariable: CONNECTEDLINE(name,i)=\nVariable: CONNECTEDLINE(num,i)=0301234\n`,
  ];
}

function listenAtOwn({ called }: TestOffice): Sample {
  return [
    { uniqueid: called.id, extension: '105', mode: 'listen' },
    `${ring('105', 'extension 102', 'ChanSpy', `${called.id},uqE`)}${atOnce}`,
  ];
}

/** The bytes of a sample as a pattern. */
export function patternOf(sent: string): RegExp {
  const literal = sent.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\n/g, '\r\n');
  return new RegExp(`^${literal.replaceAll('ChannelId: NEW', 'ChannelId: cordboard-(?:transfer-)?\\d+\\.\\d+')}\r\n$`);
}
