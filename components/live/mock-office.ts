import { defaultStates } from '@/server/protocol/availability-default';
import { notConfigured, plainPerson } from '@/server/protocol/configured';
import type {
  CallRecord,
  ConferenceRecord,
  ExtensionCall,
  ExtensionRecord,
  ParkingRecord,
  PbxRecord,
  QueueRecord,
  TrunkRecord,
} from '@/server/protocol/records';
import type { SnapshotLists } from '@/server/protocol/state';

const first =
  'Anna Erik Mårta Jonas Åsa Lukas Zoë Henrik Élodie Karim Ingrid Pavel Sofia Tomás Birgit Ola Nadia Viktor Lena Samir Greta Ivan Maja Filip Yusuf Elin Hanna Marek Rosa Nils'.split(
    ' ',
  );
const last =
  'Lindqvist Berg Öberg Novák Müller García Hansen Kowalska Nyström Dubois Ahmadi Sjöberg Petrov Rossi Weber Lund Okafor Svensson Horvat Jansen'.split(
    ' ',
  );
const outside = [
  ['+46701234567', 'Maria Holm'],
  ['+4687654321', ''],
  ['+442079460123', 'Harper & Sons Ltd'],
  ['+4930901820', 'Klinik am Park'],
  ['+33142685300', ''],
  ['+46313456789', 'Volta Bygg AB'],
] as const;
const small: readonly (readonly [string, number])[] = [
  ['Reception', 3],
  ['Sales', 9],
  ['Support', 12],
  ['Engineering', 9],
  ['Finance', 4],
  ['Logistics', 5],
  ['People', 2],
  ['Board', 4],
];

export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const fromPbx = { source: 'pbx', by: null, since: null } as const;

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString();

function departments(size: number): string[] {
  if (size <= 48) return small.flatMap(([name, count]) => Array.from({ length: count }, () => name)).slice(0, size);
  const perGroup = 40;
  return Array.from(
    { length: size },
    (_, i) => `${small[Math.floor(i / perGroup) % small.length]?.[0]} ${Math.floor(i / perGroup / small.length) + 1}`,
  );
}

function extension(i: number, group: string, base: number): ExtensionRecord {
  const number = String(base + i);
  return {
    ...plainPerson,
    kind: 'person',
    number,
    name: `${first[(i * 7) % first.length]} ${last[(i * 11 + Math.floor(i / 20)) % last.length]}`,
    device: `PJSIP/${number}`,
    devices: [`PJSIP/${number}`],
    phone: i % 4 === 3 ? { model: 'Linphone/5.2', answers: 'no' } : { model: 'Yealink SIP-T46U', answers: 'yes' },
    context: 'from-internal',
    mailbox: `${number}@default`,
    group,
    tags: i % 5 === 0 ? ['swedish'] : [],
    state: 'idle',
    dnd: { ...fromPbx, on: false, note: null, until: null },
    forward: { always: null, busy: null, noAnswer: null, ringCount: null, origins: {} },
    presence: { ...fromPbx, state: 'not_set', subtype: '', message: '', until: null },
    unsynced: [],
    voicemail: { new: 0, old: 0 },
    calls: [],
  };
}

let callCounter = 0;

export function newCall(
  state: ExtensionCall['state'],
  direction: 'in' | 'out',
  party: { number: string; name: string },
  seconds: number,
  queue: string | null = null,
): ExtensionCall {
  callCounter += 1;
  const id = `1795252000.${callCounter}`;
  const up = state !== 'ringing' && state !== 'dialing';
  return {
    callId: id,
    uniqueid: `${id}0`,
    peer: `${id}1`,
    direction,
    state,
    party,
    queue,
    startedAt: ago(seconds + 9),
    answeredAt: up ? ago(seconds) : null,
    stateSince: state === 'held' || state === 'onHold' ? ago(Math.min(seconds, 35)) : null,
  };
}

export function stranger(random: () => number): { number: string; name: string } {
  const [number, name] = outside[Math.floor(random() * outside.length)] ?? ['', ''];
  return { number, name };
}

function callOf(call: ExtensionCall, me: ExtensionRecord): CallRecord {
  const own = { number: me.number, name: me.name };
  const states = {
    dialing: 'dialing',
    ringing: 'ringing',
    held: 'onHold',
    onHold: 'onHold',
    queued: 'queued',
  } as const;
  return {
    id: call.callId,
    state:
      states[call.state as keyof typeof states] ??
      (call.state === 'parked' || call.state === 'conference' ? call.state : 'talking'),
    legs: [call.uniqueid],
    from: call.direction === 'in' ? call.party : own,
    to: call.direction === 'in' ? own : call.party,
    queue: call.queue,
    did: call.direction === 'in' && call.party.number.startsWith('+') ? '+4687000100' : null,
    createdAt: call.startedAt,
    answeredAt: call.answeredAt,
    heldSince: call.state === 'held' || call.state === 'onHold' ? call.stateSince : null,
    parkedSince: null,
    recording: false,
  };
}

