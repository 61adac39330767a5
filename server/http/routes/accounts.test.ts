import { generateSync } from 'otplib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultAccess } from '../../protocol/access';
import type { Role } from '../../protocol/permissions';
import { goodPassword, type Panel, startPanel } from '../testing';

let panel: Panel;
let now = Date.UTC(2026, 2, 1, 12);
const better = 'quite another password';
const minute = 60_000;
const day = 24 * 60 * minute;

beforeEach(async () => {
  now = Date.UTC(2026, 2, 1, 12);
  panel = await startPanel({}, () => now);
});
afterEach(() => panel.close());

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers
  readonly json: any;
  readonly cookie: string;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

async function call(method: Method, path: string, cookie = '', body?: object, address?: string): Promise<Answer> {
  const answer = await panel.app.inject({
    method,
    url: `/api/v1/${path}`,
    headers: { ...(cookie && { cookie }), ...(body && { 'content-type': 'application/json' }) },
    ...(body && { payload: JSON.stringify(body) }),
    ...(address && { remoteAddress: address }),
  });
  const set = [answer.headers['set-cookie'] ?? []].flat();
  return {
    status: answer.statusCode,
    json: answer.json(),
    cookie: set.map((one) => one.split(';')[0]).join('; '),
  };
}

function codeOf(secret: string, at = now): string {
  return generateSync({ secret, epoch: Math.floor(at / 1000) });
}

const signIn = (username: string, password = goodPassword) => call('POST', 'login', '', { username, password });

async function enrol(cookie: string, password?: string): Promise<{ secret: string; recovery: string[] }> {
  const begun = await call('POST', 'me/second-factor', cookie, password === undefined ? {} : { password });
  expect(begun.status).toBe(200);
  const { secret } = begun.json;
  const on = await call('POST', 'me/second-factor/enable', cookie, { code: codeOf(secret) });
  expect(on.status).toBe(200);
  now += minute;
  return { secret, recovery: on.json.codes };
}

async function requireSecondFactor(role: Role, twoFactor = true): Promise<void> {
  const { version, settings } = panel.auth.access.get();
  const roles = settings.roles.map((one) => (one.id === role ? { ...one, twoFactor } : one));
  await panel.auth.access.save({ version, settings: { ...settings, roles } });
}

async function addInvited(boss: string, username = 'anna', role: Role = 'receptionist') {
  const body = { username, name: 'Anna Berg', role, extension: '201', email: 'anna@example.com' };
  const added = await call('POST', 'admin/users', boss, body);
  expect(added).toMatchObject({
    status: 201,
    json: { hasPassword: false, email: 'anna@example.com', origin: 'local' },
  });
  const issued = await call('POST', `admin/users/${added.json.id}/invitation`, boss, {});
  expect(issued.status).toBe(201);
  return { id: String(added.json.id), token: String(issued.json.token), expiresAt: String(issued.json.expiresAt) };
}

async function audit(): Promise<string[]> {
  await panel.temporary.store.audit.flush();
  const { entries } = await panel.temporary.store.audit.page(100);
  return entries.map(({ actor, action, target, result }) => `${actor} ${action} ${target} ${result}`);
}

