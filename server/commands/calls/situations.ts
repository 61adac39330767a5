/** Support of tests: the situations in which each command may come, in the office of testing.ts. */
import type { Line } from '../../pbx/exchange';
import type { TransferState } from '../../protocol/records';
import type { Actor } from '../actor';
import { anna, bert, type TestOffice } from './testing';
import { consulting } from './testing-transfers';

/** One row of a table: what is so, and the parameters with which the command comes then. */
export interface Situation {
  readonly what: string;
  readonly actor: Actor;
  /** Makes it so; answers the parameters. */
  make(office: TestOffice): object;
}

export interface Table {
  readonly name: string;
  /** Which way of the command, where it has several; empty: it has one. */
  readonly way: string;
  readonly rows: readonly Situation[];
}

const row = (what: string, make: Situation['make'], actor = anna): Situation => ({ what, make, actor });

/** A leg in each state of SPEC C30, and one that is gone. */
export const legs: readonly (readonly [state: string, legOf: (office: TestOffice) => Line])[] = [
  ['dialing', (office) => office.dialling],
  ['ringing', (office) => office.ringing],
  ['talking', (office) => office.called],
  ['held', (office) => onHold(office, office.called)],
  ['onHold', (office) => onHold(office, office.caller)],
  ['queued', (office) => office.waiting],
  ['parked', (office) => office.parked],
  ['conference', (office) => office.guest],
  ['service', (office) => office.exchange.channel('PJSIP/102', 'up', '*97')],
  ['gone', gone],
];

function onHold(office: TestOffice, holder: Line): Line {
  office.exchange.hold(holder);
  return office.called;
}

function gone(office: TestOffice): Line {
  office.exchange.hangUp(office.called);
  return office.called;
}

/** The same command to a leg in every state. */
function ofLegs(name: string, way: string, rest: (line: Line, office: TestOffice) => object): Table {
  const rows = legs.map(([state, legOf]) =>
    row(state, (office) => {
      const line = legOf(office);
      office.tell();
      return { uniqueid: line.id, ...rest(line, office) };
    }),
  );
  return { name, way, rows };
}

const always = (rest: object) => () => rest;
/** At the phone of the leg itself, where it has one. */
const atPhone = (rest: object) => (line: Line, office: TestOffice) => ({
  extension: office.model.leg(line.id)?.channel.extension ?? '102',
  ...rest,
});

const ofLeg: readonly Table[] = [
  ofLegs('call.hangup', '', always({})),
  ofLegs('call.transfer', 'blind', always({ to: '105', mode: 'blind' })),
  ofLegs('call.transfer', 'attended', always({ to: '105', mode: 'attended' })),
  ofLegs('call.transfer', 'voicemail', always({ to: '105', mode: 'voicemail' })),
  ofLegs('call.answer', 'at the phone of the leg', atPhone({})),
  ofLegs('call.hold', 'at the phone of the leg', atPhone({ on: true })),
  ofLegs('call.hold', 'off, at the phone of the leg', atPhone({ on: false })),
  ofLegs('call.pickup', '', always({ extension: '105' })),
  ofLegs('queue.take', '', always({ extension: '105' })),
  ofLegs('call.park', '', always({})),
  ofLegs('call.dtmf', '', always({ digits: '1' })),
  ofLegs('call.listen', '', always({ extension: '105', mode: 'listen' })),
  ofLegs('call.record', '', always({ on: true })),
  ofLegs('call.record', 'off', always({ on: false })),
  {
    name: 'conference.create',
    way: '',
    rows: legs.map(([state, legOf]) =>
      row(state, (office) => {
        const line = legOf(office);
        office.tell();
        return { conference: '800', uniqueids: [line.id] };
      }),
    ),
  },
  ofLegs('conference.mute', '', always({ conference: '800', on: true })),
  ofLegs('conference.kick', '', always({ conference: '800' })),
];

/** The steps of a transfer, asked with the caller's leg. */
function ofTransfer(name: string): Table {
  const under = (state: TransferState & ('ringing' | 'talking' | 'swapped')) => (office: TestOffice) => {
    consulting(office, state);
    return { uniqueid: office.caller.id };
  };
  const later = (state: 'transferred' | 'returning' | 'returned') => (office: TestOffice) => {
    const params = under('ringing')(office);
    const running = office.transfers.of(office.caller.id);
    if (running !== undefined) office.transfers.become(running, state);
    return params;
  };
  const states = ['ringing', 'talking', 'swapped'] as const;
  return {
    name,
    way: '',
    rows: [
      ...states.map((state) => row(state, under(state))),
      row('transferred', later('transferred')),
      row('returned', later('returned')),
      row('another operator’s', under('talking'), bert),
      row('none', ({ caller }) => ({ uniqueid: caller.id })),
    ],
  };
}