export function callRecord(call: ExtensionCall, me: ExtensionRecord): CallRecord {
  return callOf(call, me);
}

function queue(name: string, label: string, members: readonly ExtensionRecord[], waiting: number): QueueRecord {
  return {
    ...notConfigured,
    name,
    label,
    strategy: 'rrmemory',
    completed: 41,
    abandoned: 3,
    serviceLevel: 20,
    serviceLevelPerf: 87.5,
    members: members.map((m, i) => ({
      interface: `Local/${m.number}@from-queue/n`,
      stateInterface: `PJSIP/${m.number}`,
      extension: m.number,
      name: m.name,
      state: m.calls.length > 0 ? 'inUse' : m.state === 'unavailable' ? 'unavailable' : 'idle',
      paused: i === 2,
      pausedReason: i === 2 ? 'Lunch' : '',
      pausedSince: i === 2 ? ago(1_124) : null,
      penalty: i > 3 ? 1 : 0,
      callsTaken: 12 - i,
      lastCall: ago(300 + i * 60),
      membership: 'dynamic',
      inCall: m.calls.length > 0,
    })),
    callers: Array.from({ length: waiting }, (_, i) => ({
      uniqueid: `q${name}.${i}`,
      number: outside[i % outside.length]?.[0] ?? '',
      name: outside[i % outside.length]?.[1] ?? '',
      position: i + 1,
      waitingSince: ago(171 - i * 48),
    })),
  };
}

function trunk(name: string, state: TrunkRecord['state'], channels: number): TrunkRecord {
  return {
    ...notConfigured,
    name: `PJSIP/${name}`,
    label: name,
    state,
    channels: Array.from({ length: channels }, (_, i) => ({
      uniqueid: `t${name}.${i}`,
      callId: `t${name}.${i}`,
      direction: i % 2 ? 'out' : 'in',
      state: 'up',
      party: { number: outside[i % outside.length]?.[0] ?? '', name: outside[i % outside.length]?.[1] ?? '' },
      startedAt: ago(80 + i * 33),
      answeredAt: ago(75 + i * 33),
    })),
  };
}

export function pbx(demo: boolean): PbxRecord {
  return {
    id: 'pbx',
    name: 'Head office',
    link: 'up',
    since: ago(4_000),
    asteriskVersion: '22.10.1',
    problem: null,
    demo,
    missing: [{ feature: 'Pause reasons', needs: 'agent', message: 'The AMI account lacks the class “agent”.' }],
    features: {
      backends: [
        { id: 'astdb', state: 'up', problem: null, since: ago(4_000) },
        { id: 'dfks', state: 'away', problem: 'OpenSIPS did not answer within 2 s.', since: ago(95) },
      ],
      presenceStates: defaultStates,
    },
    outsideStopped: null,
  };
}

/** The full hour after the next. */
function nextHour(): string {
  const hour = 3_600_000;
  return new Date(Math.ceil(Date.now() / hour) * hour + hour).toISOString();
}

function somePresence(i: number): ExtensionRecord['presence'] {
  const away = defaultStates.slice(2);
  const { state, subtype } = away[i % away.length] ?? { state: 'away', subtype: '' };
  const message = i % 2 ? 'Back at one' : '';
  return {
    source: i % 3 ? 'presence' : 'panel',
    by: i % 3 ? null : 'anna',
    since: ago(900),
    state,
    subtype,
    message,
    until: i % 4 ? null : nextHour(),
  };
}

function someForward(i: number): ExtensionRecord['forward'] {
  const origin = { source: i % 2 ? 'dfks' : 'panel', by: i % 2 ? null : 'greta', since: ago(7_300) } as const;
  const always = i % 3 === 0 ? '+46701112233' : null;
  const busy = i % 3 === 1 ? '118' : null;
  return {
    always,
    busy,
    noAnswer: '101',
    ringCount: i % 2 ? 4 : null,
    origins: { always: origin, busy: origin, noAnswer: origin },
  };
}

