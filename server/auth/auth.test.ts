import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog, type TemporaryStore, temporaryStore } from '../store/temporary';
import { Auth, absoluteMs, idleMs, type LoginResult } from './auth';
import { parseCookies } from './cookies';
import type { SessionEnded } from './session-events';

let clock: number;
let temporary: TemporaryStore;
let auth: Auth;
let ended: SessionEnded[];
const now = () => clock;
const visitor = { address: '192.0.2.7', userAgent: 'test' };
const password = 'correct horse battery';

beforeEach(async () => {
  clock = Date.parse('2026-03-01T12:00:00Z');
  temporary = await temporaryStore(now);
  auth = new Auth({ store: temporary.store, now, tlsOnly: false, log: silentLog });
  ended = [];
  auth.events.ended.on((event) => ended.push(event));
});
afterEach(() => temporary.dispose());

async function makeUser(username = 'ann', role: 'admin' | 'supervisor' = 'supervisor') {
  return auth.accounts.create({ username, name: username, role, extension: null, password });
}

function signedIn(result: LoginResult) {
  if (!result.ok) throw new Error(`not signed in: ${result.reason}`);
  return { ...result, cookieHeader: `cordboard=${result.token}` };
}

/** Another process changes the file behind our back. */
function elsewhere(sql: string): void {
  const other = new Database(temporary.file);
  other.pragma('foreign_keys = ON');
  other.exec(sql);
  other.close();
}

describe('signing in', () => {
  it('answers a cookie whose token is nowhere in the database', async () => {
    await makeUser();
    const { token, cookieHeader, me } = signedIn(await auth.login('Ann', password, visitor));
    expect(me).toMatchObject({ username: 'ann', role: 'supervisor', hasPassword: true });
    expect(await auth.authenticate({ cookieHeader })).toMatchObject({ kind: 'user', user: { username: 'ann' } });
    expect(JSON.stringify(await temporary.store.database.prisma.session.findMany())).not.toContain(token);
  });

  it('says the same for a wrong name, a wrong password, a disabled user and one without a password', async () => {
    await makeUser();
    await makeUser('boss', 'admin');
    const gone = await makeUser('gone');
    await auth.accounts.update(gone.id, { disabled: true });
    await temporary.store.users.create({
      username: 'new',
      name: 'New',
      role: 'viewer',
      extension: null,
      passwordHash: null,
    });
    for (const [name, word] of [
      ['nobody', password],
      ['ann', 'wrong password'],
      ['gone', password],
      ['new', ''],
    ] as const) {
      expect(await auth.login(name, word, visitor)).toEqual({ ok: false, reason: 'wrong' });
    }
  });

  it('ignores a cookie without the prefix when the panel is only used over TLS', async () => {
    await makeUser();
    const strict = new Auth({ store: temporary.store, now, tlsOnly: true, log: silentLog });
    const { token } = signedIn(await strict.login('ann', password, visitor));
    expect(await strict.authenticate({ cookieHeader: `cordboard=${token}` })).toBeNull();
    expect(await strict.authenticate({ cookieHeader: `__Host-cordboard=${token}` })).not.toBeNull();
  });
});

