import { describe, expect, it } from 'vitest';
import { actionFor, everywhere, keyRows, keysOf, onTile, refusalOf, withKeys } from './bindings';
import { given, judge, taken } from './key-editor';
import { holderOf, keyRefusal } from './key-rules';
import { keysOfPress } from './keys';

const press = (key: string, held = '', code = '') => ({
  key,
  code,
  ctrlKey: held.includes('c'),
  metaKey: held.includes('m'),
  altKey: held.includes('a'),
  shiftKey: held.includes('s'),
});

describe('a press as it is written', () => {
  it.each([
    [press('d'), 'd'],
    [press('D', 's'), 'shift+d'],
    [press('D'), 'd'],
    [press('k', 'm'), 'mod+k'],
    [press('?', 's'), '?'],
    [press('+', '', 'NumpadAdd'), 'NumpadAdd'],
    [press('Enter', '', 'NumpadEnter'), 'NumpadEnter'],
    [press('F8', 's', 'F8'), 'shift+F8'],
    [press('ß'), 'ß'],
    [press('∂', 'as', 'KeyD'), 'alt+shift+d'],
    [press('Shift', 's'), null],
    [press('Dead'), null],
  ])('%j', (event, keys) => expect(keysOfPress(event)).toBe(keys));

  it('is found again by what was written', () => {
    for (const event of [press('+'), press('+', 'c'), press('D', 's'), press('∂', 'as', 'KeyD'), press('F8', 's')]) {
      const keys = keysOfPress(event);
      const action = { id: 'x', keys: [keys ?? ''] } as unknown as (typeof everywhere)[number];
      expect(actionFor([action], {}, event), keys ?? '').toBe(action);
    }
  });
});

describe('keys of one user', () => {
  const answer = everywhere.find(({ id }) => id === 'call.next');
  if (!answer) throw new Error('there is no answering');

  it('replace the first ones, also by none', () => {
    expect(keysOf({}, answer)).toEqual(['F2', 'NumpadAdd']);
    expect(keysOf({ 'call.next': ['y'] }, answer)).toEqual(['y']);
    expect(actionFor(everywhere, { 'call.next': [] }, press('F2'))).toBeUndefined();
    expect(actionFor(everywhere, { 'call.next': ['y'] }, press('y'))).toBe(answer);
  });

  it('are put and taken back one action at a time', () => {
    const keys = withKeys(withKeys({}, 'call.next', ['y']), 'call.park', []);
    expect(keys).toEqual({ 'call.next': ['y'], 'call.park': [] });
    expect(withKeys(keys, 'call.next', null)).toEqual({ 'call.park': [] });
  });

  it('tell who has a key in the same place, and not on another', () => {
    const all = [
      { id: 'a', place: 'everywhere', keys: ['x'] },
      { id: 'b', place: 'everywhere', keys: ['y'] },
      { id: 'c', place: 'tile', keys: ['x'] },
    ] as const;
    expect(holderOf(all, all[1], 'x')?.id).toBe('a');
    expect(holderOf(all, all[0], 'x')).toBeNull();
    expect(holderOf(all, all[2], 'y')).toBeNull();
  });
});

describe('keys that cannot be given', () => {
  it.each([
    'Tab',
    'Enter',
    'Escape',
    'F5',
    'F12',
    'mod+t',
    'mod+w',
    'mod+1',
    'alt+f',
    'mod+alt+x',
    'Insert',
    'ArrowUp',
    'shift+Tab',
  ])('%s is refused with a reason', (keys) => expect(keyRefusal(keys)).toMatch(/\.$/));

  it.each(['F2', 'F4', 'F8', 'F9', 'shift+F2', 'NumpadAdd', 'q', 'shift+q', '+', 'ö', 'mod+k', 'alt+shift+d', '5'])(
    '%s may be given',
    (keys) => expect(keyRefusal(keys)).toBeNull(),
  );

  it('gives back the first keys of an action whatever they are', () => {
    expect(keyRefusal('mod+z')).not.toBeNull();
    expect(refusalOf('undo', 'mod+z')).toBeNull();
  });
});

it('has words for everything in the list of keys, each its own', () => {
  const rows = keyRows({});
  expect(rows.filter(({ words, id }) => words === id || !/^[A-Z]/.test(words))).toEqual([]);
  const here = rows.map(({ place, words }) => `${place} ${words}`);
  expect(here.filter((one, i) => here.indexOf(one) !== i)).toEqual([]);
});

describe('changing a key', () => {
  const row = (id: string, keys = {}) => {
    const found = keyRows(keys).find((one) => one.id === id);
    if (!found) throw new Error(`there is no ${id}`);
    return found;
  };

  it('names who has it, and takes it from them when told to', () => {
    const verdict = judge({}, row('call.park'), 'F2');
    expect(verdict).toMatchObject({ ok: false, holder: { id: 'call.next' } });
    const keys = given({}, row('call.park'), 'F2', row('call.next'));
    expect(keys).toEqual({ 'call.next': ['NumpadAdd'], 'call.park': ['F8', 'NumpadDivide', 'F2'] });
    expect(judge(keys, row('call.next', keys), 'F2')).toMatchObject({ holder: { id: 'call.park' } });
  });

  it('refuses what the browser owns, what it has, and a fifth one', () => {
    expect(judge({}, row('call.park'), 'mod+w')).toMatchObject({ ok: false, holder: null });
    expect(judge({}, row('call.park'), 'F8')).toMatchObject({ reason: 'It has this key already.' });
    const many = { 'call.park': ['1', '2', '3', '4'] };
    expect(judge(many, row('call.park', many), '5')).toMatchObject({ ok: false });
  });

  it('may leave an action without any', () => {
    expect(taken({ 'call.park': ['x'] }, row('call.park', { 'call.park': ['x'] }), 'x')).toEqual({ 'call.park': [] });
  });
});

it('gives no key to two actions in one place, and no first key that the browser owns', () => {
  for (const actions of [everywhere, onTile]) {
    const keys = actions.flatMap((action) => action.keys ?? []);
    expect(keys.filter((one, i) => keys.indexOf(one) !== i)).toEqual([]);
    const ids = actions.map(({ id }) => id);
    expect(ids.filter((one, i) => ids.indexOf(one) !== i)).toEqual([]);
  }
  const allowed = new Set(['mod+z', 'Enter', ' ']);
  const all = [...everywhere, ...onTile].flatMap((action) => action.keys ?? []);
  expect(all.filter((keys) => !allowed.has(keys) && keyRefusal(keys) !== null)).toEqual([]);
});
