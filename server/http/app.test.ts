import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failure } from '../protocol/errors';
import { defaultLayout } from '../protocol/layout-default';
import { snapshot } from '../protocol/state';
import { inlineScriptHashes } from './csp';
import { goodPassword, inlineScript, type Panel, pbx, startPanel } from './testing';

let panel: Panel;
beforeEach(async () => {
  panel = await startPanel();
});
afterEach(() => panel?.close());

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH';

async function call(method: Method, url: string, headers: Record<string, string> = {}, payload?: object) {
  const answer = await panel.app.inject({ method, url, headers, ...(payload && { payload }) });
  const json: unknown = answer.headers['content-type']?.toString().includes('json') ? answer.json() : null;
  return { status: answer.statusCode, json, headers: answer.headers, text: answer.payload };
}

async function tokenWith(...scopes: ('state:read' | 'commands' | 'admin')[]): Promise<{ authorization: string }> {
  const { token } = await panel.temporary.store.tokens.create({ name: 'test', scopes, expiresAt: null });
  return { authorization: `Bearer ${token}` };
}

function cookiesOf(headers: Record<string, unknown>): string[] {
  const value = headers['set-cookie'];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

describe('first start and sign-in', () => {
  it('leads from the printed code to a password and back in', async () => {
    const code = await panel.auth.prepare(undefined);
    expect((await call('GET', '/api/v1/setup')).json).toEqual({
      needed: true,
      demo: false,
      version: '1.2.3',
      enrolment: false,
    });
    const wrong = await call('POST', '/api/v1/setup/enter', {}, { code: 'AAAA' });
    expect(wrong).toMatchObject({ status: 401, json: { ok: false, error: 'unauthenticated' } });
    const entered = await call('POST', '/api/v1/setup/enter', {}, { code });
    expect(entered).toMatchObject({ status: 200, json: { username: 'admin', hasPassword: false } });
    const cookie = cookiesOf(entered.headers)[0]?.split(';')[0] ?? '';
    const weak = await call('POST', '/api/v1/me/password', { cookie }, { next: 'short' });
    expect(weak).toMatchObject({
      status: 400,
      json: { error: 'invalid', field: 'next', message: 'use at least 10 characters' },
    });
    expect((await call('POST', '/api/v1/me/password', { cookie }, { next: goodPassword })).status).toBe(200);
    expect((await call('GET', '/api/v1/setup')).json).toMatchObject({ needed: false });
    expect((await call('POST', '/api/v1/login', {}, { username: 'Admin', password: goodPassword })).status).toBe(200);
    expect((await call('POST', '/api/v1/me/password', { cookie }, { next: 'another password' })).json).toMatchObject({
      error: 'invalid',
      field: 'current',
    });
  });

  it('sets cookies that scripts and other sites cannot use, and takes them back', async () => {
    await panel.signIn('ann', 'supervisor');
    const answer = await call('POST', '/api/v1/login', {}, { username: 'ann', password: goodPassword });
    const [session = ''] = cookiesOf(answer.headers);
    expect(session).toMatch(/^cordboard=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=1209600$/);
    const cookie = session.split(';')[0] ?? '';
    expect((await call('GET', '/api/v1/me', { cookie })).json).toMatchObject({ username: 'ann' });
    const out = await call('POST', '/api/v1/logout', { cookie });
    expect(out.status).toBe(200);
    expect(cookiesOf(out.headers).every((line) => line.includes('Max-Age=0'))).toBe(true);
    expect((await call('GET', '/api/v1/me', { cookie })).status).toBe(401);
  });

  it('slows guessing down with an honest Retry-After', async () => {
    await panel.signIn('ann', 'supervisor');
    for (let n = 0; n < 5; n += 1) {
      expect((await call('POST', '/api/v1/login', {}, { username: 'ann', password: 'wrong' })).status).toBe(401);
    }
    const slowed = await call('POST', '/api/v1/login', {}, { username: 'ann', password: goodPassword });
    expect(slowed).toMatchObject({ status: 429, json: { ok: false, error: 'rateLimited' } });
    expect(Number(slowed.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('somebody who hammers at the door', () => {
  const guess = { username: 'nobody', password: 'wrong' };

  it('does not use up the tries of a browser that belongs here, behind the same address', async () => {
    await panel.signIn('ann', 'supervisor');
    const credentials = { username: 'ann', password: goodPassword };
    const known = cookiesOf((await call('POST', '/api/v1/login', {}, credentials)).headers)[1]?.split(';')[0] ?? '';
    for (let n = 0; n < 70; n += 1) await call('POST', '/api/v1/login', {}, guess);
    expect((await call('POST', '/api/v1/login', {}, credentials)).status).toBe(429);
    expect((await call('POST', '/api/v1/login', { cookie: `${known}x` }, credentials)).status).toBe(429);
    expect((await call('POST', '/api/v1/login', { cookie: known }, credentials)).status).toBe(200);
  });

  it('does not fill the audit log: a refusal is written down once per try', async () => {
    for (let n = 0; n < 40; n += 1) await call('POST', '/api/v1/login', {}, guess);
    await panel.temporary.store.audit.flush();
    const { entries } = await panel.temporary.store.audit.page(100);
    expect(entries.map(({ result }) => result)).toEqual(['wait', ...Array.from({ length: 5 }, () => 'wrong')]);
  });

  it('does not keep the owner of the one-time code out', async () => {
    const code = await panel.auth.prepare(undefined);
    for (let n = 0; n < 70; n += 1) await call('POST', '/api/v1/setup/enter', {}, { code: `guess ${n}` });
    expect((await call('POST', '/api/v1/setup/enter', {}, { code })).status).toBe(200);
  });
});

describe('under TLS', () => {
  it('uses __Host- cookies with Secure, and says so where they could not work', async () => {
    await panel.close();
    panel = await startPanel({ config: { publicUrl: 'https://panel.example.com', trustProxy: false } });
    await panel.signIn('ann', 'supervisor');
    const credentials = { username: 'ann', password: goodPassword };
    const answer = await call('POST', '/api/v1/login', { origin: 'https://panel.example.com' }, credentials);
    expect(answer.status).toBe(200);
    expect(cookiesOf(answer.headers).map((line) => line.replace(/=.*?;/, '=…;'))).toEqual([
      '__Host-cordboard=…; Path=/; HttpOnly; SameSite=Lax; Max-Age=1209600; Secure',
      '__Host-cordboard-known=…; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000; Secure',
    ]);
    expect(answer.headers['strict-transport-security']).toContain('max-age=31536000');
    const plain = await call(
      'POST',
      '/api/v1/login',
      { origin: 'http://localhost:80', host: 'localhost' },
      credentials,
    );
    expect(plain).toMatchObject({
      status: 403,
      json: { message: expect.stringContaining('https://panel.example.com') },
    });
  });

  it('believes X-Forwarded-Proto of a trusted proxy alone', async () => {
    await panel.signIn('ann', 'supervisor');
    const credentials = { username: 'ann', password: goodPassword };
    const headers = { 'x-forwarded-proto': 'https' };
    expect(cookiesOf((await call('POST', '/api/v1/login', headers, credentials)).headers)[0]).toMatch(/^cordboard=/);
    await panel.close();
    panel = await startPanel({ config: { publicUrl: undefined, trustProxy: true } });
    await panel.signIn('ann', 'supervisor');
    expect(cookiesOf((await call('POST', '/api/v1/login', headers, credentials)).headers)[0]).toMatch(
      /^__Host-cordboard=.*; Secure$/,
    );
  });
});

describe('who may do what', () => {
  const routes: [Method, string, string][] = [
    ['GET', '/api/v1/state', 'state:read'],
    ['POST', '/api/v1/commands/extension.dnd', 'commands'],
    ['GET', '/api/v1/admin/users', 'admin'],
    ['GET', '/api/v1/admin/audit', 'admin'],
    ['GET', '/api/v1/admin/availability', 'admin'],
    ['GET', '/api/v1/admin/recording', 'admin'],
    ['GET', '/api/v1/admin/pbx', 'admin'],
    ['GET', '/api/v1/admin/layouts', 'admin'],
    ['GET', '/api/v1/me', 'user'],
    ['GET', '/api/v1/me/layout', 'user'],
  ];

  it('serves nobody without credentials', async () => {
    for (const [method, url] of routes) {
      expect(await call(method, url), url).toMatchObject({
        status: 401,
        json: { ok: false, error: 'unauthenticated' },
      });
      expect((await call(method, url, { authorization: 'Bearer cbt_wrong' })).status, url).toBe(401);
    }
  });

  it('gives a token what its scopes say and no more', async () => {
    for (const scope of ['state:read', 'commands', 'admin'] as const) {
      const headers = await tokenWith(scope);
      for (const [method, url, needs] of routes) {
        expect((await call(method, url, headers)).status, `${scope} at ${url}`).toBe(needs === scope ? 200 : 403);
      }
    }
  });

  it('keeps the settings from operators and viewers', async () => {
    const operator = await panel.signIn('ann', 'supervisor');
    const admin = await panel.signIn('boss', 'admin');
    for (const [method, url, needs] of routes) {
      expect((await call(method, url, { cookie: operator.cookie })).status, url).toBe(needs === 'admin' ? 403 : 200);
      expect((await call(method, url, { cookie: admin.cookie })).status, url).toBe(200);
    }
  });

  it('refuses pages of other sites, whatever their cookies', async () => {
    const { cookie } = await panel.signIn('ann', 'supervisor');
    const host = 'panel.lan:3000';
    const send = (headers: Record<string, string>) =>
      call('POST', '/api/v1/commands/extension.dnd', { cookie, host, ...headers }, { extension: '101', on: true });
    expect((await send({ origin: 'http://panel.lan:3000' })).status).toBe(200);
    for (const origin of ['http://evil.example', 'http://panel.lan', 'null', 'http://panel.lan:3000.evil.example']) {
      expect(await send({ origin }), origin).toMatchObject({ status: 403, json: { error: 'forbidden' } });
    }
    expect((await send({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(panel.commands).toHaveLength(1);
  });
});

describe('state and commands', () => {
  it('answers the snapshot as it is', async () => {
    const { status, json } = await call('GET', '/api/v1/state', await tokenWith('state:read'));
    expect(status).toBe(200);
    expect(snapshot.parse(json)).toMatchObject({ epoch: 'e1', seq: 7 });
  });

  it('hands a command on with its actor, and its answer back with the status of the error', async () => {
    const headers = await tokenWith('commands');
    const params = { extension: '101', on: true };
    expect(await call('POST', '/api/v1/commands/extension.dnd', headers, params)).toMatchObject({
      status: 200,
      json: { ok: true },
    });
    expect(panel.commands[0]).toMatchObject({
      name: 'extension.dnd',
      params,
      actor: { kind: 'token', name: 'token test' },
    });
    expect(panel.commands[0]?.actor.permissions).not.toContain('admin');
    panel.link = 'down';
    expect((await call('POST', '/api/v1/commands/extension.dnd', headers, params)).status).toBe(503);
    expect((await call('POST', '/api/v1/commands/nonsense', headers)).status).toBe(404);
  });
});

describe('layouts', () => {
  it('are kept per user, and a conflict brings the newest', async () => {
    const { cookie } = await panel.signIn('ann', 'supervisor');
    const read = await call('GET', '/api/v1/me/layout', { cookie });
    expect(read.json).toEqual({ version: 0, layout: defaultLayout });
    const mine = { version: 0, layout: { ...defaultLayout, favourites: ['101'] } };
    expect((await call('PUT', '/api/v1/me/layout', { cookie }, mine)).json).toEqual({ ok: true, version: 1 });
    expect(panel.layouts).toEqual([{ ...mine, version: 1 }]);
    expect(await call('PUT', '/api/v1/me/layout', { cookie }, { ...mine, layout: defaultLayout })).toMatchObject({
      status: 409,
      json: { ok: false, error: 'conflict', current: { version: 1, layout: { favourites: ['101'] } } },
    });
  });
});

describe('one’s own extension', () => {
  const choose = (cookie: string, extension: string | null) =>
    call('PATCH', '/api/v1/me', { cookie }, { name: 'Mia', extension });

  it('is chosen by those who may set everybody’s availability anyhow', async () => {
    const { cookie } = await panel.signIn('olga', 'supervisor');
    expect(await choose(cookie, '102')).toMatchObject({ status: 200, json: { extension: '102' } });
  });

  it('is given to others: choosing a colleague’s would be the right to forward their calls', async () => {
    for (const role of ['member', 'viewer'] as const) {
      const { id, cookie } = await panel.signIn(role, role);
      await panel.temporary.store.users.update(id, { extension: '101' });
      for (const extension of ['102', null])
        expect(await choose(cookie, extension)).toMatchObject({ status: 403, json: { field: 'extension' } });
      expect(await choose(cookie, '101')).toMatchObject({ status: 200, json: { name: 'Mia', extension: '101' } });
    }
  });
});

describe('administration', () => {
  it('adds, changes and disables users; disabling ends their sessions at once', async () => {
    const { cookie } = await panel.signIn('boss', 'admin');
    const made = await call(
      'POST',
      '/api/v1/admin/users',
      { cookie },
      {
        username: 'Zoe',
        name: 'Zoë',
        role: 'supervisor',
        extension: '105',
        password: goodPassword,
      },
    );
    expect(made).toMatchObject({ status: 201, json: { username: 'zoe', disabled: false, hasPassword: true } });
    expect(made.text).not.toContain('argon2');
    const again = await call(
      'POST',
      '/api/v1/admin/users',
      { cookie },
      {
        username: 'zoe',
        name: 'Z',
        role: 'viewer',
        extension: null,
        password: goodPassword,
      },
    );
    expect(again).toMatchObject({ status: 409, json: { field: 'username' } });
    const { id, version } = made.json as { id: string; version: number };
    const zoe = await call('POST', '/api/v1/login', {}, { username: 'zoe', password: goodPassword });
    const her = cookiesOf(zoe.headers)[0]?.split(';')[0] ?? '';
    const ended: string[] = [];
    panel.auth.events.ended.on(({ userId }) => ended.push(userId));
    expect((await call('PATCH', `/api/v1/admin/users/${id}`, { cookie }, { disabled: true, version })).status).toBe(
      200,
    );
    expect(ended).toEqual([id]);
    expect((await call('GET', '/api/v1/me', { cookie: her })).status).toBe(401);
    expect((await call('PATCH', `/api/v1/admin/users/${id}`, { cookie }, { name: 'X', version })).status).toBe(409);
    expect((await call('PATCH', '/api/v1/admin/users/nobody', { cookie }, { version })).status).toBe(404);
  });

  it('keeps the last administrator', async () => {
    const boss = await panel.signIn('boss', 'admin');
    for (const change of [{ disabled: true }, { role: 'supervisor' }]) {
      const answer = await call(
        'PATCH',
        `/api/v1/admin/users/${boss.id}`,
        { cookie: boss.cookie },
        { ...change, version: 0 },
      );
      expect(answer).toMatchObject({ status: 409, json: { message: expect.stringContaining('last administrator') } });
    }
    expect((await call('GET', '/api/v1/me', { cookie: boss.cookie })).status).toBe(200);
  });

  it('never gives the PBX secret out, and writes down who changed it', async () => {
    const { cookie } = await panel.signIn('boss', 'admin');
    const body = { host: 'new.example.com', port: 5039, tls: true, username: 'panel', secret: 'hunter2', version: 3 };
    expect((await call('GET', '/api/v1/admin/pbx', { cookie })).json).toEqual(pbx);
    const saved = await call('PUT', '/api/v1/admin/pbx', { cookie }, body);
    expect(saved).toMatchObject({ status: 200, json: { host: 'new.example.com', version: 4 } });
    expect((await call('POST', '/api/v1/admin/pbx/test', { cookie }, body)).json).toMatchObject({ ok: true });
    await call('PUT', '/api/v1/admin/pbx', { cookie }, { ...body, version: 99 });
    const bad = await call('PUT', '/api/v1/admin/pbx', { cookie }, { ...body, host: 'a b' });
    expect(bad).toMatchObject({ status: 400, json: { field: 'host' } });
    const audit = await call('GET', '/api/v1/admin/audit?limit=3', { cookie });
    expect(audit.json).toMatchObject([
      { action: 'admin.pbx.save', actor: 'boss', target: 'panel@new.example.com:5039', result: 'conflict' },
      { action: 'admin.pbx.test', actor: 'boss', result: 'ok' },
      { action: 'admin.pbx.save', actor: 'boss', target: 'panel@new.example.com:5039', result: 'ok' },
    ]);
    expect(saved.text + audit.text).not.toContain('hunter2');
  });
});

describe('failures', () => {
  it('have one shape, whoever refuses', async () => {
    const { cookie } = await panel.signIn('boss', 'admin');
    const headers = { cookie, 'content-type': 'application/json' };
    const answers = await Promise.all([
      panel.app.inject({ method: 'POST', url: '/api/v1/login', headers, payload: '{"username":' }),
      panel.app.inject({
        method: 'POST',
        url: '/api/v1/login',
        headers,
        payload: `{"username":"${'x'.repeat(1024 * 1024)}"}`,
      }),
      panel.app.inject({
        method: 'POST',
        url: '/api/v1/login',
        headers: { 'content-type': 'text/plain' },
        payload: '{}',
      }),
      panel.app.inject({
        method: 'POST',
        url: '/api/v1/login',
        headers,
        payload: '{"username":"a","password":"b","more":1}',
      }),
      panel.app.inject({ method: 'GET', url: '/api/v1/nothing', headers: { accept: 'text/html' } }),
      panel.app.inject({ method: 'GET', url: '/api/v1/admin/audit?limit=0', headers }),
    ]);
    for (const answer of answers) {
      const body = failure.parse(answer.json());
      expect(answer.statusCode).toBe(body.error === 'notFound' ? 404 : 400);
      expect(answer.payload).not.toContain('node_modules');
    }
  });

  it('of ours say nothing about the inside', async () => {
    await panel.close();
    panel = await startPanel({
      state: () => {
        throw new Error('secret detail in /srv/panel/state.ts');
      },
    });
    const answer = await call('GET', '/api/v1/state', await tokenWith('state:read'));
    expect(answer).toMatchObject({ status: 500, json: { ok: false, error: 'internal' } });
    expect(answer.text).not.toContain('secret detail');
  });
});

describe('health and metrics', () => {
  it('tells a living process from a ready panel', async () => {
    expect(await call('GET', '/healthz')).toMatchObject({ status: 200, json: { ok: true } });
    expect(await call('GET', '/readyz')).toMatchObject({ status: 200, json: { ok: true, database: true, pbx: 'up' } });
    panel.link = 'down';
    expect(await call('GET', '/readyz')).toMatchObject({ status: 503, json: { ok: false, pbx: 'down' } });
    expect((await call('GET', '/healthz')).status).toBe(200);
  });

  it('shows metrics to this machine and to state:read, not to what comes through a proxy', async () => {
    expect((await call('GET', '/metrics')).status).toBe(200);
    expect((await call('GET', '/metrics', { 'x-forwarded-for': '203.0.113.9' })).status).toBe(401);
    expect((await call('GET', '/metrics', { host: '127.0.0.1:3000' })).status).toBe(200);
    expect((await call('GET', '/metrics', { host: 'rebound.example.com:3000' })).status).toBe(401);
    const forwarded = { 'x-forwarded-for': '203.0.113.9' };
    expect((await call('GET', '/metrics', { ...forwarded, ...(await tokenWith('state:read')) })).status).toBe(200);
    expect((await call('GET', '/metrics', { ...forwarded, ...(await tokenWith('commands')) })).status).toBe(401);
  });
});

describe('the description', () => {
  it('has every route of the API, with who may use it and its failures', async () => {
    const { json } = await call('GET', '/api/v1/openapi.json');
    const { openapi, paths } = json as {
      openapi: string;
      paths: Record<string, Record<string, { summary: string; security: object[]; responses: object }>>;
    };
    expect(openapi).toBe('3.1.0');
    expect(Object.keys(paths).sort()).toEqual(
      [
        ...[
          'setup',
          'setup/enter',
          'login',
          'logout',
          'me',
          'me/password',
          'me/layout',
          'me/layout/reset',
          'state',
          'openapi.json',
        ],
        ...['sign-in', 'sign-in/oidc/start', 'sign-in/oidc/callback'],
        ...['sign-in', 'sign-in/test-oidc', 'sign-in/test-ldap'].map((name) => `admin/${name}`),
        ...['history', 'history.csv', 'commands/extensions.set', 'commands/extensions.undo', 'commands/outside.stop'],
        ...['dnd', 'forward', 'presence'].map((name) => `commands/extension.${name}`),
        ...[
          'dial',
          'dtmf',
          'hangup',
          'listen',
          'park',
          'pickup',
          'record',
          'retrieve',
          'transfer',
          'answer',
          'hold',
          'note',
        ].map((name) => `commands/call.${name}`),
        ...['add', 'pause', 'penalty', 'remove', 'take'].map((name) => `commands/queue.${name}`),
        ...['complete', 'swap', 'cancel'].map((name) => `commands/call.transfer.${name}`),
        ...['create', 'end', 'invite', 'kick', 'lock', 'mute'].map((name) => `commands/conference.${name}`),
        ...[
          'admin/pbx',
          'admin/pbx/test',
          'admin/pbx/certificate',
          ...['preview', 'use'].map((name) => `admin/access/${name}`),
          ...['', '/settings', '/upload', '/{name}', '/{name}/file', '/{name}/report', '/{name}/restore'].map(
            (rest) => `admin/backups${rest}`,
          ),
          ...['', '.csv', '.json', '/import'].map((rest) => `admin/buttons${rest}`),
          ...['connections', 'connections/{session}', 'health', 'incidents', 'support-bundle'].map(
            (name) => `admin/${name}`,
          ),
          ...['', '/preview', '/purge'].map((rest) => `admin/retention${rest}`),
          ...['', '/address', '/found', '/username'].map((rest) => `admin/setup${rest}`),
          'admin/availability',
          'admin/availability/classify',
          'admin/availability/test-dfks',
          'admin/recording',
          'admin/access',
          'admin/panic',
          'admin/layouts',
          ...['', '/{id}', '/{id}/renew', '/{id}/revoke'].map((rest) => `admin/boards${rest}`),
          ...['board', 'appearance', 'appearance/{picture}', 'admin/appearance'],
          'admin/layouts/users/{user}/reset',
          'admin/users',
          'admin/users/{id}',
          ...['invitation', 'second-factor', 'sessions', 'sessions/{session}'].map(
            (rest) => `admin/users/{id}/${rest}`,
          ),
          'admin/tokens',
          'admin/tokens/{id}',
          'admin/passwords',
          ...['login/code', 'invitation', 'invitation/accept', 'me/sessions', 'me/sessions/{session}'],
          ...['', '/enable', '/recovery', '/off'].map((rest) => `me/second-factor${rest}`),
          ...['', '/plan', '/export', '/runs', '/runs/{id}'].map((rest) => `admin/import/fop2${rest}`),
          ...['undo', 'invitations', 'report.csv'].map((rest) => `admin/import/fop2/runs/{id}/${rest}`),
          'admin/audit',
          'admin/audit.csv',
          'admin/audit/verify',
          'calls',
          'calls.csv',
          'calls/{id}/notes',
        ],
      ]
        .map((name) => `/api/v1/${name}`)
        .concat('/api/dfks/{user}/{feature}', '/healthz', '/readyz', '/metrics')
        .sort(),
    );
    const dnd = paths['/api/v1/commands/extension.dnd']?.post;
    expect(dnd?.security).toEqual([{ token: ['commands'] }, { session: [] }]);
    expect(Object.keys(dnd?.responses ?? {})).toEqual(
      expect.arrayContaining(['200', '400', '401', '403', '404', '409', '503']),
    );
    for (const methods of Object.values(paths)) {
      for (const operation of Object.values(methods)) expect(operation.summary.length).toBeGreaterThan(3);
    }
  });
});

describe('the pages', () => {
  it('come with a policy that covers every inline script and no other', async () => {
    const page = await call('GET', '/');
    expect(page.status).toBe(200);
    const policy = String(page.headers['content-security-policy']);
    const hashes = inlineScriptHashes(page.text);
    expect(hashes).toHaveLength(1);
    expect(hashes).toEqual(inlineScriptHashes(`<script>${inlineScript}</script>`));
    expect(policy).toContain(`script-src 'self' ${hashes[0]};`);
    expect(policy).toContain(`frame-ancestors 'none'`);
    expect(/script-src[^;]*unsafe/.test(policy)).toBe(false);
    expect(page.headers['cache-control']).toBe('no-cache');
    const login = await call('GET', '/login/');
    expect(String(login.headers['content-security-policy'])).toContain(inlineScriptHashes(login.text)[0]);
  });

  it('redirect to the trailing slash, keep hashed files for ever, and have a page for what is not there', async () => {
    expect(await call('GET', '/login')).toMatchObject({ status: 301, headers: { location: '/login/' } });
    const script = await call('GET', '/_next/static/a.js');
    expect(script).toMatchObject({ status: 200, headers: { 'cache-control': 'public, max-age=31536000, immutable' } });
    const lost = await call('GET', '/nowhere/', { accept: 'text/html,*/*' });
    expect(lost).toMatchObject({ status: 404, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(String(lost.headers['content-security-policy'])).toContain(inlineScriptHashes(lost.text)[0]);
    expect(await call('GET', '/nowhere.js')).toMatchObject({ status: 404, json: { error: 'notFound' } });
  });

  it('are refused with the same headers when their address cannot be read', async () => {
    const answer = await call('GET', '/%zz');
    expect(answer).toMatchObject({ status: 400, json: { ok: false, error: 'invalid' } });
    expect(answer.headers['content-security-policy']).toContain(`default-src 'none'`);
    expect(answer.text).not.toContain('%zz');
  });

  it('lead nowhere outside', async () => {
    await panel.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = panel.app.server.address() as AddressInfo;
    for (const path of [
      '/../panel.db',
      '/%2e%2e/panel.db',
      '/..%2fpanel.db',
      '/_next/../../secret.key',
      '/%00',
      '/%',
    ]) {
      const status = await new Promise<number>((resolve, reject) => {
        httpRequest({ port, path, host: '127.0.0.1' }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        })
          .on('error', reject)
          .end();
      });
      expect(status, path).toBeGreaterThanOrEqual(400);
      expect(status, path).toBeLessThan(500);
    }
  });
});
