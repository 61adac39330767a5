import { expect, it } from 'vitest';
import { mayGoTo, nextPlace, placeOf, withPassed } from './steps';

const at = (...passed: ('account' | 'pbx' | 'departments' | 'people')[]) => ({ passed });

it('goes on where it was left', () => {
  expect(nextPlace(at())).toBe('account');
  expect(nextPlace(at('account', 'departments'))).toBe('pbx');
  expect(nextPlace(at('account', 'pbx', 'departments', 'people'))).toBe('done');
});

it('goes back by the address, never beyond what is next', () => {
  expect(placeOf('#account', at('account'))).toBe('account');
  expect(placeOf('#people', at('account'))).toBe('pbx');
  expect(placeOf('#done', at('account'))).toBe('pbx');
  expect(placeOf('#done', at('account', 'pbx', 'departments', 'people'))).toBe('done');
  expect(placeOf('#nonsense', at())).toBe('account');
  expect(mayGoTo('departments', at('account', 'pbx'))).toBe(true);
  expect(mayGoTo('people', at('account', 'pbx'))).toBe(false);
});

it('keeps the order of the steps, each once', () => {
  const progress = { passed: at('account').passed, dismissed: [], finished: false };
  expect(withPassed(withPassed(progress, 'people'), 'pbx').passed).toEqual(['account', 'pbx', 'people']);
  expect(withPassed(progress, 'account').passed).toEqual(['account']);
});
