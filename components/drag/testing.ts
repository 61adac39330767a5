import { notConfigured } from '@/server/protocol/configured';
import type { QueueMember } from '@/server/protocol/records';
import type { SnapshotLists } from '@/server/protocol/state';
import { Seat } from '../actions/testing';
import { at, callRecordOf, line, slotOf, transferOf } from '../calls/testing';
import { person } from '../live/testing';
import type { CallSource } from './call-source';

const karl = { number: '+491701234', name: 'Karl Meier' };
const anna = { number: '102', name: 'Anna Berg' };

/** For tests: a call of every kind, by the name of its row in the tables. */
export const sources = {
  'my talking call': { kind: 'line', extension: '101', own: 'own1' },
  'my call on hold': { kind: 'line', extension: '101', own: 'own2' },
  'my ringing call': { kind: 'line', extension: '101', own: 'own3' },
  'my unanswered call': { kind: 'line', extension: '101', own: 'own4' },
  'talks to Anna': { kind: 'line', extension: '102', own: 'anna1' },
  'rings at Bo': { kind: 'line', extension: '103', own: 'bo1' },
  'waits in a queue': { kind: 'waiting', queue: '601', uniqueid: 'w1' },
  'parked call': { kind: 'parked', lot: 'default', uniqueid: 'parked1' },
  'in a conference': { kind: 'participant', conference: '800', uniqueid: 'p1' },
  'I ask Anna': { kind: 'transfer', id: 't1' },
  'on the way to Anna': { kind: 'transfer', id: 't2' },
  'in a menu': { kind: 'call', id: 'ivr' },
} as const satisfies Record<string, CallSource>;

export type SourceName = keyof typeof sources;

const member: QueueMember = {
  ...{ interface: 'PJSIP/103', stateInterface: 'PJSIP/103', extension: '103', name: 'Bo', state: 'idle' },
  ...{ paused: false, pausedReason: '', pausedSince: null, penalty: 0, callsTaken: 0, lastCall: null },
  ...{ membership: 'dynamic', inCall: false },
};

const numbers = { strategy: 'ringall', completed: 0, abandoned: 0, serviceLevel: 0, serviceLevelPerf: 0 };

/** For tests: an office in which all of `sources` go on; Greta at 101 looks at it. */
export function busyOffice(): Partial<SnapshotLists> {
  return {
    extensions: [
      person({
        number: '101',
        name: 'Greta',
        state: 'inUse',
        calls: [
          line({ party: karl }),
          line({ uniqueid: 'own2', peer: 'peer2', state: 'held', callId: 'c2' }),
          line({ uniqueid: 'own3', peer: 'peer3', state: 'ringing', callId: 'c3' }),
          line({ uniqueid: 'own4', peer: null, state: 'dialing', direction: 'out', callId: 'c4' }),
        ],
      }),
      person({
        ...anna,
        group: 'Sales',
        mailbox: '102@default',
        calls: [line({ uniqueid: 'anna1', peer: 'out1', callId: 'c5' })],
      }),
      person({
        number: '103',
        name: 'Bo',
        calls: [line({ uniqueid: 'bo1', peer: 'out2', state: 'ringing', callId: 'c6', queue: '601' })],
      }),
      person({ number: '104', name: 'Olof', state: 'unavailable', mailbox: null }),
      person({ number: '105', name: 'Ida', dnd: { ...person().dnd, on: true } }),
    ],
    queues: [
      {
        ...{ ...notConfigured, name: '601', label: 'Support', ...numbers, members: [member] },
        callers: [{ uniqueid: 'w1', ...karl, position: 1, waitingSince: at(0) }],
      },
      { ...notConfigured, name: '602', label: 'Sales', ...numbers, members: [], callers: [] },
    ],
    parking: [
      {
        ...notConfigured,
        ...{ lot: 'default', label: '', spaces: { first: '701', last: '720' }, slots: [slotOf(karl)] },
      },
    ],
    conferences: [
      {
        ...{ ...notConfigured, name: '800', label: '800', kind: 'confbridge', locked: false, recording: false },
        participants: [
          {
            ...{ uniqueid: 'p1', ...karl, extension: null, muted: false, talking: false, admin: false, marked: false },
            joinedAt: at(0),
          },
        ],
      },
      {
        ...notConfigured,
        name: '801',
        label: '801',
        kind: 'confbridge',
        locked: true,
        recording: false,
        participants: [],
      },
    ],
    calls: [
      callRecordOf({ id: 'ivr', legs: ['ivr1'], from: karl, to: { number: '', name: '' }, state: 'service' }),
      callRecordOf({ id: 'c5', legs: ['out1', 'anna1'], to: anna }),
    ],
    transfers: [
      transferOf({ party: karl, uniqueid: 'x1', to: anna }),
      transferOf({ id: 't2', party: karl, uniqueid: 'x2', to: anna, state: 'transferred', own: null, target: null }),
    ],
  };
}

export function busySeat(change: Parameters<typeof Seat.take>[1] = {}): Promise<Seat> {
  return Seat.take(busyOffice(), change);
}
