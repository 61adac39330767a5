import { describe, expect, it } from 'vitest';
import type { ExtensionCall, LineState } from '@/server/protocol/records';
import { fromPbx, person } from '../live/testing';
import { describe as inWords, lineSince, statusOf } from './status';

const call = (state: LineState, extra: Partial<ExtensionCall> = {}): ExtensionCall => ({
  callId: state,
  uniqueid: state,
  peer: null,
  direction: 'in',
  state,
  party: { number: '0701', name: 'Maria' },
  queue: null,
  startedAt: '2026-11-21T08:00:00.000Z',
  answeredAt: state === 'ringing' ? null : '2026-11-21T08:00:09.000Z',
  stateSince: null,
  ...extra,
});

const dnd = { ...fromPbx, on: true, note: null, until: null };

describe('statusOf', () => {
  it('shows DND on an idle phone, and the call on a busy one', () => {
    expect(statusOf(person({ dnd }))).toMatchObject({ tone: 'dnd', word: 'Do not disturb', short: 'DND' });
    expect(statusOf(person({ dnd, state: 'inUse', calls: [call('talking')] }))).toMatchObject({ tone: 'talking' });
  });
  it('keeps an unreachable phone grey whatever its DND', () => {
    expect(statusOf(person({ dnd, state: 'unavailable' }))).toMatchObject({ tone: 'offline', word: 'Offline, DND' });
  });
  it('puts the conversation before the call that waits', () => {
    const status = statusOf(person({ state: 'ringInUse', calls: [call('ringing'), call('talking')] }));
    expect(status.call?.state).toBe('talking');
    expect(status.others.map((one) => one.state)).toEqual(['ringing']);
  });
  it('uses the clock of the state: ring from its start, talk from the answer, hold from the hold', () => {
    expect(lineSince(call('ringing'))).toBe('2026-11-21T08:00:00.000Z');
    expect(lineSince(call('talking'))).toBe('2026-11-21T08:00:09.000Z');
    const stateSince = '2026-11-21T08:01:00.000Z';
    expect(lineSince(call('held', { stateSince }))).toBe(stateSince);
  });
  it('says busy when the phone is in use but its call is not known', () => {
    expect(statusOf(person({ state: 'inUse' }))).toMatchObject({ tone: 'talking', word: 'Busy', since: null });
  });
  it('tells presence that differs from being there', () => {
    const presence = { ...fromPbx, state: 'away', subtype: 'Lunch', message: '', until: null } as const;
    expect(statusOf(person({ presence }))).toMatchObject({ tone: 'away', word: 'Lunch' });
    expect(statusOf(person({ presence: { ...presence, state: 'available' } }))).toMatchObject({ tone: 'free' });
  });
});

describe('the tile in words', () => {
  it('tells everything the tile shows, without clocks', () => {
    const text = inWords(
      person({
        dnd,
        calls: [call('talking', { queue: 'sales' }), call('ringing')],
        forward: { ...person().forward, always: '0700' },
        voicemail: { new: 2, old: 0 },
      }),
    );
    expect(text).toBe(
      'Anna, 101, Talking, from Maria, queue sales, 1 more on the line, do not disturb, forwards all to 0700, 2 new voicemail',
    );
  });
});
