import { describe, expect, test } from 'vitest';
import { mismatches, type Observed } from './expected';

const observed: Observed = {
  extensions: {
    '101': {
      state: 'inUse',
      dnd: false,
      forward: { always: null, busy: null, noAnswer: null },
      presence: 'not_set',
      presenceSubtype: '',
      presenceMessage: '',
      dndSource: null,
      alwaysSource: null,
      busySource: null,
      noAnswerSource: null,
      presenceSource: null,
      newMessages: 0,
      talkingTo: ['102'],
      lines: undefined,
    },
  },
  calls: [{ from: '101', to: '102', state: 'talking', queue: null, did: null }],
  queues: { support: { callers: ['103'], members: { '106': { state: 'idle', paused: false, reason: '' } } } },
  parking: {},
  conferences: {},
  trunkLegs: 0,
  channels: 3,
};

describe('expectations', () => {
  test('fit when every given field is there', () => {
    expect(
      mismatches(
        {
          extensions: { '101': { talkingTo: ['102'], lines: ['talking'] } },
          calls: [{ state: 'talking', from: '101' }],
          queues: { support: { callers: ['103'], members: { '106': { paused: false }, '110': null } } },
          parking: { default: [] },
          conferences: { '800': null },
          channels: 3,
        },
        observed,
      ),
    ).toEqual([]);
  });

  test.each([
    ['a wrong state', { extensions: { '101': { state: 'idle' } } }],
    ['a missing extension', { extensions: { '199': { state: 'idle' } } }],
    ['a call too many', { calls: [] }],
    ['a call too few', { calls: [{ state: 'talking' }, { state: 'talking' }] }],
    ['another call', { calls: [{ state: 'ringing' }] }],
    ['a caller order', { queues: { support: { callers: [] } } }],
    ['a member that should be gone', { queues: { support: { members: { '106': null } } } }],
    ['a missing slot', { parking: { default: [{ space: '701' }] } }],
    ['a missing room', { conferences: { '800': {} } }],
    ['a channel count', { channels: 0 }],
    ['trunk legs', { trunkLegs: 1 }],
  ] as const)('name %s', (_title, expected) => {
    expect(mismatches(expected, observed)).toHaveLength(1);
  });

  test('let an observer who does not know calls pass', () => {
    expect(mismatches({ calls: [] }, { ...observed, calls: undefined })).toEqual([]);
  });
});
