import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenConnection } from '../../live/gateway';
import { type Panel, startPanel } from '../testing';

let panel: Panel;
let admin: string;

beforeEach(async () => {
  panel = await startPanel();
  admin = (await panel.signIn('root', 'admin')).cookie;
});
afterEach(() => panel.close());

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
const ask = async (method: Method, route: string, payload?: object, cookie = admin) => {
  const url = `/api/v1/admin/${route}`;
  const response = await panel.app.inject({ method, url, ...(payload && { payload }), headers: { cookie } });
  return { status: response.statusCode, body: response.json(), raw: response.rawPayload, headers: response.headers };
};
const actions = async (part: string) => {
  const { audit } = panel.temporary.store;
  await audit.flush();
  const { entries } = await audit.page(20, { action: part });
  return entries.map(({ action, target, result }) => [action, target, result]);
};

it('everything of it is for administrators', async () => {
  const { cookie } = await panel.signIn('ann', 'supervisor');
  const routes: [Method, string][] = [
    ...(
      ['health', 'incidents', 'connections', 'support-bundle', 'backups', 'backups/settings', 'retention'] as const
    ).map((route): [Method, string] => ['GET', route]),
    ...(['backups/x/report', 'backups/x/file'] as const).map((route): [Method, string] => ['GET', route]),
    ...(['backups', 'backups/upload', 'backups/x/restore', 'retention/preview', 'retention/purge'] as const).map(
      (route): [Method, string] => ['POST', route],
    ),
    ['PUT', 'backups/settings'],
    ['PUT', 'retention'],
    ['DELETE', 'backups/x'],
    ['DELETE', 'connections/0123456789ab'],
  ];
  for (const [method, route] of routes) {
    expect((await ask(method, route, undefined, cookie)).status, `${method} ${route}`).toBe(403);
    expect((await ask(method, route, undefined, '')).status, `${method} ${route}`).toBe(401);
  }
});

describe('connections', () => {
  const open = (over: Partial<OpenConnection>): OpenConnection =>
    ({
      ...{
        kind: 'user',
        userId: 'u',
        sessionId: 's'.repeat(64),
        address: '::1',
        userAgent: 'curl/8',
        since: 1_000,
        slow: false,
      },
      me: {
        ...{ id: 'u', username: 'ann', name: 'Ann', role: 'member', permissions: [] },
        limits: {},
        extension: '101',
        hasPassword: true,
      },
      ...over,
    }) as OpenConnection;

  it('are told by session, with their windows, and ended by its beginning', async () => {
    const { id, cookie } = await panel.signIn('ann', 'member');
    const [session] = await panel.temporary.store.database.prisma.session.findMany({ where: { userId: id } });
    const sessionId = session?.id ?? '';
    panel.open.push(open({ userId: id, sessionId }), open({ userId: id, sessionId, address: '10.0.0.1', since: 500 }));
    panel.open.push(open({ kind: 'token', sessionId: 't'.repeat(24) }));
    const { body } = await ask('GET', 'connections');
    expect(body).toMatchObject([
      { session: sessionId.slice(0, 12), windows: 2, addresses: ['::1', '10.0.0.1'], device: 'curl', own: false },
      { kind: 'token', windows: 1 },
    ]);
    expect(JSON.stringify(body)).not.toContain(sessionId);
    expect((await ask('DELETE', `connections/${'t'.repeat(12)}`)).status).toBe(404);
    expect((await ask('DELETE', 'connections/nobodyisthis')).status).toBe(404);
    expect((await ask('DELETE', `connections/${sessionId.slice(0, 12)}`)).status).toBe(200);
    const after = await panel.app.inject({ method: 'GET', url: '/api/v1/me', headers: { cookie } });
    expect(after.statusCode).toBe(401);
    expect(await actions('session.end')).toEqual([
      ['admin.session.end', `ann: ${sessionId.slice(0, 12)}`, 'ok'],
      ['admin.session.end', 'nobodyisthis', 'notFound'],
      ['admin.session.end', `ann: ${'t'.repeat(12)}`, 'notFound'],
    ]);
  });
});

