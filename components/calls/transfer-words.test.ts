import { expect, it } from 'vitest';
import { transferOf } from './testing';
import { transferStory } from './transfer-words';

const story = (change = {}) => {
  const { word, caller, target, next } = transferStory(transferOf(change));
  return [word, `${caller.who} ${caller.doing}`, `${target.who} ${target.doing}`, next];
};

it.each([
  ['ringing', 'Asking', 'Maria Holm waits', 'Erik Berg rings'],
  ['talking', 'Asking', 'Maria Holm waits', 'Erik Berg talks to you'],
  ['swapped', 'Asking', 'Maria Holm talks to you', 'Erik Berg waits'],
  ['transferred', 'On the way', 'Maria Holm is connected', 'Erik Berg rings'],
  ['returning', 'Coming back', 'Maria Holm comes back', 'Erik Berg did not take it'],
  ['returned', 'Back', 'Maria Holm rings at you', 'Erik Berg did not take it'],
] as const)('%s: who waits and who talks', (state, ...expected) => {
  expect(story({ state }).slice(0, 3)).toEqual(expected);
});

it('says why a call came back, in the words of the server', () => {
  expect(story({ state: 'returned', reason: 'Erik Berg (102) is busy' })[3]).toBe('Erik Berg (102) is busy.');
  expect(story({ state: 'returned' })[3]).toBe('Erik Berg did not answer.');
});

it('a caller without a name is told by the number', () => {
  expect(story({ party: { number: '0701', name: '' } })[1]).toBe('0701 waits');
});
