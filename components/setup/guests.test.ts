import { expect, it } from 'vitest';
import { findGuests, type Guest, guestsCsv, guestsOf, linkOf, mailTo } from './guests';

const guest = (over: Partial<Guest> = {}): Guest => ({
  ...{ number: '101', name: 'Anna Berg', username: 'anna.berg', email: 'anna@example.com', role: 'member' },
  ...{ chosen: true, problem: null, userId: 'u1', link: 'https://panel.example/setup/#invite=T' },
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

it('writes a mail and a table of links, harmless in a spreadsheet', () => {
  const mail = mailTo(guest(), 7);
  expect(mail).toMatch(/^mailto:anna%40example\.com\?subject=/);
  expect(decodeURIComponent(mail)).toContain(linkOf('T', 'https://panel.example'));
  expect(guestsCsv([guest({ name: '=cmd("x")' }), guest({ link: null })])).toBe(
    'name,extension,user name,e-mail,link\r\n' +
      '"\'=cmd(""x"")",101,anna.berg,anna@example.com,https://panel.example/setup/#invite=T\r\n',
  );
});
