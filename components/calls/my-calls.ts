import type { Domain } from '@/server/protocol/domains';
import type {
  CallRecord,
  ExtensionCall,
  ExtensionRecord,
  LineState,
  ParkingSlot,
  TransferRecord,
} from '@/server/protocol/records';
import type { RecordOf } from '@/server/protocol/state';
import { lineSince } from '../extensions/status';
import type { MyCall, MyCallState } from './my-call';

/** Where the records are read from; `mirror.records` is one. */
export interface CallSource {
  map<D extends Domain>(domain: D): ReadonlyMap<string, RecordOf<D>>;
}

/** An entry and where it stands in the list, which its clock does not decide: swapping or holding moves nothing. */
interface Placed {
  readonly call: MyCall;
  readonly begun: string;
}

const lineStates: Readonly<Record<LineState, MyCallState>> = {
  dialing: 'dialing',
  ringing: 'ringing',
  talking: 'talking',
  held: 'held',
  onHold: 'onHold',
  queued: 'queued',
  // Somebody else parked us: we wait.
  parked: 'onHold',
  conference: 'conference',
  service: 'service',
};

/**
 * Every call of one operator, each once: their transfers, the lines of their phone, and what they parked. Ringing ones
 * first, then by when they began.
 *
 * @param number - one's own extension; null: none, then only what `username` transferred.
 */
export function myCallsOf(source: CallSource, number: string | null, username: string | null): readonly MyCall[] {
  const extension = number === null ? undefined : source.map('extensions').get(number);
  const lines = extension?.calls ?? [];
  const transfers = [...source.map('transfers').values()].filter((one) => isMine(one, number, username));
  const left = new Set(lines);
  const entries = transfers.map((one) => fromTransfer(one, claim(left, one), source));
  if (extension) entries.push(...parkedBy(extension, new Set(transfers.flatMap(legsOf)), source));
  const elsewhere = new Set([
    ...entries.map(({ call }) => call.callId),
    ...lines.filter(({ peer }) => peer !== null).map(({ callId }) => callId),
  ]);
  for (const line of left) if (!isLeftOver(line, elsewhere)) entries.push(fromLine(line, source));
  return entries.sort(byPlace).map(({ call }) => call);
}

function isMine(transfer: TransferRecord, number: string | null, username: string | null): boolean {
  return (number !== null && transfer.extension === number) || (username !== null && transfer.by === username);
}

function legsOf({ uniqueid, own, target }: TransferRecord): string[] {
  return [uniqueid, own, target].filter((leg) => leg !== null);
}

/** Takes the lines that a transfer tells of out of those that are left. */
function claim(left: Set<ExtensionCall>, transfer: TransferRecord): readonly ExtensionCall[] {
  const legs = legsOf(transfer);
  const mine = [...left].filter(({ uniqueid, peer }) => legs.includes(uniqueid) || (peer && legs.includes(peer)));
  for (const line of mine) left.delete(line);
  return mine;
}

const withoutPeer: readonly LineState[] = ['talking', 'onHold', 'service'];

/**
 * The other one was parked or sent on: what is left of the call at this phone hears the parking space at most, and is about
 * to end.
 */
function isLeftOver({ callId, peer, state }: ExtensionCall, elsewhere: ReadonlySet<string | null>): boolean {
  return peer === null && withoutPeer.includes(state) && elsewhere.has(callId);
}

function fromTransfer(transfer: TransferRecord, mine: readonly ExtensionCall[], source: CallSource): Placed {
  // When it returns, the leg that rings is the one to answer.
  const line =
    mine.find((one) => one.state === 'ringing' && one.peer === transfer.uniqueid) ??
    mine.find((one) => one.uniqueid === transfer.own) ??
    mine[0];
  const record = callOfLeg(source, transfer.uniqueid) ?? callOf(source, line?.callId ?? null);
  const call: MyCall = {
    id: transfer.id,
    state: transferState(transfer),
    callId: record?.id ?? line?.callId ?? null,
    own: line?.uniqueid ?? transfer.own,
    peer: transfer.uniqueid,
    direction: record && isOutgoing(record, transfer) ? 'out' : 'in',
    party: transfer.party,
    queue: record?.queue ?? null,
    did: record?.did ?? null,
    recording: record?.recording ?? false,
    since: transfer.since,
    transfer,
    parked: null,
  };
  return { call, begun: transfer.startedAt };
}

