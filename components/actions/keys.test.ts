import { describe, expect, it } from 'vitest';
import { extensionActions } from './extension-actions';
import { globalActions } from './global-actions';
import { keyCaps, pressed } from './keys';

const press = (key: string, held = '') => ({
  key,
  ctrlKey: held.includes('c'),
  metaKey: held.includes('m'),
  altKey: held.includes('a'),
  shiftKey: held.includes('s'),
});

describe('keys', () => {
  it.each([
    ['d', press('d'), true],
    ['d', press('D', 's'), false],
    ['shift+d', press('D', 's'), true],
    ['shift+d', press('d'), false],
    ['d', press('d', 'c'), false],
    ['?', press('?', 's'), true],
    ['/', press('/'), true],
    ['/', press('/', 's'), true],
    ['mod+k', press('k', 'c'), true],
    ['mod+k', press('k', 'm'), true],
    ['mod+k', press('k'), false],
    ['alt+shift+ArrowLeft', press('ArrowLeft', 'as'), true],
    ['alt+shift+ArrowLeft', press('ArrowLeft', 'a'), false],
    ['Enter', press('Enter'), true],
  ])('%s against %j is %s', (keys, event, hit) => expect(pressed(event, keys)).toBe(hit));

  it('draws caps for each system', () => {
    expect(keyCaps('mod+k', true)).toEqual(['⌘', 'K']);
    expect(keyCaps('alt+shift+ArrowLeft', false)).toEqual(['Alt', 'Shift', '←']);
  });

  it('gives no key to two actions', () => {
    const keys = [...globalActions, ...extensionActions].flatMap((action) => action.keys ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
