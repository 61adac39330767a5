import type { Domain } from '@/server/protocol/domains';
import type { ExtensionCall, LineState, Party, TransferRecord } from '@/server/protocol/records';
import type { RecordOf } from '@/server/protocol/state';
import { partyText } from '../extensions/status';
import type { CallSource } from './call-source';

/** Where the records are read from; the mirror is one. */
export interface Records {
  get<D extends Domain>(domain: D, key: string): RecordOf<D> | undefined;
}

/** A call as it is now, seen from the one in it who is moved. */
export interface CallInHand {
  readonly source: CallSource;
  /** Who is moved. */
  readonly party: Party;
  readonly who: string;
  /** The leg that a transfer or a park moves; null: `stuck` says why there is none. */
  readonly leg: string | null;
  readonly stuck: string | null;
  /** What that leg is doing. */
  readonly state: LineState;
  /** The extension whose phone that leg is, as far as it is known; null: somebody outside. */
  readonly legExtension: string | null;
  /** The phone at the other end, and its own leg; null: there is none. */
  readonly at: string | null;
  readonly atName: string;
  readonly own: string | null;
  /** Extensions that take part: a limited permission asks for them. */
  readonly extensions: readonly string[];
  readonly queue: string | null;
  /** The id of its record, for notes. */
  readonly callId: string | null;
  readonly parked: { readonly lot: string; readonly space: string } | null;
  readonly conference: string | null;
  readonly transfer: TransferRecord | null;
}

/** The call of a source as it is now; null: it is over, or no longer there. */
export function callInHand(source: CallSource, records: Records): CallInHand | null {
  switch (source.kind) {
    case 'line': {
      const extension = records.get('extensions', source.extension);
      const line = extension?.calls.find((one) => one.uniqueid === source.own);
      return extension && line ? ofLine(source, extension, line, records) : null;
    }
    case 'call':
      return ofCall(source, records);
    case 'waiting': {
      const caller = records.get('queues', source.queue)?.callers.find((one) => one.uniqueid === source.uniqueid);
      return caller ? { ...outOf(source, caller, 'queued', records), queue: source.queue } : null;
    }
    case 'parked': {
      const slot = records.get('parking', source.lot)?.slots.find((one) => one.uniqueid === source.uniqueid);
      if (!slot) return null;
      return { ...outOf(source, slot, 'parked', records), parked: { lot: source.lot, space: slot.space } };
    }
    case 'participant': {
      const room = records.get('conferences', source.conference);
      const one = room?.participants.find(({ uniqueid }) => uniqueid === source.uniqueid);
      return one ? { ...outOf(source, one, 'conference', records), conference: source.conference } : null;
    }
    case 'transfer':
      return ofTransfer(source, records);
  }
}

const nothing = {
  stuck: null,
  at: null,
  atName: '',
  own: null,
  queue: null,
  callId: null,
  parked: null,
  conference: null,
  transfer: null,
} as const;

/** Somebody who talks to nobody just now, and whose leg is known. */
function outOf(
  source: CallSource & { readonly uniqueid: string },
  party: Party,
  state: LineState,
  records: Records,
): CallInHand {
  const legExtension = inside(party, records);
  return {
    ...nothing,
    source,
    party: { number: party.number, name: party.name },
    who: partyText(party),
    leg: source.uniqueid,
    state,
    legExtension,
    extensions: legExtension === null ? [] : [legExtension],
  };
}

function inside({ number }: Party, records: Records): string | null {
  return records.get('extensions', number) ? number : null;
}

/** What the other one's leg does while this line is in that state. */
const otherState: Readonly<Partial<Record<LineState, LineState>>> = {
  ringing: 'dialing',
  held: 'onHold',
  onHold: 'held',
  talking: 'talking',
};

interface Phone {
  readonly number: string;
  readonly name: string;
}

function ofLine(source: CallSource, phone: Phone, line: ExtensionCall, records: Records): CallInHand {
  const state = otherState[line.state];
  const common = { ...nothing, source, queue: line.queue, callId: line.callId, own: line.uniqueid };
  const legExtension = inside(line.party, records);
  if (line.state === 'dialing') {
    const who = partyText(line.party);
    const extensions = [phone.number];
    const moves = { leg: null, stuck: `${who} has not answered yet.`, state: line.state, legExtension };
    return {
      ...common,
      ...moves,
      party: line.party,
      who,
      at: phone.number,
      atName: phone.name || phone.number,
      extensions,
    };
  }
  if (state === undefined) return alone(common, phone, line);
  return {
    ...common,
    party: line.party,
    who: partyText(line.party),
    leg: line.peer,
    stuck:
      line.peer === null
        ? `It is not known who of several is meant in the call of ${phone.name || phone.number}.`
        : null,
    state,
    legExtension,
    at: phone.number,
    atName: phone.name || phone.number,
    extensions: legExtension === null ? [phone.number] : [phone.number, legExtension],
  };
}

/** Nobody at the other end can be moved: the phone's own leg is the call. */
function alone(
  common: Omit<CallInHand, 'party' | 'who' | 'leg' | 'state' | 'legExtension' | 'extensions'>,
  phone: Phone,
  line: ExtensionCall,
): CallInHand {
  const { number, name } = phone;
  return {
    ...common,
    party: { number, name },
    who: name || number,
    leg: line.uniqueid,
    state: line.state,
    legExtension: number,
    extensions: [number],
  };
}

const lineStates = {
  dialing: 'dialing',
  ringing: 'dialing',
  queued: 'queued',
  talking: 'talking',
  onHold: 'onHold',
  parked: 'parked',
  conference: 'conference',
  service: 'service',
} as const;

/** Between two lines outside, or a caller in a menu: the one who called is moved. */
function ofCall(source: CallSource & { readonly id: string }, records: Records): CallInHand | null {
  const call = records.get('calls', source.id);
  const leg = call?.legs[0];
  if (!call || leg === undefined) return null;
  return {
    ...nothing,
    source,
    party: call.from,
    who: partyText(call.from),
    leg,
    state: lineStates[call.state],
    legExtension: inside(call.from, records),
    extensions: [call.from, call.to].flatMap((party) => inside(party, records) ?? []),
    queue: call.queue,
    callId: call.id,
  };
}

function ofTransfer(source: CallSource & { readonly id: string }, records: Records): CallInHand | null {
  const transfer = records.get('transfers', source.id);
  if (!transfer) return null;
  const { party, uniqueid, extension } = transfer;
  return {
    ...nothing,
    source,
    party,
    who: partyText(party),
    leg: uniqueid,
    state: 'onHold',
    legExtension: inside(party, records),
    at: extension,
    atName: (extension && records.get('extensions', extension)?.name) || (extension ?? ''),
    own: transfer.own,
    extensions: [extension, inside(party, records)].filter((one) => one !== null),
    transfer,
  };
}

/** Hold is the same conversation; everything else is another call than the one that was taken up. */
function phase(state: LineState): LineState {
  return state === 'held' || state === 'onHold' ? 'talking' : state;
}

/** Whether what was taken up is still the same call, so that a drop means what was said. */
export function isSame(taken: CallInHand, now: CallInHand): boolean {
  return (
    taken.leg === now.leg &&
    taken.at === now.at &&
    phase(taken.state) === phase(now.state) &&
    taken.transfer?.state === now.transfer?.state
  );
}
