import { expect, it } from 'vitest';
import type { LoggedCall } from '@/server/protocol/call-log';
import { earlierWords } from './earlier';
import { at, holm } from './testing';

const nameOf = (number: string) => (number === '102' ? 'Erik Berg' : number);

function call(...extensions: string[]): LoggedCall {
  return {
    ...{ id: 'c', from: holm, to: { number: '101', name: '' }, queue: null, did: null, startedAt: at(0) },
    ...{
      answeredAt: null,
      endedAt: at(9),
      outcome: extensions.length > 0 ? 'answered' : 'missed',
      extensions,
      notes: [],
    },
  };
}

it('counts, and names the colleague who talked to them last', () => {
  expect(earlierWords({ rows: [call(), call('101', '102')], more: false }, nameOf)).toBe(
    '2 earlier calls, last with Erik Berg',
  );
  expect(earlierWords({ rows: [call('103')], more: false }, nameOf)).toBe('1 earlier call, last with 103');
  expect(earlierWords({ rows: [call(), call(), call()], more: true }, nameOf)).toBe('3+ earlier calls');
});

it('says nothing of who never called', () => {
  expect(earlierWords({ rows: [], more: false }, nameOf)).toBeNull();
});