/** Give some people something to do. */
function busy(people: ExtensionRecord[], random: () => number): void {
  const at = (i: number) => people[i % people.length] as ExtensionRecord;
  for (let i = 0; i < people.length; i += 1) {
    const p = at(i);
    const dice = random();
    if (dice < 0.14) {
      p.calls = [
        newCall(
          'talking',
          random() < 0.6 ? 'in' : 'out',
          stranger(random),
          Math.floor(random() * 700),
          i % 3 ? null : 'support',
        ),
      ];
      p.state = 'inUse';
    } else if (dice < 0.18) {
      p.calls = [newCall('ringing', 'in', stranger(random), 4)];
      p.state = 'ringing';
    } else if (dice < 0.21) {
      p.calls = [newCall('held', 'in', stranger(random), 340)];
      p.state = 'onHold';
    } else if (dice < 0.27) {
      p.dnd = {
        on: true,
        source: i % 2 ? 'pbx' : 'panel',
        by: i % 2 ? null : 'greta',
        since: ago(2_600),
        note: i % 2 ? null : 'In a board meeting',
        until: i % 2 ? null : nextHour(),
      };
      if (i % 2) p.unsynced = [{ feature: 'dnd', backend: 'dfks', kind: 'away', reason: 'OpenSIPS did not answer.' }];
    } else if (dice < 0.33) p.state = 'unavailable';
    else if (dice < 0.45) p.presence = somePresence(i);
    if (random() < 0.08) p.voicemail = { new: 1 + Math.floor(random() * 4), old: 2 };
    if (random() < 0.1) p.forward = someForward(i);
  }
  const second = at(4);
  second.calls = [
    newCall('talking', 'out', { number: at(9).number, name: at(9).name }, 95),
    newCall('ringing', 'in', stranger(random), 3),
  ];
  second.state = 'ringInUse';
  const both = at(6);
  both.calls = [newCall('talking', 'in', stranger(random), 511, 'sales')];
  both.state = 'inUse';
  both.dnd = { ...fromPbx, on: true, since: ago(400), note: null, until: null };
}

export function office(size: number, demo: boolean): SnapshotLists {
  const random = seeded(7);
  const base = size > 900 ? 10_000 : 101;
  const people = departments(size).map((group, i) => extension(i, group, base));
  if (people.length > 8) busy(people, random);
  const calls = people.flatMap((p) => p.calls.map((c) => callOf(c, p)));
  const queues =
    size === 0
      ? []
      : [
          queue('support', 'Support', people.slice(12, 20), 3),
          queue('sales', 'Sales', people.slice(3, 9), 1),
          queue('billing', 'Billing', people.slice(33, 36), 0),
        ];
  for (const q of queues) {
    for (const c of q.callers) {
      calls.push({
        id: c.uniqueid,
        state: 'queued',
        legs: [c.uniqueid],
        from: c,
        to: { number: q.name, name: q.label },
        queue: q.name,
        did: '+4687000100',
        createdAt: c.waitingSince,
        answeredAt: c.waitingSince,
        heldSince: null,
        parkedSince: null,
        recording: false,
      });
    }
  }
  const slot = {
    space: '701',
    uniqueid: 'p.1',
    number: '+4687654321',
    name: '',
    parkedBy: '101',
    parkedSince: ago(22),
    timeout: 60,
  };
  calls.push({
    id: 'p.1',
    state: 'parked',
    legs: ['p.1'],
    from: { number: slot.number, name: '' },
    to: { number: '701', name: '' },
    queue: null,
    did: null,
    createdAt: ago(90),
    answeredAt: ago(80),
    heldSince: null,
    parkedSince: slot.parkedSince,
    recording: false,
  });
  const parking: ParkingRecord[] = [
    { ...notConfigured, lot: 'default', label: 'default', spaces: { first: '701', last: '720' }, slots: [slot] },
  ];
  const conferences: ConferenceRecord[] = [
    {
      ...notConfigured,
      name: '6000',
      label: '6000',
      kind: 'confbridge',
      locked: false,
      recording: false,
      participants: people.slice(24, 27).map((p, i) => ({
        uniqueid: `c.${i}`,
        number: p.number,
        name: p.name,
        extension: p.number,
        muted: i === 1,
        talking: i === 0,
        admin: i === 0,
        marked: false,
        joinedAt: ago(900 - i * 100),
      })),
    },
  ];
  return {
    pbx: [pbx(demo)],
    extensions: people,
    channels: [],
    calls,
    queues,
    parking: size === 0 ? [] : parking,
    conferences: size === 0 ? [] : conferences,
    trunks: size === 0 ? [] : [trunk('carrier-a', 'registered', 3), trunk('carrier-b', 'unreachable', 0)],
    transfers: [],
  };
}