/** Whether the one who is transferred had been called, not calling. */
function isOutgoing(record: CallRecord, { party }: TransferRecord): boolean {
  return record.to.number === party.number && record.from.number !== party.number;
}

function transferState({ state }: TransferRecord): MyCallState {
  if (state === 'transferred') return 'transferred';
  return state === 'returning' || state === 'returned' ? 'returned' : 'consulting';
}

function fromLine(line: ExtensionCall, source: CallSource): Placed {
  const record = callOf(source, line.callId);
  const call: MyCall = {
    id: line.uniqueid,
    state: lineStates[line.state],
    callId: line.callId,
    own: line.uniqueid,
    peer: line.peer,
    direction: line.direction,
    party: line.party,
    queue: line.queue,
    did: record?.did ?? null,
    recording: record?.recording ?? false,
    since: lineSince(line),
    transfer: null,
    parked: null,
  };
  return { call, begun: line.startedAt };
}

function parkedBy(extension: ExtensionRecord, transferred: ReadonlySet<string>, source: CallSource): Placed[] {
  const shown = new Set([...transferred, ...extension.calls.flatMap(({ uniqueid, peer }) => [uniqueid, peer])]);
  return [...source.map('parking').values()].flatMap(({ lot, slots }) =>
    slots
      .filter((slot) => isParker(extension, slot.parkedBy) && !shown.has(slot.uniqueid))
      .map((slot) => fromSlot(lot, slot, source)),
  );
}

function fromSlot(lot: string, slot: ParkingSlot, source: CallSource): Placed {
  const record = callOfLeg(source, slot.uniqueid);
  const call: MyCall = {
    id: slot.uniqueid,
    state: 'parked',
    callId: record?.id ?? null,
    own: null,
    peer: slot.uniqueid,
    direction: record?.to.number === slot.number ? 'out' : 'in',
    party: { number: slot.number, name: slot.name },
    queue: record?.queue ?? null,
    did: record?.did ?? null,
    recording: record?.recording ?? false,
    since: slot.parkedSince,
    transfer: null,
    parked: { lot, space: slot.space, timeout: slot.timeout },
  };
  return { call, begun: slot.parkedSince };
}

/** `parkedBy` is a number, a device (`PJSIP/101`), a channel (`PJSIP/101-0000002a`) or `Local/101@…`. */
export function isParker({ number, devices }: Pick<ExtensionRecord, 'number' | 'devices'>, parkedBy: string): boolean {
  if (parkedBy === number) return true;
  const device = parkedBy.replace(/-[0-9a-f]{8}(?:;\d)?$/i, '');
  return devices.includes(device) || device.replace(/^Local\//, '').split('@')[0] === number;
}

function callOf(source: CallSource, id: string | null): CallRecord | undefined {
  return id === null ? undefined : source.map('calls').get(id);
}

function callOfLeg(source: CallSource, uniqueid: string): CallRecord | undefined {
  for (const call of source.map('calls').values()) if (call.legs.includes(uniqueid)) return call;
  return undefined;
}

function byPlace(a: Placed, b: Placed): number {
  return Number(rings(b.call)) - Number(rings(a.call)) || compare(a.begun, b.begun) || compare(a.call.id, b.call.id);
}

/** It wants to be answered by me now. */
function rings(call: MyCall): boolean {
  return call.state === 'ringing' || call.state === 'returned';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What the keys act on when nothing was chosen: the first of these. */
const urgency: readonly MyCallState[] = [
  'ringing',
  'returned',
  'consulting',
  'talking',
  'conference',
  'service',
  'dialing',
  'queued',
  'held',
  'onHold',
  'transferred',
  'parked',
];

/**
 * The call that keys act on: the chosen one, else the ringing one, else the talking one. `chosen` is the id of an entry,
 * and is still good when the entry became another (a consultation began, the call was parked).
 */
export function currentCall(calls: readonly MyCall[], chosen: string | null): MyCall | null {
  if (chosen !== null) {
    const found = calls.find((call) => call.id === chosen) ?? calls.find((call) => call.own === chosen);
    if (found) return found;
  }
  for (const state of urgency) {
    const found = calls.find((call) => call.state === state);
    if (found) return found;
  }
  return null;
}
