import type {
  CallState,
  ExtensionState,
  FeatureSource,
  LineState,
  MemberState,
  PresenceState,
} from '../../server/protocol/records';
import type { SnapshotLists } from '../../server/protocol/state';

/** What somebody sees of the PBX, cut down to what scenarios speak about. Keys are numbers and names. */
export interface Observed {
  readonly extensions: Readonly<Record<string, ObservedExtension>>;
  /** Undefined where the observer cannot tell calls apart (Asterisk itself knows only channels and bridges). */
  readonly calls: readonly ObservedCall[] | undefined;
  readonly queues: Readonly<Record<string, ObservedQueue>>;
  readonly parking: Readonly<Record<string, readonly ObservedSlot[]>>;
  readonly conferences: Readonly<Record<string, ObservedConference>>;
  /** Legs of trunk devices. */
  readonly trunkLegs: number;
  /** Legs of people: Local halves and helpers left out. */
  readonly channels: number;
}

export interface ObservedExtension {
  readonly state: ExtensionState;
  readonly dnd: boolean;
  readonly forward: { readonly always: string | null; readonly busy: string | null; readonly noAnswer: string | null };
  readonly presence: PresenceState;
  readonly presenceSubtype: string;
  readonly presenceMessage: string;
  /** Where what is set came from; null: not set. Undefined where the observer knows no sources. */
  readonly dndSource: FeatureSource | null | undefined;
  readonly alwaysSource: FeatureSource | null | undefined;
  readonly busySource: FeatureSource | null | undefined;
  readonly noAnswerSource: FeatureSource | null | undefined;
  readonly presenceSource: FeatureSource | null | undefined;
  readonly newMessages: number;
  /** Numbers of the parties of answered calls, sorted. */
  readonly talkingTo: readonly string[];
  /** States of all its calls, sorted; undefined where the observer knows only devices. */
  readonly lines: readonly LineState[] | undefined;
}

export interface ObservedCall {
  readonly from: string;
  readonly to: string;
  readonly state: CallState;
  readonly queue: string | null;
  readonly did: string | null;
}

export interface ObservedQueue {
  readonly callers: readonly string[];
  readonly members: Readonly<Record<string, ObservedMember>>;
}

export interface ObservedMember {
  readonly state: MemberState;
  readonly paused: boolean;
  readonly reason: string;
}

export interface ObservedSlot {
  readonly space: string;
  readonly number: string;
}

export interface ObservedConference {
  readonly locked: boolean;
  readonly participants: readonly { readonly number: string; readonly muted: boolean }[];
}

/** Every level may be left out; lists and `calls` are complete when given (in any order). A member `null`: not a member. */
export interface Expected {
  readonly extensions?: Readonly<Record<string, Partial<ObservedExtension>>>;
  readonly calls?: readonly (Pick<ObservedCall, 'state'> & Partial<ObservedCall>)[];
  readonly queues?: Readonly<
    Record<
      string,
      {
        readonly callers?: readonly string[];
        readonly members?: Readonly<Record<string, Partial<ObservedMember> | null>>;
      }
    >
  >;
  readonly parking?: Readonly<Record<string, readonly Partial<ObservedSlot>[]>>;
  /** `null`: the room is gone. */
  readonly conferences?: Readonly<Record<string, ExpectedConference | null>>;
  readonly trunkLegs?: number;
  readonly channels?: number;
}

export interface ExpectedConference {
  readonly locked?: boolean;
  readonly participants?: readonly { readonly number: string; readonly muted?: boolean }[];
}

/** The panel's own state (`GET /api/v1/state`) as scenarios speak about it. */
export function observePanel(state: Omit<SnapshotLists, 'pbx'>): Observed {
  return {
    extensions: Object.fromEntries(state.extensions.map((row) => [row.number, observeExtension(row)])),
    calls: state.calls.map((call) => ({
      from: call.from.number,
      to: call.to.number,
      state: call.state,
      queue: call.queue,
      did: call.did,
    })),
    queues: Object.fromEntries(state.queues.map((row) => [row.name, observeQueue(row)])),
    parking: Object.fromEntries(
      state.parking.map((row) => [row.lot, row.slots.map(({ space, number }) => ({ space, number }))]),
    ),
    conferences: Object.fromEntries(
      state.conferences
        .filter((row) => row.participants.length > 0)
        .map((row) => [
          row.name,
          { locked: row.locked, participants: row.participants.map(({ number, muted }) => ({ number, muted })) },
        ]),
    ),
    trunkLegs: state.trunks.reduce((sum, trunk) => sum + trunk.channels.length, 0),
    channels: state.channels.length,
  };
}

