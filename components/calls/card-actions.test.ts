import { describe, expect, it } from 'vitest';
import { notConfigured } from '@/server/protocol/configured';
import type { ExtensionCall, ParkingSlot, TransferRecord } from '@/server/protocol/records';
import { perform } from '../actions/action';
import { Seat } from '../actions/testing';
import { person } from '../live/testing';
import { cardActions, together } from './card-actions';
import type { MyCall } from './my-call';
import { callRecordOf, line, slotOf, transferOf } from './testing';
import { myCallsNow } from './use-my-calls';

interface Desk {
  readonly lines?: readonly ExtensionCall[];
  readonly transfers?: readonly TransferRecord[];
  readonly slots?: readonly ParkingSlot[];
}

async function desk({ lines = [], transfers = [], slots = [] }: Desk, change = {}): Promise<Seat> {
  const me = person({ number: '101', devices: ['PJSIP/101'], calls: [...lines] });
  return Seat.take(
    {
      extensions: [me, person({ number: '102', name: 'Erik Berg' })],
      transfers: [...transfers],
      parking: [
        { ...notConfigured, lot: 'default', label: '', spaces: { first: '701', last: '720' }, slots: [...slots] },
      ],
      calls: [callRecordOf()],
    },
    change,
  );
}

function first({ mirror }: Seat): MyCall {
  const [call] = myCallsNow(mirror);
  if (!call) throw new Error('there is no call');
  return call;
}

const shown = (seat: Seat, call = first(seat)) =>
  cardActions(seat.context, call).map(({ action, word }) => word ?? action.id.replace('call.', ''));

const states: readonly (readonly [string, Desk, readonly string[]])[] = [
  ['ringing', { lines: [line({ state: 'ringing' })] }, ['Answer', 'Transfer', 'hangup']],
  ['dialing', { lines: [line({ state: 'dialing' })] }, ['hangup']],
  ['talking', { lines: [line()] }, ['Transfer', 'hold', 'park', 'keypad', 'record', 'hangup']],
  ['held', { lines: [line({ state: 'held' })] }, ['Resume', 'transfer', 'park', 'hangup']],
  ['onHold', { lines: [line({ state: 'onHold' })] }, ['Transfer', 'park', 'keypad', 'record', 'hangup']],
  ['conference', { lines: [line({ state: 'conference', peer: null })] }, ['record', 'hangup']],
  ['asking', { transfers: [transferOf({ state: 'ringing' })] }, ['Connect', 'Cancel']],
  ['asked', { transfers: [transferOf()] }, ['Connect', 'Swap', 'Cancel', 'confer']],
  ['transferred', { transfers: [transferOf({ state: 'transferred' })] }, ['Take back']],
  ['returning', { transfers: [transferOf({ state: 'returning' })] }, ['Transfer', 'hangup']],
  [
    'returned',
    { lines: [line({ state: 'ringing' })], transfers: [transferOf({ state: 'returned', own: null })] },
    ['Answer', 'Transfer', 'hangup'],
  ],
  ['parked', { slots: [slotOf()] }, ['Take back']],
];

describe('the buttons of a card', () => {
  it.each(states)('%s', async (_, office, expected) => {
    const seat = await desk(office);
    expect(shown(seat)).toEqual(expected);
    // Who may do everything can press every button that is there.
    const call = first(seat);
    const blocked = cardActions(seat.context, call).map(({ action }) => action.blocked?.(seat.context, call) ?? null);
    expect(blocked).toEqual(expected.map(() => null));
  });

  it('stay, each with its reason, for who may do nothing', async () => {
    for (const [, office, expected] of states) {
      const seat = await desk(office, { permissions: [], role: 'viewer' });
      const call = first(seat);
      expect(shown(seat)).toEqual(expected);
      for (const { action } of cardActions(seat.context, call)) {
        expect(perform(action, seat.context, call), action.id).toMatch(/^Your account may not .+\.$/);
      }
      expect(seat.commands).toEqual([]);
    }
  });
});

it('a conference is offered with the one other call there is', async () => {
  const talking = line();
  const held = line({ uniqueid: 'own2', peer: 'peer2', state: 'held', callId: 'c2' });
  const two = await desk({ lines: [talking, held] });
  expect(shown(two)).toContain('confer');
  expect(perform(together, two.context, first(two))).toBeNull();
  expect(two.commands).toHaveLength(1);
  const third = line({ uniqueid: 'own3', peer: 'peer3', state: 'held', callId: 'c3' });
  expect(shown(await desk({ lines: [talking, held, third] }))).not.toContain('confer');
});
