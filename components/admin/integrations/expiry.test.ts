import { expect, it } from 'vitest';
import { endOf, leftText, stateOf } from './expiry';

const now = Date.UTC(2026, 2, 1, 12);
const at = (days: number) => new Date(now + days * 86_400_000).toISOString();

it('reckons when a token ends', () => {
  expect(endOf('30', '', now)).toBe(at(30));
  expect(endOf('never', '2026-05-01', now)).toBeNull();
  const end = endOf('date', '2026-05-01', now) ?? '';
  expect(new Date(end).getDate()).toBe(1);
  expect(new Date(end).getHours()).toBe(23);
  expect(endOf('date', '', now)).toBe('');
});

it('knows which are about to end', () => {
  expect(stateOf({ expiresAt: null, revokedAt: null }, now)).toBe('valid');
  expect(stateOf({ expiresAt: at(30), revokedAt: null }, now)).toBe('valid');
  expect(stateOf({ expiresAt: at(13), revokedAt: null }, now)).toBe('soon');
  expect(stateOf({ expiresAt: at(0), revokedAt: null }, now)).toBe('expired');
  expect(stateOf({ expiresAt: at(30), revokedAt: at(-1) }, now)).toBe('revoked');
  expect([leftText(at(0.5), now), leftText(at(1.5), now), leftText(at(9.9), now)]).toEqual([
    'within a day',
    'in 1 day',
    'in 9 days',
  ]);
});
