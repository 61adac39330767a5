import { expect, it } from 'vitest';
import { cardsAfter } from './card-keys';
import { myCallsOf } from './my-calls';
import { line, Office, transferOf } from './testing';

const mine = (office: Office) => myCallsOf(office, '101', 'greta');
const keys = (cards: readonly { key: string }[]) => cards.map(({ key }) => key);

it('a call keeps its card through a consultation and back', () => {
  const talking = cardsAfter([], mine(new Office().phone('101', line())));
  const asking = cardsAfter(talking, mine(new Office().phone('101', line()).transfer(transferOf())));
  const again = cardsAfter(asking, mine(new Office().phone('101', line({ uniqueid: 'own9' }))));
  expect([keys(talking), keys(asking), keys(again)]).toEqual([['own1'], ['own1'], ['own1']]);
  expect(asking[0]?.call.id).toBe('t1');
});

it('two calls never share a card', () => {
  const both = mine(new Office().phone('101', line(), line({ uniqueid: 'own2', peer: 'peer2' })));
  const first = cardsAfter([], both);
  expect(new Set(keys(first)).size).toBe(2);
  // The same call id for both: the one that is still itself keeps its card.
  const later = cardsAfter(first, [...both].reverse());
  expect(keys(later)).toEqual([...keys(first)].reverse());
});

it('a key that stands for another card is not given again', () => {
  const talking = cardsAfter([], mine(new Office().phone('101', line())));
  const asking = cardsAfter(talking, mine(new Office().phone('101', line()).transfer(transferOf())));
  const other = line({ uniqueid: 'own1', peer: 'else', callId: 'c9' });
  const office = new Office().phone('101', other).transfer(transferOf({ own: 'own5' }));
  const next = cardsAfter(asking, mine(office));
  expect(new Set(keys(next)).size).toBe(2);
});