describe('a session', () => {
  it('slides while it is used, ends when idle, and ends in any case', async () => {
    await makeUser();
    const { cookieHeader } = signedIn(await auth.login('ann', password, visitor));
    const begun = clock;
    while (clock + idleMs / 2 < begun + absoluteMs) {
      clock += idleMs / 2;
      expect(await auth.authenticate({ cookieHeader })).not.toBeNull();
    }
    clock = begun + absoluteMs;
    expect(await auth.authenticate({ cookieHeader })).toBeNull();
    const idle = signedIn(await auth.login('ann', password, visitor));
    clock += idleMs;
    expect(await auth.authenticate({ cookieHeader: idle.cookieHeader })).toBeNull();
  });

  it('goes on when the disk takes nothing more', async () => {
    const complaints: string[] = [];
    const log = { error: (_: object, message: string) => complaints.push(message) };
    auth = new Auth({ store: temporary.store, now, tlsOnly: false, log });
    await makeUser();
    const { cookieHeader } = signedIn(await auth.login('ann', password, visitor));
    const { token } = await temporary.store.tokens.create({ name: 't', scopes: ['state:read'], expiresAt: null });
    await temporary.store.database.prisma.$queryRawUnsafe('PRAGMA query_only = ON');
    clock += 10 * 60_000;
    expect(await auth.authenticate({ cookieHeader })).toMatchObject({ kind: 'user' });
    expect(await auth.authenticate({ authorization: `Bearer ${token}` })).toMatchObject({ kind: 'token' });
    expect(complaints).toEqual(['cannot write down who was seen']);
    await temporary.store.database.prisma.$queryRawUnsafe('PRAGMA query_only = OFF');
  });

  it('ends on sign-out, alone', async () => {
    await makeUser();
    const one = signedIn(await auth.login('ann', password, visitor));
    const two = signedIn(await auth.login('ann', password, visitor));
    const principal = await auth.authenticate({ cookieHeader: one.cookieHeader });
    if (principal?.kind !== 'user') throw new Error('no session');
    await auth.logout(principal.sessionId, principal.user.id);
    expect(await auth.authenticate({ cookieHeader: one.cookieHeader })).toBeNull();
    expect(await auth.authenticate({ cookieHeader: two.cookieHeader })).not.toBeNull();
    expect(ended).toEqual([{ sessionId: principal.sessionId, userId: principal.user.id, reason: 'signedOut' }]);
  });

  it('ends at once when the user is disabled', async () => {
    const { id } = await makeUser();
    const { cookieHeader } = signedIn(await auth.login('ann', password, visitor));
    await auth.accounts.update(id, { disabled: true });
    expect(await auth.authenticate({ cookieHeader })).toBeNull();
    expect(ended).toMatchObject([{ userId: id, reason: 'disabled' }]);
  });

  it('ends on a new password, but for the browser that set it', async () => {
    const { id } = await makeUser();
    const mine = signedIn(await auth.login('ann', password, visitor));
    const other = signedIn(await auth.login('ann', password, visitor));
    const principal = await auth.authenticate({ cookieHeader: mine.cookieHeader });
    if (principal?.kind !== 'user') throw new Error('no session');
    await auth.accounts.update(id, { password: 'another long password' }, undefined, principal.sessionId);
    expect(await auth.authenticate({ cookieHeader: mine.cookieHeader })).not.toBeNull();
    expect(await auth.authenticate({ cookieHeader: other.cookieHeader })).toBeNull();
    expect(ended).toMatchObject([{ reason: 'passwordChanged' }]);
    expect((await auth.login('ann', password, visitor)).ok).toBe(false);
    expect((await auth.login('ann', 'another long password', visitor)).ok).toBe(true);
  });
});

describe('what another process does', () => {
  it('ends the session of a user disabled there, and looks only when something was written', async () => {
    await makeUser('boss', 'admin');
    const { id } = await makeUser();
    const { cookieHeader } = signedIn(await auth.login('ann', password, visitor));
    await auth.authenticate({ cookieHeader });
    await auth.watch.check();
    expect(ended).toEqual([]);
    elsewhere(`UPDATE User SET disabled = 1, version = version + 1 WHERE id = '${id}'`);
    await auth.watch.check();
    expect(ended).toMatchObject([{ userId: id, reason: 'disabled' }]);
    await auth.watch.check();
    expect(ended).toHaveLength(1);
  });

  it('tells a new role, a new password and a revoked token', async () => {
    const changed: string[] = [];
    const tokens: string[] = [];
    auth.events.userChanged.on((id) => changed.push(id));
    auth.events.tokenEnded.on((id) => tokens.push(id));
    const { id } = await makeUser();
    const { cookieHeader } = signedIn(await auth.login('ann', password, visitor));
    const { token, stored } = await temporary.store.tokens.create({
      name: 't',
      scopes: ['state:read'],
      expiresAt: null,
    });
    await auth.authenticate({ cookieHeader });
    await auth.authenticate({ authorization: `Bearer ${token}` });
    await auth.watch.check();
    elsewhere(`UPDATE User SET role = 'viewer', version = version + 1 WHERE id = '${id}'`);
    elsewhere(`UPDATE ApiToken SET revokedAt = '2026-03-01T12:00:00.000+00:00'`);
    await auth.watch.check();
    expect(changed).toEqual([id]);
    expect(tokens).toEqual([stored.id]);
    expect(await auth.authenticate({ authorization: `Bearer ${token}` })).toBeNull();
    elsewhere(`UPDATE User SET passwordHash = 'x', version = version + 1 WHERE id = '${id}'; DELETE FROM Session`);
    await auth.watch.check();
    expect(ended).toMatchObject([{ userId: id, reason: 'passwordChanged' }]);
  });

  it('ends a session that expires while its panel is open', async () => {
    await makeUser();
    const { cookieHeader } = signedIn(await auth.login('ann', password, visitor));
    await auth.authenticate({ cookieHeader });
    await auth.watch.check();
    clock += idleMs;
    await auth.watch.check();
    expect(ended).toMatchObject([{ reason: 'expired' }]);
    expect(await temporary.store.database.prisma.session.count()).toBe(0);
  });
});

