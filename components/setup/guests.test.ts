import { expect, it } from 'vitest';
import { findGuests, type Guest, guestsOf } from './guests';

const guest = (over: Partial<Guest> = {}): Guest => ({
  ...{ number: '101', name: 'Anna Berg', username: 'anna.berg', email: 'anna@example.com', role: 'member' },
  ...{ chosen: true, problem: null, userId: null, link: null },
  ...over,
});

it('suggests those without an account', () => {
  const person = { group: null, role: 'member', username: 'x' };
  const guests = guestsOf([
    { ...person, number: '101', name: 'Anna', email: 'a@b.c', hasUser: true },
    { ...person, number: '102', name: '', email: null, hasUser: false },
    { ...person, number: '103', name: 'Carla', email: 'c@b.c', hasUser: false },
  ]);
  expect(guests.map(({ name, email }) => [name, email])).toEqual([
    ['102', ''],
    ['Carla', 'c@b.c'],
  ]);
});

it('finds them by every word', () => {
  const guests = [guest(), guest({ number: '102', name: 'Bilal Demir', username: 'bilal', email: '' })];
  expect(findGuests(guests, 'BERG 10').map(({ number }) => number)).toEqual(['101']);
  expect(findGuests(guests, '')).toHaveLength(2);
});