function phone(office: TestOffice, device: string): void {
  const extension = { number: '105', devices: device === '' ? [] : [device], context: 'from-internal' };
  office.model.reduce({ type: 'extension', at: office.now, extension });
}

function offline(office: TestOffice): void {
  office.model.reduce({ type: 'device', at: office.now, device: 'PJSIP/105', state: 'UNAVAILABLE' });
}

/** Commands that ring the phone of 105. */
const phones: readonly (readonly [what: string, make: (office: TestOffice) => void])[] = [
  ['the phone is free', () => undefined],
  ['the phone is not connected', offline],
  ['there is no phone', (office) => phone(office, '')],
  ['its dial string means more than one phone', (office) => phone(office, 'PJSIP/105&PJSIP/900')],
];

function ofPhone(name: string, params: (office: TestOffice) => object, more: readonly Situation[]): Table {
  const rings = phones.map(([what, make]) =>
    row(what, (office) => {
      make(office);
      return params(office);
    }),
  );
  return { name, way: '', rows: [...rings, ...more] };
}

const locked = (office: TestOffice): void => {
  office.model.reduce({ type: 'conference', at: office.now, name: '800', kind: 'confbridge', locked: true });
};
const meetMe = (office: TestOffice): void => {
  office.model.reduce({ type: 'conference', at: office.now, name: '900', kind: 'meetme', locked: false });
};

function ofRoom(name: string, rest: object): Table {
  const at = (what: string, conference: string, make: (office: TestOffice) => void) =>
    row(what, (office) => {
      make(office);
      return { conference, ...rest };
    });
  return {
    name,
    way: '',
    rows: [
      at('open', '800', () => undefined),
      at('locked', '800', locked),
      at('a MeetMe room', '900', meetMe),
      at('no such room', '801', () => undefined),
    ],
  };
}

function ofMember(name: string, rest: object): Table {
  const who = (what: string, queue: string, extension: string, make: (office: TestOffice) => void = () => undefined) =>
    row(what, (office) => {
      make(office);
      return { queue, extension, ...rest };
    });
  return {
    name,
    way: '',
    rows: [
      who('in the queue', 'sales', '104'),
      who('not in the queue', 'sales', '105'),
      who('in the queue by its configuration', 'sales', '103', (office) => {
        office.member('103', 'PJSIP/103', 'sales', 'static');
        // Asterisk's own words; only this of all that is done to members.
        office.ami.refusals.set('QueueRemove', 'Member not dynamic');
      }),
      who('no such queue', 'lost', '104'),
      who('no such extension', 'sales', '199'),
    ],
  };
}

const dial = (to: string) => ({ extension: '105', to });

export const tables: readonly Table[] = [
  ...ofLeg,
  ...(['call.transfer.complete', 'call.transfer.swap', 'call.transfer.cancel'] as const).map(ofTransfer),
  ofPhone('call.dial', () => dial('102'), [
    row('the number is not allowed', () => dial('0900123456')),
    row('the dialplan has no such number', (office) => {
      office.ami.nowhere.add('102');
      return dial('102');
    }),
    row('no such extension', () => ({ extension: '199', to: '102' })),
  ]),
  ofPhone('call.retrieve', () => ({ lot: 'default', space: '701', extension: '105' }), [
    row('the space is empty', () => ({ lot: 'default', space: '702', extension: '105' })),
    row('no such lot', () => ({ lot: 'lost', space: '701', extension: '105' })),
  ]),
  ofPhone('conference.invite', () => ({ conference: '800', extension: '105' }), [
    row('the room is locked', (office) => {
      locked(office);
      return { conference: '800', extension: '105' };
    }),
    row('no such room', () => ({ conference: '801', extension: '105' })),
    row('a number that is not allowed', () => ({ conference: '800', extension: '0301234' })),
  ]),
  ofRoom('conference.lock', { on: true }),
  ofRoom('conference.end', {}),
  ofMember('queue.add', {}),
  ofMember('queue.remove', {}),
  ofMember('queue.pause', { on: true }),
  ofMember('queue.penalty', { penalty: 3 }),
  {
    name: 'call.note',
    way: '',
    rows: [
      row('the call runs, or is in the log', ({ caller }) => ({ call: caller.id, text: 'Rang twice' })),
      row('no such call', () => ({ call: '1.1', text: 'Rang twice' })),
    ],
  },
];
