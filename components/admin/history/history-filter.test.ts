import { expect, it } from 'vitest';
import { queryOf } from '../../history/use-history';
import { filterOf, noFields } from './history-filter';

it('asks for whole days of the user, the last one included', () => {
  const { from, to } = filterOf({ ...noFields, from: '2026-03-01', to: '2026-03-01' });
  expect(from).toBe(new Date(2026, 2, 1).toISOString());
  expect(to).toBe(new Date(2026, 2, 2).toISOString());
});

it('leaves out what is empty or cannot be read', () => {
  expect(queryOf(filterOf(noFields))).toBe('');
  expect(filterOf({ ...noFields, extension: ' ', from: '2026-03', to: '0001-01-01' })).toEqual({});
  expect(queryOf(filterOf({ ...noFields, extension: ' *1&2 ', feature: 'busy' }))).toBe(
    'extension=*1%262&feature=busy',
  );
});
