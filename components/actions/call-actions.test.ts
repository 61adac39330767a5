import { describe, expect, it } from 'vitest';
import { notConfigured } from '@/server/protocol/configured';
import { nobodyElse } from '@/server/protocol/groups';
import type { MyCall, MyCallState } from '../calls/my-call';
import { callRecordOf, line, slotOf, transferOf } from '../calls/testing';
import { currentCallNow, myCallsNow } from '../calls/use-my-calls';
import { person } from '../live/testing';
import { perform } from './action';
import { callActions, hangUp, park, takeBack } from './call-actions';
import { confer, consultTo, transferTo, voicemailTo } from './call-targets';
import { answerNext, consultHere, transferHere } from './current-call';
import { dial, hangUpPerson, listen, pickUp } from './person-calls';
import { takeWaiting } from './queue-actions';
import { Seat } from './testing';

const greta = (...calls: ReturnType<typeof line>[]) =>
  person({ number: '101', name: 'Greta', devices: ['PJSIP/101'], calls });
const anna = (change = {}) => person({ number: '102', name: 'Anna Berg', group: 'Sales', ...change });
const spaces = { first: '701', last: '720' };
const lot = { ...notConfigured, lot: 'default', label: 'default', spaces, slots: [] };

function only(seat: Seat): MyCall {
  const [call] = myCallsNow(seat.mirror);
  if (!call) throw new Error('there is no call');
  return call;
}

async function inState(state: MyCallState): Promise<Seat> {
  const extensions = (one: ReturnType<typeof line>[]) => [greta(...one), anna()];
  const transfers = (change: Parameters<typeof transferOf>[0]) => [transferOf(change)];
  const parking = [lot];
  switch (state) {
    case 'consulting':
      return Seat.take({ extensions: extensions([line({ peer: 'target1' })]), transfers: transfers({}), parking });
    case 'transferred':
      return Seat.take({
        extensions: extensions([]),
        transfers: transfers({ state: 'transferred', own: null }),
        parking,
      });
    case 'returned':
      return Seat.take({
        extensions: extensions([line({ state: 'ringing' })]),
        transfers: transfers({ state: 'returned' }),
        parking,
      });
    case 'parked':
      return Seat.take({
        extensions: extensions([]),
        parking: [{ ...lot, slots: [slotOf()] }],
        calls: [callRecordOf({ legs: ['parked1'] })],
      });
    default:
      return Seat.take({ extensions: extensions([line({ state })]), calls: [callRecordOf()], parking });
  }
}

/** What is offered in each state to somebody who may do everything. */
const offered: Readonly<Record<MyCallState, readonly string[]>> = {
  ringing: ['answer', 'note', 'hangup', 'transferTo', 'voicemailTo'],
  dialing: ['note', 'hangup'],
  talking: ['hold', 'park', 'record', 'keypad', 'note', 'hangup', 'transferTo', 'consultTo', 'voicemailTo', 'confer'],
  held: ['resume', 'park', 'record', 'note', 'hangup', 'transferTo', 'consultTo', 'voicemailTo', 'confer'],
  onHold: ['park', 'record', 'keypad', 'note', 'hangup', 'transferTo', 'voicemailTo'],
  queued: ['record', 'note', 'hangup'],
  conference: ['record', 'note', 'hangup'],
  service: ['record', 'keypad', 'note', 'hangup'],
  consulting: ['complete', 'swap', 'takeBack', 'record', 'note', 'confer'],
  transferred: ['takeBack', 'note'],
  returned: ['answer', 'note', 'hangup', 'transferTo', 'voicemailTo'],
  parked: ['takeBack', 'retrieve', 'note', 'hangup', 'transferTo', 'voicemailTo'],
};

