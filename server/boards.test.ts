import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BoardKeeper } from './boards';
import { type BoardSettings, boardSettings, defaultBoard } from './protocol/boards';
import { nobodyElse } from './protocol/groups';
import { ConflictError, NotFoundError } from './store/errors';
import { silentLog, type TemporaryStore, temporaryStore } from './store/temporary';

const start = Date.parse('2026-03-02T08:00:00Z');
const hour = 3_600_000;
const reception: BoardSettings = { ...defaultBoard, name: 'Reception' };

let temporary: TemporaryStore;
let at: number;
let ended: string[];
let open: Record<string, string[]>;
let keeper: BoardKeeper;
beforeEach(async () => {
  temporary = await temporaryStore();
  at = start;
  ended = [];
  open = {};
  keeper = await newKeeper();
});
afterEach(() => temporary.dispose());

async function newKeeper(): Promise<BoardKeeper> {
  const made = new BoardKeeper({
    store: temporary.store,
    limitOf: (groups) => ({ ...nobodyElse, groups: [...groups] }),
    ended: (session, reason) => ended.push(`${session} ${reason}`),
    screens: (session) => open[session] ?? [],
    now: () => at,
    log: silentLog,
  });
  await made.load();
  return made;
}
const make = (settings = reception, expiresAt: string | null = null) => keeper.create({ settings, expiresAt }, 'boss');

describe('the link of a board', () => {
  it('shows the state and does nothing; the numbers of callers only where that was asked for', async () => {
    const { token } = await make();
    expect(keeper.authenticate(token, '10.0.0.5')).toMatchObject({ kind: 'board', permissions: [], extension: null });
    const seen = await make({ ...reception, showNumbers: true, sees: ['Sales'] });
    expect(keeper.authenticate(seen.token, '10.0.0.5')).toMatchObject({
      permissions: ['callernumbers'],
      sees: { groups: ['Sales'] },
    });
  });

  it('is kept as a hash, and survives a restart', async () => {
    const { token, board } = await make();
    const row = await temporary.store.database.prisma.board.findUniqueOrThrow({ where: { id: board.id } });
    expect(JSON.stringify(row)).not.toContain(token);
    const again = await newKeeper();
    expect(again.authenticate(token, '10.0.0.5')?.id).toBe(board.id);
    expect(again.authenticate(`${token}x`, '10.0.0.5')).toBeNull();
    expect(again.authenticate('cbb_', '10.0.0.5')).toBeNull();
  });

  it('is of no use after it was revoked; a new one is, and the old one stays so', async () => {
    const { token, board } = await make();
    expect((await keeper.revoke(board.id)).revokedAt).toBe(new Date(start).toISOString());
    expect(ended).toEqual([`board:${board.id} revoked`]);
    expect(keeper.authenticate(token, '10.0.0.5')).toBeNull();
    expect(keeper.view(token)).toBeNull();
    const renewed = await keeper.renew(board.id, 'anna');
    expect(renewed.board).toMatchObject({ id: board.id, by: 'anna', revokedAt: null });
    expect(keeper.authenticate(token, '10.0.0.5')).toBeNull();
    expect(keeper.view(renewed.token)).toMatchObject({ settings: { name: 'Reception' } });
    await keeper.remove(board.id);
    expect(keeper.authenticate(renewed.token, '10.0.0.5')).toBeNull();
    await expect(keeper.revoke(board.id)).rejects.toThrow(NotFoundError);
  });

  it('ends when its time is over, also on a screen that shows it', async () => {
    const { token, board } = await make(reception, new Date(start + hour).toISOString());
    open[`board:${board.id}`] = ['10.0.0.5'];
    keeper.look();
    expect(ended).toEqual([]);
    at += hour;
    keeper.look();
    expect(ended).toEqual([`board:${board.id} expired`]);
    expect(keeper.authenticate(token, '10.0.0.5')).toBeNull();
  });
});

describe('a board', () => {
  it('is changed over the version that was edited, and its screens load it anew', async () => {
    const { board, token } = await make();
    const edit = { settings: { ...reception, columns: 4 }, expiresAt: null };
    expect(await keeper.save(board.id, 0, edit)).toMatchObject({ version: 1, settings: { columns: 4 } });
    expect(ended).toEqual([`board:${board.id} changed`]);
    expect(keeper.view(token)?.settings.columns).toBe(4);
    await expect(keeper.save(board.id, 0, edit)).rejects.toThrow(ConflictError);
  });

  it('that is made of groups is looked at anew when they change, others are left alone', async () => {
    await make();
    const { board } = await make({ ...reception, sees: ['Sales'] });
    keeper.groupsChanged();
    expect(ended).toEqual([`board:${board.id} changed`]);
  });

  it('tells when and where it was last seen, and how many screens show it', async () => {
    const { token, board } = await make();
    keeper.authenticate(token, '10.0.0.5');
    open[`board:${board.id}`] = ['10.0.0.5', '10.0.0.6'];
    expect(keeper.list()).toMatchObject([
      { open: 2, lastAddress: '10.0.0.5', lastSeenAt: new Date(start).toISOString() },
    ]);
    await expect.poll(async () => (await newKeeper()).list()).toMatchObject([{ lastAddress: '10.0.0.5' }]);
    expect((await keeper.save(board.id, 0, { settings: reception, expiresAt: null })).lastAddress).toBe('10.0.0.5');
  });

  it.each([
    ['waitAlert', { waitWarn: 60, waitAlert: 60 }],
    ['blocks.1.kind', { blocks: [{ kind: 'parking' }, { kind: 'parking' }] }],
    ['blocks', { blocks: [] }],
    ['columns', { columns: 0 }],
  ])('says what is wrong with it: %s', (field, change) => {
    const { error } = boardSettings.safeParse({ ...reception, ...change });
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
  });
});
