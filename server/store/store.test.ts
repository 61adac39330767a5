import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defaultLayout } from '../protocol/layout-default';
import { AuditLog } from './audit';
import { ConflictError, LastAdminError, NotFoundError, UsernameTakenError } from './errors';
import { type TemporaryStore, temporaryStore } from './temporary';

let temporary: TemporaryStore;
const start = new Date('2026-03-01T12:00:00Z');
beforeEach(async () => {
  temporary = await temporaryStore(() => start.getTime());
});
afterEach(() => temporary.dispose());

const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const person = (username: string, role: 'admin' | 'supervisor' = 'supervisor') => ({
  username,
  name: username,
  role,
  extension: null,
  passwordHash: 'hash',
});

describe('users', () => {
  it('has every name once', async () => {
    const { users } = temporary.store;
    await users.create(person('ann'));
    await expect(users.create(person('ann'))).rejects.toThrow(UsernameTakenError);
  });

  it('refuses a change made on an old version', async () => {
    const { users } = temporary.store;
    const { id, version } = await users.create(person('ann'));
    expect((await users.update(id, { name: 'Ann B' }, version)).version).toBe(version + 1);
    await expect(users.update(id, { name: 'Ann C' }, version)).rejects.toThrow(ConflictError);
    expect((await users.byId(id))?.name).toBe('Ann B');
    await expect(users.update('nobody', {})).rejects.toThrow(NotFoundError);
  });

  it('never loses its last administrator who can sign in', async () => {
    const { users } = temporary.store;
    const boss = await users.create(person('boss', 'admin'));
    await users.create({ ...person('newcomer', 'admin'), passwordHash: null });
    for (const change of [{ disabled: true }, { role: 'viewer' as const }, { passwordHash: null }]) {
      await expect(users.update(boss.id, change)).rejects.toThrow(LastAdminError);
    }
    expect(await users.byId(boss.id)).toMatchObject({ disabled: false, role: 'admin', passwordHash: 'hash' });
    await users.create(person('second', 'admin'));
    expect((await users.update(boss.id, { disabled: true })).disabled).toBe(true);
    expect(await users.hasUsableAdmin()).toBe(true);
  });
});

describe('sessions', () => {
  it('keeps only the newest, and none of a removed user', async () => {
    const { users, sessions } = temporary.store;
    const { id: userId } = await users.create(person('ann'));
    const session = (id: string, at: Date) => ({
      id,
      userId,
      createdAt: at,
      lastSeenAt: at,
      expiresAt: later(1000),
      address: '127.0.0.1',
      userAgent: 'test',
      via: 'password' as const,
    });
    await sessions.create(session('one', later(1)), 2);
    await sessions.create(session('two', later(2)), 2);
    expect(await sessions.create(session('three', later(3)), 2)).toEqual(['one']);
    expect(await sessions.find('one')).toBeNull();
    await sessions.removeOfUser(userId, 'three');
    expect((await sessions.alive(later(4))).map((row) => row.id)).toEqual(['three']);
    expect(await sessions.alive(later(1000))).toEqual([]);
    await sessions.touch('two', later(5), later(2000));
    expect(await sessions.find('two')).toBeNull();
    expect(await sessions.removeExpired(later(1000))).toBe(1);
  });
});

describe('API tokens', () => {
  it('keeps only a hash and honours expiry and revocation', async () => {
    const { tokens, database } = temporary.store;
    const { token, stored } = await tokens.create({
      name: 'wallboard',
      scopes: ['state:read', 'state:read', 'commands'],
      expiresAt: later(60),
    });
    expect(token).toMatch(/^cbt_[\w-]{43}$/);
    expect(JSON.stringify(await database.prisma.apiToken.findMany())).not.toContain(token.slice(4));
    expect(await tokens.find(token, later(59))).toMatchObject({ id: stored.id, scopes: ['state:read', 'commands'] });
    expect(await tokens.find(token, later(60))).toBeNull();
    expect(await tokens.find(`${token}x`, start)).toBeNull();
    await tokens.revoke('wallboard', start);
    expect(await tokens.find(token, start)).toBeNull();
    await expect(tokens.revoke('wallboard', start)).rejects.toThrow(NotFoundError);
  });
});