describe('what is offered', () => {
  it.each(Object.keys(offered) as MyCallState[])('%s', async (state) => {
    const seat = await inState(state);
    const { context } = seat;
    const call = { ...only(seat), callId: 'c1' };
    expect(call.state).toBe(state);
    const to = { call, to: '102' };
    const withMailbox = { ...anna({ mailbox: '102@default' }) };
    seat.change(['extensions', '102', withMailbox]);
    const open = [
      ...callActions.filter((action) => action.blocked?.(context, call) == null),
      ...[transferTo, consultTo, voicemailTo].filter((action) => action.blocked?.(context, to) == null),
      ...(confer.blocked?.(context, { call, other: null }) == null ? [confer] : []),
    ];
    expect(open.map(({ id }) => id.replace('call.', '')).sort()).toEqual([...offered[state]].sort());
  });

  it('says why not in one sentence, in every state', async () => {
    for (const state of Object.keys(offered) as MyCallState[]) {
      const seat = await inState(state);
      for (const action of callActions) {
        const reason = action.blocked?.(seat.context, only(seat)) ?? null;
        if (reason !== null) expect(reason, `${action.id} while ${state}`).toMatch(/^[A-ZÅÄÖ].*[.]$/);
      }
    }
  });

  it('is nothing to a viewer, and nothing while the PBX is away', async () => {
    const viewer = await Seat.take({ extensions: [greta(line()), anna()], parking: [lot] }, { permissions: [] });
    for (const action of callActions)
      expect(action.blocked?.(viewer.context, only(viewer)), action.id).toMatch(/may not/);
    const seat = await inState('talking');
    seat.wire.listeners?.disconnected(false);
    for (const action of callActions) {
      expect(action.blocked?.(seat.context, only(seat)), action.id).toBe('The panel server cannot be reached.');
    }
  });
});

describe('which leg is named', () => {
  it('transfers, parks and sends digits to the other one, never to one’s own phone', async () => {
    const seat = await inState('talking');
    const call = only(seat);
    perform(transferTo, seat.context, { call, to: '102' });
    perform(park, seat.context, call);
    expect(seat.commands).toEqual([
      { name: 'call.transfer', params: { uniqueid: 'peer1', to: '102', mode: 'blind' } },
      { name: 'call.park', params: { uniqueid: 'peer1' } },
    ]);
  });

  it('hangs up one’s own leg, and takes back by the caller’s', async () => {
    const talking = await inState('talking');
    perform(hangUp, talking.context, only(talking));
    expect(talking.commands).toEqual([{ name: 'call.hangup', params: { uniqueid: 'own1' } }]);
    const away = await inState('transferred');
    perform(takeBack, away.context, only(away));
    expect(away.commands).toEqual([{ name: 'call.transfer.cancel', params: { uniqueid: 'peer1' } }]);
  });

  it('brings all three of a consultation into a conference', async () => {
    const seat = await inState('consulting');
    perform(confer, seat.context, { call: only(seat), other: null });
    expect(seat.commands).toEqual([
      { name: 'conference.create', params: { conference: 'meet-101', uniqueids: ['own1', 'peer1', 'target1'] } },
    ]);
  });

  it('sends a command once, however often the key repeats, and again after the answer', async () => {
    const seat = await inState('talking');
    for (let i = 0; i < 5; i += 1) perform(park, seat.context, only(seat));
    expect(seat.commands).toHaveLength(1);
    await seat.wire.last('command').answer({ ok: false, error: 'conflict', message: 'No.' });
    perform(park, seat.context, only(seat));
    expect(seat.commands).toHaveLength(2);
  });
});

describe('limits of a right', () => {
  const limit = {
    ...nobodyElse,
    groups: ['Sales', 'Support'],
    extensions: ['102'],
    departments: ['Support'],
    queues: ['sales'],
  };
  const ringing = line({ state: 'ringing', uniqueid: 'r1' });
  const lists = {
    extensions: [
      greta(),
      anna({ calls: [ringing] }),
      person({ number: '103', group: 'Support', calls: [ringing] }),
      person({ number: '105', calls: [ringing] }),
    ],
  };

  it('let pick up for the named people and departments alone', async () => {
    const seat = await Seat.take(lists, { permissions: ['pickup'], limits: { pickup: limit } });
    expect(pickUp.blocked?.(seat.context, '102')).toBeNull();
    expect(pickUp.blocked?.(seat.context, '103')).toBeNull();
    expect(pickUp.blocked?.(seat.context, '105')).toBe('You may pick up calls of Sales and Support only.');
  });

  it('never bind one’s own calls', async () => {
    const limits = { transfer: limit, park: limit, hangup: limit };
    const seat = await Seat.take({ extensions: [greta(line()), anna()], parking: [lot] }, { limits });
    for (const action of [park, hangUp]) expect(action.blocked?.(seat.context, only(seat)), action.id).toBeNull();
    expect(transferTo.blocked?.(seat.context, { call: only(seat), to: '102' })).toBeNull();
  });

  it('leave oneself with a right for oneself', async () => {
    const own = await Seat.take(
      { extensions: [greta(line()), anna({ calls: [line({ uniqueid: 'x', party: { number: '9', name: '' } })] })] },
      { permissions: ['hangupself'] },
    );
    expect(hangUp.blocked?.(own.context, only(own))).toBeNull();
    expect(hangUpPerson.blocked?.(own.context, '102')).toMatch(/your own extension only/);
  });
});

