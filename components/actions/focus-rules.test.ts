import { describe, expect, it } from 'vitest';
import type { MyCall } from '../calls/my-call';
import { type Attention, focusMove, quietMs, sameCall } from './focus-rules';

const free: Attention = { on: true, busy: false, typedAgo: Number.POSITIVE_INFINITY };

function call(change: Partial<MyCall> = {}): MyCall {
  return {
    ...{
      id: 'own1',
      state: 'talking',
      callId: 'c1',
      own: 'own1',
      peer: 'peer1',
      direction: 'in',
      queue: null,
      did: null,
    },
    ...{ party: { number: '030', name: 'Karl' }, since: '', transfer: null, parked: null },
    ...change,
  } as MyCall;
}

const ringing = call({ state: 'ringing' });
const talking = call();
const consulting = call({ id: 't1', state: 'consulting' });

describe('focus', () => {
  it.each([
    ['a call begins to ring', [], [ringing], 'card'],
    ['it was answered', [ringing], [talking], 'search'],
    ['a phone answered by itself', [], [talking], 'search'],
    ['it goes on ringing', [ringing], [ringing], null],
    ['it ends', [talking], [], null],
    ['one calls out oneself', [], [call({ state: 'dialing', direction: 'out' })], null],
    ['the other one answers', [call({ state: 'dialing', direction: 'out' })], [call({ direction: 'out' })], null],
    ['a consultation begins', [talking], [consulting], 'card'],
    [
      'it is cancelled and the caller is back, on a new leg',
      [consulting],
      [call({ id: 'own2', own: 'own2' })],
      'search',
    ],
    ['a held call is resumed', [call({ state: 'held' })], [talking], null],
    [
      'a transferred call comes back',
      [call({ id: 't1', state: 'transferred', own: null })],
      [call({ id: 't1', state: 'returned' })],
      'card',
    ],
    [
      'a second call rings while one is talked to',
      [talking],
      [talking, call({ ...ringing, id: 'x', own: 'x', peer: 'y' })],
      'card',
    ],
  ] as const)('%s', (_, before, now, to) => expect(focusMove(before, now, free)?.to ?? null).toBe(to));

  it('never moves away from a field, a dialog, or keys on their way, nor against the preference', () => {
    const move = (attention: Partial<Attention>) => focusMove([], [ringing], { ...free, ...attention });
    expect(move({ busy: true })).toBeNull();
    expect(move({ typedAgo: quietMs - 1 })).toBeNull();
    expect(move({ typedAgo: quietMs })).not.toBeNull();
    expect(move({ on: false })).toBeNull();
  });

  it('prefers the call that rings to the search', () => {
    const other = call({ id: 'b', own: 'b', peer: 'bp', state: 'ringing' });
    expect(focusMove([ringing], [talking, other], free)).toMatchObject({ to: 'card', call: { id: 'b' } });
  });

  it('knows a call by any of its legs, and strangers by none', () => {
    expect(sameCall(talking, consulting)).toBe(true);
    expect(sameCall(call({ own: null, peer: null }), call({ id: 'z', own: null, peer: null }))).toBe(false);
  });
});
