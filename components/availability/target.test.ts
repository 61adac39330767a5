import { describe, expect, it } from 'vitest';
import { readTarget } from './target';

const people = [
  { number: '101', name: 'Åsa Öberg' },
  { number: '102', name: 'Jan Berg' },
  { number: '103', name: 'Jan Berg' },
];

describe('a target', () => {
  it.each([
    ['102', '102'],
    ['+46 (8) 123-45', '+46812345'],
    ['asa oberg', '101'],
    ['*97', '*97'],
  ])('%j is %s', (text, to) => expect(readTarget(text, '', people)).toEqual({ to, ringCount: null }));
  it('takes the rings with it', () => expect(readTarget('102', '4', people)).toEqual({ to: '102', ringCount: 4 }));
  it.each([
    ['Jan Berg', '', 'Several people have this name: choose a number.'],
    ['Zoë Lind!', '', 'Enter a number, or choose a person.'],
    ['', '', 'Enter a number, or choose a person.'],
    ['102', '0', 'Let it ring 1 to 60 times.'],
    ['102', '61', 'Let it ring 1 to 60 times.'],
  ])('refuses %j with %j rings', (text, rings, error) => expect(readTarget(text, rings, people)).toEqual({ error }));
});
