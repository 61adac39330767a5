import { describe, expect, it } from 'vitest';
import { type BoardSettings, boardSettings, defaultBoard } from '@/server/protocol/boards';
import { settingsOf, untilOf, valuesOf } from './board-values';

const board: BoardSettings = {
  ...defaultBoard,
  name: 'Reception',
  sees: ['Sales'],
  columns: 4,
  blocks: [
    { kind: 'people', departments: ['IT'] },
    { kind: 'message', text: 'Closed on Friday' },
    { kind: 'queues', queues: ['600'], members: false },
  ],
};

describe('a board in its form', () => {
  it('comes out as it went in', () => {
    const expiresAt = '2030-01-01T12:00:00.000Z';
    const values = valuesOf({ settings: board, expiresAt });
    expect(settingsOf(values)).toEqual(board);
    expect(untilOf(values.expires)).toBe(expiresAt);
    const named = { ...defaultBoard, name: 'New' };
    expect(boardSettings.parse(settingsOf({ ...valuesOf(null), name: ' New ' }))).toEqual(named);
    expect(untilOf(valuesOf(null).expires)).toBeNull();
    expect(untilOf('soon')).toBeUndefined();
  });

  it('has the blocks that are shown, in the order of the list', () => {
    const values = valuesOf({ settings: board, expiresAt: null });
    const order = ['message', 'queues', 'people', 'clock', 'parking'] as const;
    const settings = settingsOf({ ...values, order, shown: ['people', 'message'] });
    expect(settings.blocks.map(({ kind }) => kind)).toEqual(['message', 'people']);
  });

  it.each([
    ['scale', { scale: 'big' }],
    ['columns', { columns: '' }],
    ['waitAlert', { waitAlert: '5' }],
    ['blocks', { shown: [] }],
  ])('is wrong in the field that is wrong: %s', (field, change) => {
    const settings = settingsOf({ ...valuesOf({ settings: board, expiresAt: null }), ...change });
    expect(boardSettings.safeParse(settings).error?.issues[0]?.path[0]).toBe(field);
  });
});
