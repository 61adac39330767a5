import { expect, it } from 'vitest';
import type { DepartmentGuess, SetupPerson } from '@/server/protocol/setup';
import { editsOf, merged } from './department-edits';

const person = (number: string, name: string, group: string | null = null): SetupPerson => ({
  ...{ number, name, group, email: null, username: name, role: 'member', hasUser: false },
});
const guess = (name: string, ...numbers: string[]): DepartmentGuess => ({
  ...{ id: `name:${name}`, name, why: '', source: 'name', numbers },
});
const people = [person('101', 'Anna', 'Sales'), person('102', 'Bilal'), person('103', ''), person('104', 'Dara')];
const guesses = [guess('Sales', '101', '102'), guess('Verkauf', '103')];

it('changes only what is otherwise than it stands there', () => {
  expect(editsOf(guesses, people, { guesses: new Map(), names: new Map([['104', ' Dara ']]) })).toEqual([
    { kind: 'extension', key: '102', set: { group: 'Sales' } },
    { kind: 'extension', key: '103', set: { group: 'Verkauf' } },
  ]);
});

it('takes names as they were corrected, and leaves out what is not wanted', () => {
  const choices = {
    guesses: new Map([
      ['name:Sales', { wanted: false, name: 'Sales' }],
      ['name:Verkauf', { wanted: true, name: ' Support ' }],
    ]),
    names: new Map([
      ['103', 'Carla'],
      ['102', ''],
    ]),
  };
  expect(editsOf(guesses, people, choices)).toEqual([
    { kind: 'extension', key: '103', set: { group: 'Support', label: 'Carla' } },
  ]);
});

it('makes one department of two that are called the same', () => {
  const choices = { guesses: new Map([['name:Verkauf', { wanted: true, name: 'sales' }]]), names: new Map() };
  expect([...merged(guesses, choices)]).toEqual([['name:Verkauf', 'Sales']]);
  expect(merged(guesses, { guesses: new Map(), names: new Map() }).size).toBe(0);
});
