import { describe, expect, it } from 'vitest';
import { defaultStates } from '@/server/protocol/availability-default';
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

describe('presence in the administrator’s words', () => {
  const away = { ...fromPbx, state: 'away', subtype: 'lunch', message: 'Back at two', until: null } as const;
  it('has its name, icon and colour', () => {
    expect(statusOf(person({ presence: away }), defaultStates)).toMatchObject({
      tone: 'away',
      word: 'Out to lunch',
      presence: { icon: 'utensils', colour: 'blue', away: true },
    });
  });
  it('is the phone’s own word where the administrator has none', () => {
    const presence = { ...away, subtype: 'Dentist' };
    expect(statusOf(person({ presence }), defaultStates).word).toBe('Dentist');
  });
  it('is free, with a word, for somebody who is there in a special way', () => {
    const presence = { ...away, state: 'available', subtype: 'Remote' } as const;
    expect(statusOf(person({ presence }), defaultStates)).toMatchObject({ tone: 'free', word: 'Remote' });
  });
  it('is not told twice beside do-not-disturb', () => {
    const presence = { ...away, state: 'dnd', subtype: '', message: 'Quiet' } as const;
    const text = inWords(person({ dnd: { ...dnd, note: 'Quiet' }, presence }), defaultStates);
    expect(text).toBe('Anna, 101, Do not disturb, Quiet');
  });
  it('is told beside a call', () => {
    const text = inWords(person({ presence: away, calls: [call('talking')] }), defaultStates);
    expect(text).toBe('Anna, 101, Talking, from Maria, Out to lunch, Back at two');
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
  it('tells ends, every forwarding, and what is not yet on the phone', () => {
    const text = inWords(
      person({
        dnd: { ...dnd, until: '2026-11-21T14:00:00.000Z' },
        forward: { ...person().forward, busy: '102', noAnswer: '103' },
        unsynced: [{ feature: 'dnd', backend: 'dfks', kind: 'away', reason: '' }],
      }),
      [],
      (iso) => iso.slice(11, 16),
    );
    expect(text).toBe(
      'Anna, 101, Do not disturb until 14:00, forwards busy to 102, forwards no answer to 103, not yet on the phone',
    );
  });
});