describe('an API token', () => {
  it('counts alone: a wrong one is not excused by a good cookie', async () => {
    await makeUser();
    const { cookieHeader } = signedIn(await auth.login('ann', password, visitor));
    const { token } = await temporary.store.tokens.create({ name: 't', scopes: ['commands'], expiresAt: null });
    expect(await auth.authenticate({ authorization: `Bearer ${token}` })).toMatchObject({
      kind: 'token',
      scopes: ['commands'],
    });
    for (const authorization of ['Bearer wrong', 'Bearer ', token, `Basic ${token}`]) {
      expect(await auth.authenticate({ authorization, cookieHeader })).toBeNull();
    }
  });
});

describe('the first administrator', () => {
  it('enters once with the printed code, and no more after that', async () => {
    const code = await auth.prepare(undefined);
    if (!code) throw new Error('no code');
    expect(code).toMatch(/^([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}$/);
    expect(await auth.enter('AAAA-AAAA-AAAA-AAAA', visitor)).toEqual({ ok: false, reason: 'wrong' });
    const { me } = signedIn(await auth.enter(` ${code.toLowerCase().replaceAll('-', '')} `, visitor));
    expect(me).toMatchObject({ username: 'admin', role: 'admin', hasPassword: false });
    expect(await auth.enter(code, visitor)).toEqual({ ok: false, reason: 'wrong' });
  });

  it('is void as soon as an administrator has a password, whoever made one', async () => {
    const code = await auth.prepare(undefined);
    await makeUser('boss', 'admin');
    expect(await auth.enter(code ?? '', visitor)).toEqual({ ok: false, reason: 'wrong' });
    expect(await auth.prepare(undefined)).toBeNull();
  });

  it('is guessed at a bounded rate', async () => {
    await auth.prepare(undefined);
    for (let n = 0; n < 20; n += 1) await auth.enter(`guess ${n}`, visitor);
    expect(await auth.enter('guess', visitor)).toMatchObject({ ok: false, reason: 'wait' });
    clock += 60_000;
    expect(await auth.enter('guess', visitor)).toMatchObject({ ok: false, reason: 'wrong' });
  });

  it('is let in with the right code while others guess', async () => {
    const code = await auth.prepare(undefined);
    for (let n = 0; n < 30; n += 1) await auth.enter(`guess ${n}`, visitor);
    expect((await auth.enter(code ?? '', visitor)).ok).toBe(true);
  });

  it('gets ADMIN_PASSWORD when nobody has a password, and only then', async () => {
    expect(await auth.prepare('unattended password')).toBeNull();
    expect((await auth.login('admin', 'unattended password', visitor)).ok).toBe(true);
    await auth.prepare('another password');
    expect((await auth.login('admin', 'another password', visitor)).ok).toBe(false);
  });
});

describe('cookies', () => {
  it('are read from any header without an exception, the first of a name', () => {
    expect(parseCookies(undefined).size).toBe(0);
    expect([...parseCookies(' a=1; b = 2 ;a=3;;=;x')]).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['', ''],
    ]);
  });
});
