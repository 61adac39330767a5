import { setTimeout as wait } from 'node:timers/promises';
import { Desk, type Step } from './command-steps';
import type { House } from './commands-house';
import type { Block } from './raw-ami';

/** What a PBX did in one step. */
export interface Trace {
  readonly name: string;
  readonly answers: readonly string[];
  /**
   * Leg and topic (`104#1 Bridge`: the first leg of 104) → its events in order. Those of different legs, and those that
   * different threads of a real PBX tell of one leg, race with each other.
   */
  readonly legs: Readonly<Record<string, readonly string[]>>;
  /** Events about queue members. */
  readonly queue: readonly string[];
  /** What was there each time the step looked. */
  readonly looks: Readonly<Record<string, readonly string[]>>;
}

/** Nothing is said for so long: the PBX is through. */
const restMs = 150;

/** Runs one step and writes down all the PBX says, in names that are the same on every PBX. */
export async function trace(house: House, step: Step): Promise<Trace> {
  const names = new Names();
  const legs: Record<string, string[]> = {};
  const queue: string[] = [];
  const looks: Record<string, string[]> = {};
  let last = performance.now();
  const stop = house.ami.onEvent((event) => {
    if (silent.has(event.event)) return;
    last = performance.now();
    if (event.event.startsWith('QueueMember')) queue.push(memberLine(event));
    const told = line(event, names);
    if (told === null) return;
    const own = legs[told.leg] ?? [];
    legs[told.leg] = own;
    // Some are told twice (a queue that gives up ringing).
    if (own.at(-1) !== told.text) own.push(told.text);
  });
  const rest = async () => {
    do await wait(restMs);
    while (performance.now() - last < restMs);
  };
  const desk = new Desk(house, async (label) => {
    await rest();
    looks[label] = await snapshot(house, names);
  });
  try {
    await step.run(desk);
    await rest();
  } finally {
    stop();
    await house.phones.reset();
    await wait(restMs);
  }
  return { name: step.name, answers: desk.answers, legs, queue, looks };
}

/** The telling of clocks, variables and dialplan steps; who is shown to whom is in the looks. */
const silent = new Set(
  (
    'VarSet Newexten TestEvent DeviceStateChange ExtensionStatus NewConnectedLine NewCallerid HangupRequest ' +
    'SoftHangupRequest RTCPSent RTCPReceived ContactStatus PeerStatus ChallengeSent SuccessfulAuth Cdr RequestBadFormat ' +
    'BridgeCreate BridgeDestroy BridgeMerge OriginateResponse UserEvent QueueMemberStatus ConfbridgeTalking ' +
    'ChannelTalkingStart ChannelTalkingStop DTMFBegin DTMFEnd Registry ConfbridgeStart ConfbridgeEnd LocalBridge'
  ).split(' '),
);

/** Names of channels as `104#1`: by endpoint, in the order of their own numbers. */
class Names {
  private readonly known = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  of(channel: string): string {
    const known = this.known.get(channel);
    if (known !== undefined) return known;
    const half = /(;[12])$/.exec(channel)?.[1] ?? '';
    const endpoint = channel.replace(/-[0-9a-f]{8}(?:;[12])?$/, '').replace('PJSIP/', '') + half;
    const count = (this.counts.get(endpoint) ?? 0) + 1;
    this.counts.set(endpoint, count);
    const name = `${endpoint}#${count}`;
    this.known.set(channel, name);
    return name;
  }
}

function line(event: Block, names: Names): { leg: string; text: string } | null {
  const name = event.event;
  const get = (header: string) => event.get(header);
  // A phone that answers at once may not have been heard to ring; the looks show who rings.
  if (get('DialStatus') === 'RINGING' || (name === 'Newstate' && get('ChannelStateDesc') === 'Ringing')) return null;
  const dial = name.startsWith('Dial');
  const about = dial || name.startsWith('Agent') ? 'Dest' : name.includes('Parked') ? 'Parkee' : '';
  const channel = name.startsWith('ChanSpy') ? get('SpyerChannel') : get(`${about}Channel`);
  if (!channel) return null;
  const from = dial && get('Channel') ? ` from ${names.of(get('Channel'))}` : '';
  const details = [
    name.startsWith('Newchannel') || name === 'Newstate' ? get('ChannelStateDesc') : '',
    get('DialStatus'),
    get('BridgeTechnology'),
    name === 'Hangup' ? get('Cause') : '',
    get('Queue'),
    get('Conference'),
    get('ParkingSpace'),
    name.startsWith('ChanSpy') ? names.of(get('SpyeeChannel')) : '',
  ];
  return { leg: `${names.of(channel)} ${topicOf(name)}`, text: [name + from, ...details.filter(Boolean)].join(' ') };
}

/** Which part of the PBX tells it. */
function topicOf(name: string): string {
  if (/^(?:New|Hangup)/.test(name)) return 'State';
  if (/^(?:Un)?Parked/.test(name)) return 'Parking';
  return /^(?:Dial|Agent|Bridge|MusicOnHold|Confbridge|Queue|MixMonitor|ChanSpy)/.exec(name)?.[0] ?? name;
}

function memberLine(event: Block): string {
  const fields = ['Queue', 'MemberName', 'Interface', 'Membership', 'Penalty', 'Paused', 'PausedReason', 'Status'];
  return [event.event, ...fields.map((field) => event.get(field))].join(' ').trim();
}

/** Every leg: state, who it is, whom it sees, what it runs, and who is in its bridge. */
async function snapshot(house: House, names: Names): Promise<string[]> {
  const rows = await house.ami.list('CoreShowChannels');
  const legs = rows.filter((row) => /^(?:PJSIP|Local)\//.test(row.get('Channel')));
  const party = (row: Block, side: string) =>
    `${row.get(`${side}Num`)} ${row.get(`${side}Name`)}`.replace(/<unknown>/g, '-');
  return legs
    .map((row) => {
      const bridge = row.get('BridgeId');
      const others = legs.filter((other) => other !== row && bridge !== '' && other.get('BridgeId') === bridge);
      const withWhom = others.map((other) => names.of(other.get('Channel'))).sort();
      const parts = [row.get('ChannelStateDesc'), party(row, 'CallerID'), `sees ${party(row, 'ConnectedLine')}`];
      const app = row.get('Application');
      return [names.of(row.get('Channel')), ...parts, app, `with ${withWhom.join(', ') || 'nobody'}`].join(' | ');
    })
    .sort();
}
