import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { goodPassword } from '../testing';
import { audit, better, call, day, desk, minute, openDesk, signIn } from './accounts-testing';

beforeEach(openDesk);
afterEach(() => desk.panel.close());

describe('sessions', () => {
  it('are listed with this one marked, and end one by one or all others at once', async () => {
    const ann = await desk.panel.signIn('ann', 'supervisor');
    const cookies = [ann.cookie];
    for (let at = 0; at < 3; at += 1) {
      desk.now += minute;
      cookies.push((await signIn('ann')).cookie);
    }
    const listed = await call('GET', 'me/sessions', ann.cookie);
    expect(listed.json).toHaveLength(4);
    expect(listed.json.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
    expect(listed.json[0]).toMatchObject({
      current: true,
      userAgent: 'test',
      address: '127.0.0.1',
      via: 'password',
    });
    const ended: string[] = [];
    desk.panel.auth.events.ended.on(({ reason }) => ended.push(reason));
    const newest = listed.json[1].id;
    expect((await call('DELETE', `me/sessions/${newest}`, ann.cookie)).status).toBe(200);
    expect((await call('GET', 'me', cookies[3])).status).toBe(401);
    expect((await call('DELETE', `me/sessions/${newest}`, ann.cookie)).status).toBe(404);
    expect((await call('DELETE', 'me/sessions/nonsense', ann.cookie)).status).toBe(400);
    expect((await call('DELETE', 'me/sessions', ann.cookie)).json).toEqual({ ok: true, ended: 2 });
    expect((await call('GET', 'me', cookies[1])).status).toBe(401);
    expect((await call('GET', 'me', ann.cookie)).status).toBe(200);
    expect(ended).toEqual(['signedOut', 'signedOut', 'signedOut']);
  });

  it('of others are for administrators: nobody ends another’s by its id', async () => {
    const { cookie: boss } = await desk.panel.signIn('boss', 'admin');
    const ann = await desk.panel.signIn('ann', 'supervisor');
    const eve = await desk.panel.signIn('eve', 'supervisor');
    const [session] = (await call('GET', `admin/users/${ann.id}/sessions`, boss)).json;
    expect(session).toMatchObject({ current: false });
    expect((await call('GET', `admin/users/${ann.id}/sessions`, eve.cookie)).status).toBe(403);
    expect((await call('DELETE', `me/sessions/${session.id}`, eve.cookie)).status).toBe(404);
    expect((await call('DELETE', `admin/users/${eve.id}/sessions/${session.id}`, boss)).status).toBe(404);
    expect((await call('GET', 'me', ann.cookie)).status).toBe(200);
    expect((await call('DELETE', `admin/users/${ann.id}/sessions/${session.id}`, boss)).status).toBe(200);
    expect((await call('GET', 'me', ann.cookie)).status).toBe(401);
    expect((await call('DELETE', `admin/users/${eve.id}/sessions`, boss)).json).toEqual({ ok: true, ended: 1 });
    expect((await call('GET', 'me', eve.cookie)).status).toBe(401);
    expect((await call('GET', 'admin/users/nobody/sessions', boss)).status).toBe(404);
  });
});

describe('users', () => {
  it('are deleted with what is theirs, but neither oneself nor the last administrator', async () => {
    const boss = await desk.panel.signIn('boss', 'admin');
    const ann = await desk.panel.signIn('ann', 'supervisor');
    const ended: string[] = [];
    desk.panel.auth.events.ended.on(({ reason }) => ended.push(reason));
    expect((await call('DELETE', `admin/users/${boss.id}`, boss.cookie)).status).toBe(409);
    expect((await call('DELETE', `admin/users/${ann.id}`, ann.cookie)).status).toBe(403);
    expect((await call('DELETE', `admin/users/${ann.id}`, boss.cookie)).status).toBe(200);
    expect(ended).toEqual(['disabled']);
    expect((await call('GET', 'me', ann.cookie)).status).toBe(401);
    expect((await signIn('ann')).status).toBe(401);
    expect((await call('DELETE', `admin/users/${ann.id}`, boss.cookie)).status).toBe(404);
    const { stored, token } = await desk.panel.temporary.store.tokens.create({
      name: 'x',
      scopes: ['admin'],
      expiresAt: null,
    });
    expect(stored.name).toBe('x');
    const last = await desk.panel.app.inject({
      method: 'DELETE',
      url: `/api/v1/admin/users/${boss.id}`,
      headers: { authorization: `Bearer ${token}` },
    });
    expect(last.json()).toMatchObject({ error: 'conflict', field: 'role' });
    expect((await call('GET', 'me', boss.cookie)).status).toBe(200);
  });

  it('are refused a weak password wherever one is set', async () => {
    const { cookie: boss } = await desk.panel.signIn('boss', 'admin');
    const ann = await desk.panel.signIn('ann', 'supervisor');
    const user = { username: 'zoe', name: 'Zoë', role: 'viewer', extension: null };
    desk.panel.auth.rules.ownWords = () => ['Fabrikam Clinics'];
    for (const password of ['fabrikam!2026', '1234567890', 'iloveyou123', 'cordboard2026', 'zoezoezoezoe']) {
      const made = await call('POST', 'admin/users', boss, { ...user, password });
      expect([password, made.status, made.json.field]).toEqual([password, 400, 'password']);
    }
    const own = await call('POST', 'me/password', ann.cookie, { current: goodPassword, next: 'qwertyuiop1' });
    expect(own).toMatchObject({ status: 400, json: { field: 'next' } });
    const { version } = (await call('GET', 'admin/passwords', boss)).json;
    const saved = await call('PUT', 'admin/passwords', boss, { version, settings: { minLength: 30 } });
    expect(saved).toMatchObject({ status: 200, json: { version: 1, settings: { minLength: 30 } } });
    expect((await call('PUT', 'admin/passwords', boss, { version, settings: { minLength: 12 } })).status).toBe(409);
    expect((await call('PUT', 'admin/passwords', boss, { version: 1, settings: { minLength: 9 } })).status).toBe(400);
    const short = await call('POST', 'admin/users', boss, { ...user, password: better });
    expect(short).toMatchObject({ status: 400, json: { field: 'password' } });
    expect(short.json.message).toContain('at least 30 characters');
    // Those there are stay good.
    expect((await signIn('ann')).status).toBe(200);
  });
});

describe('API tokens', () => {
  it('are made, shown once, listed and revoked at once', async () => {
    const { cookie: boss } = await desk.panel.signIn('boss', 'admin');
    const body = { name: 'wallboard', scopes: ['state:read'], expiresAt: new Date(desk.now + 30 * day).toISOString() };
    const made = await call('POST', 'admin/tokens', boss, body);
    expect(made).toMatchObject({ status: 201, json: { record: { name: 'wallboard', scopes: ['state:read'] } } });
    const { token, record } = made.json;
    const use = async () =>
      (await desk.panel.app.inject({ url: '/api/v1/state', headers: { authorization: `Bearer ${token}` } })).statusCode;
    expect(await use()).toBe(200);
    const listed = await call('GET', 'admin/tokens', boss);
    expect(listed.json).toMatchObject([
      { id: record.id, lastUsedAt: new Date(desk.now).toISOString(), revokedAt: null },
    ]);
    expect(JSON.stringify(listed.json)).not.toContain(token);
    const ended: string[] = [];
    desk.panel.auth.events.tokenEnded.on((id) => ended.push(id));
    expect((await call('DELETE', `admin/tokens/${record.id}`, boss)).status).toBe(200);
    expect(ended).toEqual([record.id]);
    expect(await use()).toBe(401);
    expect((await call('DELETE', `admin/tokens/${record.id}`, boss)).status).toBe(404);
    const lines = await audit();
    expect(lines).toContain('boss admin.token.create wallboard: state:read ok');
    expect(lines).toContain('boss admin.token.revoke wallboard ok');
    expect(lines.join('\n')).not.toContain(token);
  });

  it('are refused without a name, a scope or a future, and to others than administrators', async () => {
    const { cookie: boss } = await desk.panel.signIn('boss', 'admin');
    const { cookie } = await desk.panel.signIn('sue', 'supervisor');
    const good = { name: 'x', scopes: ['commands'], expiresAt: null };
    expect(await call('POST', 'admin/tokens', boss, { ...good, name: ' ' })).toMatchObject({ json: { field: 'name' } });
    expect(await call('POST', 'admin/tokens', boss, { ...good, scopes: [] })).toMatchObject({
      json: { field: 'scopes' },
    });
    const past = { ...good, expiresAt: new Date(desk.now - 1).toISOString() };
    expect(await call('POST', 'admin/tokens', boss, past)).toMatchObject({ status: 400, json: { field: 'expiresAt' } });
    expect((await call('POST', 'admin/tokens', cookie, good)).status).toBe(403);
    expect((await call('GET', 'admin/tokens', cookie)).status).toBe(403);
  });
});