describe('settings', () => {
  it('saves over the version that was read and over no other', async () => {
    const { settings } = temporary.store;
    const shape = z.object({ host: z.string() });
    expect(await settings.get('pbx', shape)).toBeNull();
    expect(await settings.put('pbx', { host: 'a' }, 0)).toBe(1);
    await expect(settings.put('pbx', { host: 'b' }, 0)).rejects.toThrow(ConflictError);
    expect(await settings.put('pbx', { host: 'c' }, 1)).toBe(2);
    await expect(settings.put('pbx', { host: 'd' }, 1)).rejects.toThrow(ConflictError);
    await expect(settings.put('other', { host: 'd' }, 7)).rejects.toThrow(ConflictError);
    expect(await settings.get('pbx', shape)).toEqual({ value: { host: 'c' }, version: 2 });
  });
});

describe('layouts', () => {
  it('are written over the version that was read, or not at all', async () => {
    const { users, layouts } = temporary.store;
    const { id } = await users.create(person('ann'));
    expect(await layouts.get(id)).toEqual({ version: 0, own: {} });
    expect(await layouts.put(id, { version: 0, own: { favourites: ['101'] } })).toBe(true);
    expect(await layouts.put(id, { version: 0, own: {} })).toBe(false);
    expect(await layouts.get(id)).toEqual({ version: 1, own: { favourites: ['101'] } });
    expect(await layouts.put(id, { version: 1, own: { density: 'large' } })).toBe(true);
    expect(await layouts.put(id, { version: 1, own: {} })).toBe(false);
    expect(await layouts.all()).toEqual(new Map([[id, { version: 2, own: { density: 'large' } }]]));
  });

  it.each([
    ['a layout that was kept whole', { ...defaultLayout, density: 'large', order: ['7'] }],
    ['a layout of another version', { density: 'large', order: ['7'], wallpaper: 'cats', grouping: 'by moon' }],
    ['a part of another version', { own: { density: 'large', order: ['7'], wallpaper: 'cats', hidden: 'all' } }],
  ])('are understood as far as possible: %s', async (_, value) => {
    const { users, layouts, database } = temporary.store;
    const { id } = await users.create(person('ann'));
    await database.prisma.layout.create({ data: { userId: id, version: 3, value: JSON.stringify(value) } });
    expect(await layouts.get(id)).toEqual({ version: 3, own: { density: 'large', order: ['7'] } });
  });
});

describe('audit log', () => {
  const line = (target: string) => ({
    at: start.getTime(),
    actor: 'ann',
    session: 'f00dfeed',
    address: '::1',
    action: 'extension.dnd',
    target,
    result: 'ok',
  });

  it('writes every line in order, bounded and on one line, and reads newest first by pages', async () => {
    const { audit } = temporary.store;
    for (let n = 1; n <= 450; n += 1) audit.append(line(`${n}`));
    audit.append(line(`evil\nline${'x'.repeat(9999)}`));
    await audit.flush();
    const page = await audit.page(2);
    expect(page.entries.map((entry) => entry.target.slice(0, 9))).toEqual(['evil line', '450']);
    expect(page.entries[0]?.target).toHaveLength(300);
    expect(page.entries[1]).toMatchObject({ actor: 'ann', at: '2026-03-01T12:00:00.000Z' });
    const rest = await audit.page(1000, { before: page.next ?? 0 });
    expect(rest.entries.map((entry) => entry.target)).toEqual(Array.from({ length: 449 }, (_, n) => `${449 - n}`));
    expect(rest.next).toBeNull();
  });

  it('drops the newest beyond its bound, keeps the rest through a failure, and says how many were lost', async () => {
    const { prisma } = temporary.store.database;
    const errors: number[] = [];
    const audit = new AuditLog({
      prisma,
      secrets: temporary.store.secrets,
      now: () => start.getTime(),
      onError: (_, waiting) => errors.push(waiting),
      limit: 3,
    });
    await prisma.$executeRawUnsafe('ALTER TABLE "AuditEntry" RENAME TO "Away"');
    for (let n = 1; n <= 5; n += 1) audit.append(line(`${n}`));
    await audit.flush();
    expect(errors.length).toBeGreaterThan(0);
    expect(audit.dropped).toBe(2);
    await prisma.$executeRawUnsafe('ALTER TABLE "Away" RENAME TO "AuditEntry"');
    await audit.flush();
    const { entries } = await audit.page(10);
    expect(entries.map((entry) => entry.target || entry.result)).toEqual([
      '2 lines lost: the disk was too slow',
      '3',
      '2',
      '1',
    ]);
  });
});