describe('an invitation', () => {
  it('says who invites and as what, sets a password, and lets in, once', async () => {
    const { cookie: boss } = await panel.signIn('boss', 'admin');
    const { id, token, expiresAt } = await addInvited(boss);
    expect(expiresAt).toBe(new Date(now + 7 * day).toISOString());
    const shown = await call('POST', 'invitation', '', { token });
    expect(shown.json).toEqual({
      username: 'anna',
      name: 'Anna Berg',
      roleName: 'Receptionist',
      by: 'boss',
      expiresAt,
      hasPassword: false,
      minLength: 10,
    });
    const listed = await call('GET', 'admin/users', boss);
    expect(listed.json.find((user: { id: string }) => user.id === id)).toMatchObject({ invitedUntil: expiresAt });

    const weak = await call('POST', 'invitation/accept', '', { token, password: 'password123' });
    expect(weak).toMatchObject({ status: 400, json: { field: 'password' } });
    const accepted = await call('POST', 'invitation/accept', '', { token, password: better });
    expect(accepted).toMatchObject({ status: 200, json: { username: 'anna' } });
    expect(await call('GET', 'me', accepted.cookie)).toMatchObject({ status: 200, json: { username: 'anna' } });
    expect(await signIn('anna', better)).toMatchObject({ status: 200 });

    for (const path of ['invitation', 'invitation/accept']) {
      const again = await call('POST', path, '', path === 'invitation' ? { token } : { token, password: better });
      expect(again).toMatchObject({ status: 404, json: { error: 'notFound' } });
    }
    const lines = await audit();
    expect(lines).toContain('boss admin.user.invite anna: 7 days ok');
    expect(lines).toContain('anna session.invitation anna ok');
    expect(lines.join('\n')).not.toContain(token);
    const rows = JSON.stringify(await panel.temporary.store.database.prisma.invitation.findMany());
    expect(rows).not.toContain(token);
  });

  it('is good for one of two who use it at once', async () => {
    const { cookie: boss } = await panel.signIn('boss', 'admin');
    const { token } = await addInvited(boss);
    const bodies = ['first of the passwords', 'other of the passwords'].map((password) => ({ token, password }));
    const answers = await Promise.all(bodies.map((body) => call('POST', 'invitation/accept', '', body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    const won = answers.findIndex(({ status }) => status === 200);
    expect((await signIn('anna', bodies[won]?.password)).status).toBe(200);
    expect((await signIn('anna', bodies[1 - won]?.password)).status).toBe(401);
  });

  it('ends by time, by a newer one, taken back, with a password, and with the user disabled', async () => {
    const { cookie: boss } = await panel.signIn('boss', 'admin');
    const { id, token } = await addInvited(boss);
    const works = async (one: string) => (await call('POST', 'invitation', '', { token: one })).status === 200;
    const issue = async (days = 7) =>
      String((await call('POST', `admin/users/${id}/invitation`, boss, { days })).json.token);

    const second = await issue(1);
    expect([await works(token), await works(second)]).toEqual([false, true]);
    now += day;
    expect(await works(second)).toBe(false);

    const third = await issue();
    expect((await call('DELETE', `admin/users/${id}/invitation`, boss)).status).toBe(200);
    expect(await works(third)).toBe(false);
    expect((await call('DELETE', `admin/users/${id}/invitation`, boss)).status).toBe(404);

    const fourth = await issue();
    const { version } = (await call('GET', 'admin/users', boss)).json.find((user: { id: string }) => user.id === id);
    await call('PATCH', `admin/users/${id}`, boss, { password: better, version });
    expect(await works(fourth)).toBe(false);

    const fifth = await issue();
    await call('PATCH', `admin/users/${id}`, boss, { disabled: true, version: version + 1 });
    expect(await works(fifth)).toBe(false);
    expect(await call('POST', `admin/users/${id}/invitation`, boss, {})).toMatchObject({ status: 409 });
    await call('PATCH', `admin/users/${id}`, boss, { disabled: false, version: version + 2 });
    expect(await works(fifth)).toBe(false);
  });

  it('that resets a password ends the sessions of the old one, and does not get round a second factor', async () => {
    const { cookie: boss } = await panel.signIn('boss', 'admin');
    const ann = await panel.signIn('ann', 'supervisor');
    const { secret } = await enrol(ann.cookie, goodPassword);
    const { json } = await call('POST', `admin/users/${ann.id}/invitation`, boss, {});
    expect((await call('POST', 'invitation', '', { token: json.token })).json).toMatchObject({ hasPassword: true });
    const accepted = await call('POST', 'invitation/accept', '', { token: json.token, password: better });
    expect(accepted).toMatchObject({ status: 200, json: { next: 'code' }, cookie: '' });
    expect((await call('GET', 'me', ann.cookie)).status).toBe(401);
    const { ticket } = accepted.json;
    expect(await call('POST', 'login/code', '', { ticket, code: codeOf(secret) })).toMatchObject({ status: 200 });
  });

  it('is made by administrators alone', async () => {
    const { id } = await panel.signIn('boss', 'admin');
    const { cookie } = await panel.signIn('sue', 'supervisor');
    expect((await call('POST', `admin/users/${id}/invitation`, cookie, {})).status).toBe(403);
    expect((await call('POST', `admin/users/${id}/invitation`, '', {})).status).toBe(401);
  });
});

describe('a second factor', () => {
  it('is set up with the password, and asked for at the next sign-in', async () => {
    const ann = await panel.signIn('ann', 'supervisor');
    expect(await call('POST', 'me/second-factor', ann.cookie, { password: 'not mine at all' })).toMatchObject({
      status: 400,
      json: { field: 'password' },
    });
    const begun = await call('POST', 'me/second-factor', ann.cookie, { password: goodPassword });
    expect(begun.json.uri).toContain(`otpauth://totp/Cordboard:ann?secret=${begun.json.secret}`);
    expect(begun.json.qr.path).toMatch(/^M\d+ \d+h\d+v1h-\d+z/);
    // Not asked for before a code of it was shown.
    expect(await signIn('ann')).toMatchObject({ json: { username: 'ann' } });
    expect(await call('POST', 'me/second-factor/enable', ann.cookie, { code: '000000' })).toMatchObject({
      status: 400,
      json: { field: 'code' },
    });
    const on = await call('POST', 'me/second-factor/enable', ann.cookie, { code: codeOf(begun.json.secret) });
    expect(on.json.codes).toHaveLength(10);
    expect(await call('POST', 'me/second-factor', ann.cookie, { password: goodPassword })).toMatchObject({
      status: 409,
    });
    expect((await call('GET', 'me/second-factor', ann.cookie)).json).toMatchObject({
      since: new Date(now).toISOString(),
      recoveryLeft: 10,
      required: false,
    });

    const first = await signIn('ann');
    expect(first).toMatchObject({ status: 200, json: { next: 'code' }, cookie: '' });
    now += minute;
    const second = await call('POST', 'login/code', '', { ticket: first.json.ticket, code: codeOf(begun.json.secret) });
    expect(second).toMatchObject({ status: 200, json: { username: 'ann' } });
    expect((await call('GET', 'me', second.cookie)).status).toBe(200);
    const row = await panel.temporary.store.database.prisma.user.findUniqueOrThrow({ where: { id: ann.id } });
    expect(row.totpSecret).not.toContain(begun.json.secret);
    for (const code of on.json.codes) expect(row.recovery).not.toContain(code);
    const lines = await audit();
    expect(lines).toContain('ann me.secondFactor.enable ann ok');
    expect(lines).toContain('ann session.code ann ok');
  });

  it('takes a code once, one step early or late, and no older one', async () => {
    const ann = await panel.signIn('ann', 'supervisor');
    const { secret } = await enrol(ann.cookie, goodPassword);
    const attempt = async (code: string) => {
      const { json } = await signIn('ann');
      return (await call('POST', 'login/code', '', { ticket: json.ticket, code })).status;
    };
    const code = codeOf(secret);
    expect(await attempt(code)).toBe(200);
    expect(await attempt(code)).toBe(401);
    expect(await attempt(codeOf(secret, now - 30_000))).toBe(401);
    expect(await attempt(`${codeOf(secret, now + 30_000).slice(0, 3)} ${codeOf(secret, now + 30_000).slice(3)}`)).toBe(
      200,
    );
    now += 2 * minute;
    expect(await attempt(codeOf(secret, now - 60_000))).toBe(401);
    expect(await attempt(codeOf(secret, now + 60_000))).toBe(401);
    expect(await attempt(codeOf(secret, now - 30_000))).toBe(200);
  });

  it('lets one of two in who show the same code at once', async () => {
    const ann = await panel.signIn('ann', 'supervisor');
    const { secret, recovery } = await enrol(ann.cookie, goodPassword);
    for (const code of [codeOf(secret), recovery[0] ?? '']) {
      const tickets = await Promise.all([signIn('ann'), signIn('ann')]);
      const answers = await Promise.all(
        tickets.map(({ json }) => call('POST', 'login/code', '', { ticket: json.ticket, code })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    }
  });

  it('can be replaced by recovery codes, each once, however they are typed', async () => {
    const ann = await panel.signIn('ann', 'supervisor');
    const { secret, recovery } = await enrol(ann.cookie, goodPassword);
    const attempt = async (code = '') => {
      const { json } = await signIn('ann');
      return (await call('POST', 'login/code', '', { ticket: json.ticket, code })).status;
    };
    expect(await attempt(recovery[0])).toBe(200);
    expect(await attempt(recovery[0])).toBe(401);
    expect(await attempt(recovery[1]?.toLowerCase().replaceAll('-', ' '))).toBe(200);
    expect((await call('GET', 'me/second-factor', ann.cookie)).json).toMatchObject({ recoveryLeft: 8 });
    const proof = { password: goodPassword, code: codeOf(secret) };
    const renewed = await call('POST', 'me/second-factor/recovery', ann.cookie, proof);
    expect(renewed.json.codes).toHaveLength(10);
    expect(await attempt(recovery[2])).toBe(401);
    expect(await attempt(renewed.json.codes[0])).toBe(200);
  });

  it('makes of a ticket one sign-in, of five tries, within five minutes', async () => {
    const ann = await panel.signIn('ann', 'supervisor');
    const { secret } = await enrol(ann.cookie, goodPassword);
    const step = (ticket: string, code: string, address?: string) =>
      call('POST', 'login/code', '', { ticket, code }, address);
    const used = (await signIn('ann')).json.ticket;
    expect((await step(used, codeOf(secret))).status).toBe(200);
    now += minute;
    expect(await step(used, codeOf(secret))).toMatchObject({ status: 404, json: { error: 'notFound' } });

    const late = (await signIn('ann')).json.ticket;
    now += 5 * minute;
    expect((await step(late, codeOf(secret))).status).toBe(404);

    const guessed = (await signIn('ann')).json.ticket;
    for (let at = 0; at < 5; at += 1) expect((await step(guessed, '000000', `198.51.100.${at}`)).status).toBe(401);
    expect((await step(guessed, codeOf(secret))).status).toBe(404);
    expect((await step('made up', codeOf(secret))).status).toBe(404);
  });

  it('ends with its password: a ticket of the old one lets nobody in', async () => {
    const ann = await panel.signIn('ann', 'supervisor');
    const { secret } = await enrol(ann.cookie, goodPassword);
    const { ticket } = (await signIn('ann')).json;
    await panel.auth.accounts.update(ann.id, { password: better });
    expect((await call('POST', 'login/code', '', { ticket, code: codeOf(secret) })).status).toBe(404);
  });

  it('slows guessing down per user, whatever addresses it comes from, but not a browser known before', async () => {
    const ann = await panel.signIn('ann', 'supervisor');
    const { secret } = await enrol(ann.cookie, goodPassword);
    const known = (
      await call('POST', 'login/code', '', {
        ticket: (await signIn('ann')).json.ticket,
        code: codeOf(secret),
      })
    ).cookie;
    const statuses: number[] = [];
    for (let at = 0; at < 12; at += 1) {
      const { json } = await call('POST', 'login', '', { username: 'ann', password: goodPassword }, `203.0.113.${at}`);
      statuses.push(
        (await call('POST', 'login/code', '', { ticket: json.ticket, code: '000000' }, `203.0.113.${at}`)).status,
      );
    }
    expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    expect(statuses.slice(5)).toContain(429);
    expect(statuses.filter((status) => status === 401).length).toBeLessThan(8);
    now += 30_000;
    const { ticket } = (await signIn('ann')).json;
    expect((await call('POST', 'login/code', known, { ticket, code: codeOf(secret) })).status).toBe(200);
  });

  it('is turned off with password and code, or by an administrator', async () => {
    const { cookie: boss } = await panel.signIn('boss', 'admin');
    const ann = await panel.signIn('ann', 'supervisor');
    const { secret } = await enrol(ann.cookie, goodPassword);
    const off = (body: object) => call('POST', 'me/second-factor/off', ann.cookie, body);
    expect(await off({ code: codeOf(secret) })).toMatchObject({ status: 400, json: { field: 'password' } });
    expect(await off({ password: goodPassword, code: '000000' })).toMatchObject({
      status: 400,
      json: { field: 'code' },
    });
    expect((await off({ password: goodPassword, code: codeOf(secret) })).status).toBe(200);
    expect(await signIn('ann')).toMatchObject({ json: { username: 'ann' } });

    now += minute;
    await enrol(ann.cookie, goodPassword);
    expect((await call('DELETE', `admin/users/${ann.id}/second-factor`, ann.cookie)).status).toBe(403);
    const reset = await call('DELETE', `admin/users/${ann.id}/second-factor`, boss);
    expect(reset).toMatchObject({ status: 200, json: { secondFactor: false } });
    expect((await call('DELETE', `admin/users/${ann.id}/second-factor`, boss)).status).toBe(404);
    expect(await signIn('ann')).toMatchObject({ json: { username: 'ann' } });
    expect(await audit()).toContain('boss admin.user.resetSecondFactor ann ok');
  });
});

describe('a role that asks for a second factor', () => {
  it('serves nothing before it is set up, and everything after', async () => {
    await requireSecondFactor('supervisor');
    const { id } = await panel.auth.accounts.create({
      ...{ username: 'ann', name: 'Ann', role: 'supervisor', extension: null, password: goodPassword },
    });
    const entered = await signIn('ann');
    expect(entered).toMatchObject({ status: 200, json: { next: 'enrolment' } });
    const { cookie } = entered;
    expect((await call('GET', 'setup', cookie)).json).toMatchObject({ enrolment: true });
    for (const [method, path] of [
      ['GET', 'me'],
      ['GET', 'me/layout'],
      ['GET', 'me/sessions'],
      ['GET', 'state'],
      ['GET', 'calls'],
      ['POST', 'me/password'],
      ['POST', 'me/second-factor/off'],
      ['POST', 'commands/call.dial'],
      ['GET', 'admin/users'],
    ] as const) {
      const refused = await call(method, path, cookie, method === 'POST' ? {} : undefined);
      expect([path, refused.status, refused.json.message]).toEqual([path, 401, 'Set up your second factor first.']);
    }
    expect(panel.commands).toEqual([]);
    // What Socket.IO asks.
    expect(await panel.auth.authenticate({ cookieHeader: cookie })).toBeNull();
    await enrol(cookie);
    expect((await call('GET', 'me', cookie)).status).toBe(200);
    expect((await call('GET', 'setup', cookie)).json).toMatchObject({ enrolment: false });
    expect(await panel.auth.authenticate({ cookieHeader: cookie })).toMatchObject({ kind: 'user', user: { id } });
  });

  it('holds open panels back at once, and again after a reset; signing out works', async () => {
    const { cookie: boss } = await panel.signIn('boss', 'admin');
    const ann = await panel.signIn('ann', 'supervisor');
    await panel.auth.authenticate({ cookieHeader: ann.cookie });
    const ended: string[] = [];
    panel.auth.events.ended.on(({ userId, reason }) => ended.push(`${userId} ${reason}`));
    await requireSecondFactor('supervisor');
    expect(ended).toEqual([`${ann.id} secondFactor`]);
    expect((await call('GET', 'me', ann.cookie)).status).toBe(401);
    expect((await call('GET', 'me', boss)).status).toBe(200);
    await enrol(ann.cookie);
    expect((await call('GET', 'me', ann.cookie)).status).toBe(200);
    await call('DELETE', `admin/users/${ann.id}/second-factor`, boss);
    expect(ended).toHaveLength(2);
    expect((await call('GET', 'me', ann.cookie)).status).toBe(401);
    expect((await call('POST', 'logout', ann.cookie)).status).toBe(200);
    expect((await call('GET', 'me', ann.cookie)).status).toBe(401);
  });

  it('spares who proved elsewhere who they are', async () => {
    await requireSecondFactor('supervisor');
    const user = await panel.temporary.store.users.create({
      ...{ username: 'sso', name: 'Sso', role: 'supervisor', extension: null, passwordHash: null },
      ...{ origin: 'oidc', externalId: 'https://id.example.com 1' },
    });
    const signed = await panel.auth.signInExternal(user, { address: '192.0.2.1', userAgent: 'test' });
    expect(signed?.waiting).toBe(false);
    const own = await call('POST', 'me/password', `cordboard=${signed?.token}`, { next: better });
    expect(own).toMatchObject({ status: 403, json: { field: 'next' } });
    const { cookie: boss } = await panel.signIn('boss', 'admin');
    expect((await call('POST', `admin/users/${user.id}/invitation`, boss, {})).status).toBe(409);
    const typed = await call('PATCH', `admin/users/${user.id}`, boss, { password: better, version: user.version });
    expect(typed).toMatchObject({ status: 409, json: { field: 'password' } });
    expect((await call('GET', 'me', `cordboard=${signed?.token}`)).status).toBe(200);
    expect(await panel.auth.signInExternal({ ...user, disabled: true }, { address: '', userAgent: '' })).toBeNull();
  });

  it('is none of the defaults', () => {
    expect(defaultAccess.roles.filter(({ twoFactor }) => twoFactor)).toEqual([]);
  });
});

describe('sessions', () => {
  it('are listed with this one marked, and end one by one or all others at once', async () => {
    const ann = await panel.signIn('ann', 'supervisor');
    const cookies = [ann.cookie];
    for (let at = 0; at < 3; at += 1) {
      now += minute;
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
    panel.auth.events.ended.on(({ reason }) => ended.push(reason));
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
    const { cookie: boss } = await panel.signIn('boss', 'admin');
    const ann = await panel.signIn('ann', 'supervisor');
    const eve = await panel.signIn('eve', 'supervisor');
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
    const boss = await panel.signIn('boss', 'admin');
    const ann = await panel.signIn('ann', 'supervisor');
    const ended: string[] = [];
    panel.auth.events.ended.on(({ reason }) => ended.push(reason));
    expect((await call('DELETE', `admin/users/${boss.id}`, boss.cookie)).status).toBe(409);
    expect((await call('DELETE', `admin/users/${ann.id}`, ann.cookie)).status).toBe(403);
    expect((await call('DELETE', `admin/users/${ann.id}`, boss.cookie)).status).toBe(200);
    expect(ended).toEqual(['disabled']);
    expect((await call('GET', 'me', ann.cookie)).status).toBe(401);
    expect((await signIn('ann')).status).toBe(401);
    expect((await call('DELETE', `admin/users/${ann.id}`, boss.cookie)).status).toBe(404);
    const { stored, token } = await panel.temporary.store.tokens.create({
      name: 'x',
      scopes: ['admin'],
      expiresAt: null,
    });
    expect(stored.name).toBe('x');
    const last = await panel.app.inject({
      method: 'DELETE',
      url: `/api/v1/admin/users/${boss.id}`,
      headers: { authorization: `Bearer ${token}` },
    });
    expect(last.json()).toMatchObject({ error: 'conflict', field: 'role' });
    expect((await call('GET', 'me', boss.cookie)).status).toBe(200);
  });

  it('are refused a weak password wherever one is set', async () => {
    const { cookie: boss } = await panel.signIn('boss', 'admin');
    const ann = await panel.signIn('ann', 'supervisor');
    const user = { username: 'zoe', name: 'Zoë', role: 'viewer', extension: null };
    for (const password of ['1234567890', 'iloveyou123', 'cordboard2026', 'zoezoezoezoe']) {
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
    const { cookie: boss } = await panel.signIn('boss', 'admin');
    const body = { name: 'wallboard', scopes: ['state:read'], expiresAt: new Date(now + 30 * day).toISOString() };
    const made = await call('POST', 'admin/tokens', boss, body);
    expect(made).toMatchObject({ status: 201, json: { record: { name: 'wallboard', scopes: ['state:read'] } } });
    const { token, record } = made.json;
    const use = async () =>
      (await panel.app.inject({ url: '/api/v1/state', headers: { authorization: `Bearer ${token}` } })).statusCode;
    expect(await use()).toBe(200);
    const listed = await call('GET', 'admin/tokens', boss);
    expect(listed.json).toMatchObject([{ id: record.id, lastUsedAt: new Date(now).toISOString(), revokedAt: null }]);
    expect(JSON.stringify(listed.json)).not.toContain(token);
    const ended: string[] = [];
    panel.auth.events.tokenEnded.on((id) => ended.push(id));
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
    const { cookie: boss } = await panel.signIn('boss', 'admin');
    const { cookie } = await panel.signIn('sue', 'supervisor');
    const good = { name: 'x', scopes: ['commands'], expiresAt: null };
    expect(await call('POST', 'admin/tokens', boss, { ...good, name: ' ' })).toMatchObject({ json: { field: 'name' } });
    expect(await call('POST', 'admin/tokens', boss, { ...good, scopes: [] })).toMatchObject({
      json: { field: 'scopes' },
    });
    const past = { ...good, expiresAt: new Date(now - 1).toISOString() };
    expect(await call('POST', 'admin/tokens', boss, past)).toMatchObject({ status: 400, json: { field: 'expiresAt' } });
    expect((await call('POST', 'admin/tokens', cookie, good)).status).toBe(403);
    expect((await call('GET', 'admin/tokens', cookie)).status).toBe(403);
  });
});