describe('backups', () => {
  it('are made, listed, looked into, downloaded, sent back, deleted, and all of it is written down', async () => {
    const made = await ask('POST', 'backups', { passphrase: 'a long way to the sea' });
    expect(made).toMatchObject({ status: 201, body: { kind: 'manual' } });
    const { name } = made.body;
    expect((await ask('GET', `backups/${name}/report`)).body).toMatchObject({
      refusal: null,
      hasKey: true,
      made: { by: 'root' },
    });
    const file = await panel.app.inject({
      method: 'GET',
      url: `/api/v1/admin/backups/${name}/file`,
      headers: { cookie: admin },
    });
    expect(file.headers['content-disposition']).toBe(`attachment; filename="cordboard-${name}"`);
    expect(file.rawPayload.length).toBe(made.body.bytes);
    expect((await ask('DELETE', `backups/${name}`)).status).toBe(200);
    expect((await ask('DELETE', `backups/${name}`)).status).toBe(404);
    const sent = await panel.app.inject({
      ...{ method: 'POST', url: '/api/v1/admin/backups/upload', payload: file.rawPayload },
      headers: { cookie: admin, 'content-type': 'application/octet-stream' },
    });
    expect(sent.statusCode).toBe(201);
    expect((await ask('GET', 'backups')).body.files).toMatchObject([{ kind: 'uploaded' }]);
    expect((await actions('admin.backup')).map(([action, , result]) => `${action} ${result}`)).toEqual([
      'admin.backup.upload ok',
      'admin.backup.delete notFound',
      'admin.backup.delete ok',
      'admin.backup.download ok',
      'admin.backup.make ok',
    ]);
  });

  it('are no way to any other file', async () => {
    for (const name of ['..%2Fpanel.db', '..%2F..%2Fetc%2Fpasswd', 'secret.key', '%2e%2e%2fsecret.key', 'panel.db']) {
      for (const route of ['file', 'report']) {
        expect((await ask('GET', `backups/${name}/${route}`)).status, name).toBe(404);
      }
      expect((await ask('POST', `backups/${name}/restore`, {})).status, name).toBe(404);
      expect((await ask('DELETE', `backups/${name}`)).status, name).toBe(404);
    }
  });

  it('restart the panel only when everything was found right', async () => {
    const { name } = (await ask('POST', 'backups', {})).body;
    expect((await ask('POST', `backups/${name}/restore`, { nonsense: 1 })).status).toBe(400);
    expect(panel.restarts).toEqual([]);
    expect((await ask('POST', `backups/${name}/restore`, {})).status).toBe(202);
    await expect.poll(() => panel.restarts.length).toBe(1);
    expect((await ask('GET', 'backups')).body.files).toHaveLength(2);
    const second = await ask('POST', `backups/${name}/restore`, {});
    expect(second).toMatchObject({ status: 409, body: { message: expect.stringMatching(/being restored already/) } });
    expect(panel.restarts).toHaveLength(1);
  });

  it('restart it also when whoever asked did not wait for the answer', async () => {
    const { name } = (await ask('POST', 'backups', {})).body;
    await panel.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = panel.app.server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/api/v1/admin/backups/${name}/restore`;
    const headers = { cookie: admin, 'content-type': 'application/json' };
    const leaving = new AbortController();
    const asked = fetch(url, { method: 'POST', headers, body: '{}', signal: leaving.signal }).catch(() => 'left');
    const prepared = () => existsSync(`${panel.temporary.file}.restore`);
    await expect.poll(prepared, { interval: 5, timeout: 10_000 }).toBe(true);
    leaving.abort();
    expect(await asked).toBe('left');
    await expect.poll(() => panel.restarts.length, { timeout: 10_000 }).toBe(1);
  });

  it('are sent as bytes, never as text that would be kept in memory', async () => {
    const sent = await ask('POST', 'backups/upload', { text: 'a' });
    expect(sent).toMatchObject({ status: 400, body: { message: 'Send the file as application/octet-stream.' } });
  });

  it('by themselves: a passphrase is kept nowhere, and can be taken out again', async () => {
    const settings = { hour: 4, keepDays: 3, keepWeeks: 0 };
    const passphrase = 'a long way to the sea';
    expect((await ask('PUT', 'backups/settings', { version: 0, settings, passphrase: 'short' })).status).toBe(400);
    const saved = await ask('PUT', 'backups/settings', { version: 0, settings, passphrase });
    expect(saved.body).toEqual({ version: 1, settings, hasPassphrase: true });
    const row = await panel.temporary.store.database.prisma.setting.findUnique({ where: { key: 'backups' } });
    expect(row?.value).not.toContain(passphrase);
    const kept = await ask('PUT', 'backups/settings', { version: 1, settings });
    expect(kept.body).toMatchObject({ version: 2, hasPassphrase: true });
    expect((await ask('PUT', 'backups/settings', { version: 1, settings })).status).toBe(409);
    expect((await ask('PUT', 'backups/settings', { version: 2, settings, passphrase: null })).body.hasPassphrase).toBe(
      false,
    );
  });
});

it('health says what is wrong, and is answered without a PBX', async () => {
  const { body } = await ask('GET', 'health');
  expect(body).toMatchObject({
    pbx: { link: 'down' },
    database: { healthy: true },
    warnings: [],
    writes: { audit: { dropped: 0 } },
  });
  expect(body.events.hour).toHaveLength(60);
});
