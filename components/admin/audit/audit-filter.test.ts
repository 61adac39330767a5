import { expect, it } from 'vitest';
import { csvAddress, noFields, queryOf } from './audit-filter';

it('asks for what the fields say, and for nothing where they say nothing yet', () => {
  expect(queryOf(noFields)).toBe('');
  expect(queryOf({ ...noFields, actor: '  ', from: '2026-0', to: '0001-01-01' })).toBe('');
  const query = new URLSearchParams(
    queryOf({
      ...{ actor: ' anna & co ', action: 'call.park', target: ' 101', session: '0a1b2c ', result: 'refused' },
      from: '2026-03-01',
      to: '2026-03-01',
    }),
  );
  const day = { from: new Date(2026, 2, 1).toISOString(), to: new Date(2026, 2, 2).toISOString() };
  expect(Object.fromEntries(query)).toEqual({
    ...{ actor: 'anna & co', action: 'call.park', target: '101', session: '0a1b2c', result: 'refused' },
    ...day,
  });
  expect(csvAddress('')).toBe('/api/v1/admin/audit.csv');
  expect(csvAddress('actor=x')).toBe('/api/v1/admin/audit.csv?actor=x');
});