function observeExtension(row: SnapshotLists['extensions'][number]): ObservedExtension {
  const { presence } = row;
  const { always, busy, noAnswer, origins } = row.forward;
  const answered = row.calls.filter((call) => ['talking', 'held', 'onHold'].includes(call.state));
  return {
    state: row.state,
    dnd: row.dnd.on,
    forward: { always, busy, noAnswer },
    presence: presence.state,
    presenceSubtype: presence.subtype,
    presenceMessage: presence.message,
    dndSource: row.dnd.on ? row.dnd.source : null,
    alwaysSource: always === null ? null : origins.always?.source,
    busySource: busy === null ? null : origins.busy?.source,
    noAnswerSource: noAnswer === null ? null : origins.noAnswer?.source,
    presenceSource: presence.state === 'not_set' ? null : presence.source,
    newMessages: row.voicemail.new,
    talkingTo: answered.map((call) => call.party.number).sort(),
    lines: row.calls.map((call) => call.state).sort(),
  };
}

function observeQueue(row: SnapshotLists['queues'][number]): ObservedQueue {
  const members = row.members.map((member) => [
    member.extension ?? member.interface,
    { state: member.state, paused: member.paused, reason: member.pausedReason },
  ]);
  const callers = [...row.callers].sort((a, b) => a.position - b.position).map((caller) => caller.number);
  return { callers, members: Object.fromEntries(members) };
}

/** What differs, in words; empty when all that is expected is there. */
export function mismatches(expected: Expected, observed: Observed): string[] {
  const found: string[] = [];
  compareRecords('extension', expected.extensions, observed.extensions, found);
  for (const [name, queue] of Object.entries(expected.queues ?? {}))
    compareQueue(name, queue, observed.queues[name], found);
  for (const [lot, slots] of Object.entries(expected.parking ?? {})) {
    compareLists(`parking ${lot}`, slots, observed.parking[lot] ?? [], found);
  }
  for (const [name, room] of Object.entries(expected.conferences ?? {})) {
    compareConference(name, room, observed.conferences[name], found);
  }
  if (expected.calls && observed.calls) compareLists('calls', expected.calls, observed.calls, found);
  compareNumber('trunk legs', expected.trunkLegs, observed.trunkLegs, found);
  compareNumber('channels', expected.channels, observed.channels, found);
  return found;
}

function compareNumber(label: string, expected: number | undefined, observed: number, found: string[]): void {
  if (expected !== undefined && expected !== observed) found.push(`${label}: ${observed}, expected ${expected}`);
}

function compareRecords(
  label: string,
  expected: Readonly<Record<string, object>> | undefined,
  observed: Readonly<Record<string, object>>,
  found: string[],
): void {
  for (const [key, fields] of Object.entries(expected ?? {})) {
    const row = observed[key];
    if (!row) found.push(`${label} ${key}: missing`);
    else if (!fits(fields, row))
      found.push(`${label} ${key}: ${show(row, fields)}, expected ${JSON.stringify(fields)}`);
  }
}

function compareQueue(
  name: string,
  expected: NonNullable<Expected['queues']>[string],
  observed: ObservedQueue | undefined,
  found: string[],
): void {
  if (!observed) {
    found.push(`queue ${name}: missing`);
    return;
  }
  if (expected.callers && JSON.stringify(expected.callers) !== JSON.stringify(observed.callers)) {
    found.push(
      `queue ${name}: callers ${JSON.stringify(observed.callers)}, expected ${JSON.stringify(expected.callers)}`,
    );
  }
  for (const [ext, member] of Object.entries(expected.members ?? {})) {
    if (member) compareRecords(`queue ${name} member`, { [ext]: member }, observed.members, found);
    else if (observed.members[ext]) found.push(`queue ${name}: ${ext} is a member still`);
  }
}

function compareConference(
  name: string,
  expected: ExpectedConference | null,
  observed: ObservedConference | undefined,
  found: string[],
): void {
  if (expected === null) {
    if (observed) found.push(`conference ${name}: there still`);
  } else if (!observed) found.push(`conference ${name}: missing`);
  else {
    if (expected.locked !== undefined && expected.locked !== observed.locked)
      found.push(`conference ${name}: lock is wrong`);
    if (expected.participants) {
      compareLists(`conference ${name}`, expected.participants, observed.participants, found);
    }
  }
}

/** Each expected row takes one observed row that fits; none may be left over on either side. */
function compareLists(label: string, expected: readonly object[], observed: readonly object[], found: string[]): void {
  const rest = [...observed];
  for (const row of expected) {
    const index = rest.findIndex((candidate) => fits(row, candidate));
    if (index < 0) found.push(`${label}: no ${JSON.stringify(row)} among ${JSON.stringify(observed)}`);
    else rest.splice(index, 1);
  }
  if (found.length === 0 && rest.length > 0) found.push(`${label}: unexpected ${JSON.stringify(rest)}`);
}

/** An observed field that is undefined is one this observer cannot know. */
function fits(expected: object, observed: object): boolean {
  const row = observed as Readonly<Record<string, unknown>>;
  return Object.entries(expected).every(
    ([key, value]) => row[key] === undefined || JSON.stringify(row[key]) === JSON.stringify(value),
  );
}

function show(row: object, wanted: object): string {
  const fields = row as Readonly<Record<string, unknown>>;
  return JSON.stringify(Object.fromEntries(Object.keys(wanted).map((key) => [key, fields[key]])));
}