describe('people, callers and the next one', () => {
  it('does not call oneself, somebody unreachable, or the outside while it is stopped', async () => {
    const seat = await Seat.take();
    expect(dial.blocked?.(seat.context, '102')).toBeNull();
    expect(dial.blocked?.(seat.context, '101')).toBe('This is your own phone.');
    expect(dial.blocked?.(seat.context, '104')).toBe('Olof Away (104) is offline.');
    expect(dial.blocked?.(seat.context, '0301234567')).toBeNull();
    perform(dial, seat.context, '0301234567');
    expect(seat.commands).toEqual([{ name: 'call.dial', params: { extension: '101', to: '0301234567' } }]);
  });

  it('leaves emergency numbers to the server while calls to the outside are stopped', async () => {
    const pbx = [{ id: 'pbx', link: 'up', outsideStopped: { by: 'Ada', since: '2026-11-21T08:00:00.000Z' } }] as never;
    const { context } = await Seat.take({ pbx });
    expect(dial.blocked?.(context, '0301234567')).toBe('Calls to the outside were stopped by Ada.');
    expect(dial.blocked?.(context, '112')).toBeNull();
    expect(dial.blocked?.(context, '102')).toBeNull();
  });

  it('listens to nobody who does not talk, and to no call of one’s own', async () => {
    const talking = anna({ calls: [line({ uniqueid: 'a1', party: { number: '101', name: 'Greta' } })] });
    const seat = await Seat.take({ extensions: [greta(), talking, person({ number: '103', name: 'Annika' })] });
    expect(listen.blocked?.(seat.context, '103')).toBe('Annika (103) talks to nobody.');
    expect(listen.blocked?.(seat.context, '102')).toBe('You take part in this call.');
  });

  it('takes who waited longest when nothing rings, and answers what rings before that', async () => {
    const member = { extension: '101' };
    const caller = {
      uniqueid: 'w1',
      number: '030',
      name: 'Waits',
      position: 1,
      waitingSince: '2026-11-21T08:00:30.000Z',
    };
    const queue = { name: 'sales', label: 'Sales', members: [member], callers: [caller] };
    const lists = { extensions: [greta(), anna()], queues: [queue], parking: [{ ...lot, slots: [slotOf()] }] } as never;
    const seat = await Seat.take(lists);
    perform(answerNext, seat.context, undefined);
    expect(seat.commands).toEqual([{ name: 'queue.take', params: { uniqueid: 'w1', extension: '101' } }]);
    seat.change(['extensions', '101', { calls: [line({ state: 'ringing', uniqueid: 'r1' })] }]);
    perform(answerNext, seat.context, undefined);
    expect(seat.commands.at(-1)).toEqual({ name: 'call.answer', params: { uniqueid: 'r1', extension: '101' } });
    seat.change(['extensions', '101', { calls: [line()] }]);
    expect(answerNext.blocked?.(seat.context)).toBe('Finish the call with Maria Holm first.');
    seat.change(['queues', 'sales', { callers: [] }]);
    const gone = { queue: 'sales', uniqueid: 'w1', party: { number: '030', name: 'Waits' } };
    expect(takeWaiting.blocked?.(seat.context, gone)).toBe('Waits waits no longer.');
  });

  it('acts on the current call from a tile', async () => {
    const seat = await inState('talking');
    expect(currentCallNow(seat.mirror)?.id).toBe('own1');
    perform(consultHere, seat.context, '102');
    expect(seat.commands).toEqual([
      { name: 'call.transfer', params: { uniqueid: 'peer1', to: '102', mode: 'attended' } },
    ]);
    const idle = await Seat.take();
    expect(transferHere.blocked?.(idle.context, '102')).toBe('You have no call.');
  });
});
