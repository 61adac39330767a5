import { describe, expect, it } from 'vitest';
import { type ButtonPatch, type ButtonRecord, nothingFound, nothingSet } from '@/server/protocol/buttons';
import { everything, findButtons, knownOf } from './find-buttons';
import { moved } from './use-grid';

function row(key: string, set: ButtonPatch = {}, more: Partial<ButtonRecord> = {}): ButtonRecord {
  const found = { ...nothingFound, label: `Found ${key}`, group: 'Sales' };
  const own = { ...nothingSet, ...set };
  return { kind: 'extension', key, own, found, added: false, vanishedAt: null, version: 0, by: null, ...more };
}

const rows = [
  row('101'),
  row('102', { label: 'Front desk', group: 'Reception', tags: ['vip'] }),
  row('103', { hidden: true }),
  row('sales', {}, { kind: 'queue', vanishedAt: '2026-03-01T12:00:00.000Z' }),
  row('900', { email: 'gate@x.example' }, { added: true }),
];
const keys = (filter: Partial<typeof everything>) =>
  findButtons(rows, { ...everything, ...filter }).map(({ key }) => key);

describe('which rows are looked at', () => {
  it('all, without making a new list', () => expect(findButtons(rows, everything)).toBe(rows));

  it.each([
    [{ text: 'front' }, ['102']],
    [{ text: 'FOUND 10' }, ['101', '102', '103']],
    [{ text: 'desk reception' }, ['102']],
    [{ text: 'gate@' }, ['900']],
    [{ kind: 'queue' }, ['sales']],
    [{ group: 'Sales' }, ['101', '103', 'sales', '900']],
    [{ tag: 'vip' }, ['102']],
    [{ state: 'changed' }, ['102', '103', '900']],
    [{ state: 'vanished' }, ['sales']],
    [{ state: 'added' }, ['900']],
    [{ state: 'hidden' }, ['103']],
    [{ text: '10', state: 'changed' }, ['102', '103']],
  ] as const)('%j', (filter, expected) => expect(keys(filter)).toEqual(expected));

  it('knows departments and tags as they count', () => {
    expect(knownOf(rows)).toEqual({ groups: ['Reception', 'Sales'], tags: ['vip'] });
  });
});

describe('where a key leads', () => {
  const size = { rows: 100, columns: 5, page: 15 };
  it.each([
    ['ArrowDown', false, [0, 1], [1, 1]],
    ['ArrowUp', false, [0, 1], [0, 1]],
    ['ArrowDown', true, [3, 1], [99, 1]],
    ['ArrowRight', false, [3, 4], [3, 4]],
    ['PageDown', false, [90, 0], [99, 0]],
    ['PageUp', false, [20, 0], [5, 0]],
    ['Home', false, [7, 3], [7, 0]],
    ['End', true, [7, 3], [99, 4]],
  ] as const)('%s (Ctrl: %s) from %j', (key, control, [row_, column], [toRow, toColumn]) => {
    expect(moved(key, control, { row: row_, column }, size)).toEqual({ row: toRow, column: toColumn });
  });
  it('nowhere with any other', () => expect(moved('a', true, { row: 0, column: 0 }, size)).toBeNull());
});
