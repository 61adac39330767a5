import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultAccess } from '../../protocol/access';
import { goodPassword } from '../testing';
import {
  audit,
  better,
  call,
  codeOf,
  desk,
  enrol,
  minute,
  openDesk,
  requireSecondFactor,
  signIn,
} from './accounts-testing';

beforeEach(openDesk);
afterEach(() => desk.panel.close());

describe('a second factor', () => {
  it('is set up with the password, and asked for at the next sign-in', async () => {
    const ann = await desk.panel.signIn('ann', 'supervisor');
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
      since: new Date(desk.now).toISOString(),
      recoveryLeft: 10,
      required: false,
    });

    const first = await signIn('ann');
    expect(first).toMatchObject({ status: 200, json: { next: 'code' }, cookie: '' });
    desk.now += minute;
    const second = await call('POST', 'login/code', '', { ticket: first.json.ticket, code: codeOf(begun.json.secret) });
    expect(second).toMatchObject({ status: 200, json: { username: 'ann' } });
    expect((await call('GET', 'me', second.cookie)).status).toBe(200);
    const row = await desk.panel.temporary.store.database.prisma.user.findUniqueOrThrow({ where: { id: ann.id } });
    expect(row.totpSecret).not.toContain(begun.json.secret);
    for (const code of on.json.codes) expect(row.recovery).not.toContain(code);
    const lines = await audit();
    expect(lines).toContain('ann me.secondFactor.enable ann ok');
    expect(lines).toContain('ann session.code ann ok');
  });

  it('takes a code once, one step early or late, and no older one', async () => {
    const ann = await desk.panel.signIn('ann', 'supervisor');
    const { secret } = await enrol(ann.cookie, goodPassword);
    const attempt = async (code: string) => {
      const { json } = await signIn('ann');
      return (await call('POST', 'login/code', '', { ticket: json.ticket, code })).status;
    };
    const code = codeOf(secret);
    expect(await attempt(code)).toBe(200);
    expect(await attempt(code)).toBe(401);
    expect(await attempt(codeOf(secret, desk.now - 30_000))).toBe(401);
    expect(
      await attempt(`${codeOf(secret, desk.now + 30_000).slice(0, 3)} ${codeOf(secret, desk.now + 30_000).slice(3)}`),
    ).toBe(200);
    desk.now += 2 * minute;
    expect(await attempt(codeOf(secret, desk.now - 60_000))).toBe(401);
    expect(await attempt(codeOf(secret, desk.now + 60_000))).toBe(401);
    expect(await attempt(codeOf(secret, desk.now - 30_000))).toBe(200);
  });

  it('lets one of two in who show the same code at once', async () => {
    const ann = await desk.panel.signIn('ann', 'supervisor');
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
    const ann = await desk.panel.signIn('ann', 'supervisor');
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
    const ann = await desk.panel.signIn('ann', 'supervisor');
    const { secret } = await enrol(ann.cookie, goodPassword);
    const step = (ticket: string, code: string, address?: string) =>
      call('POST', 'login/code', '', { ticket, code }, address);
    const used = (await signIn('ann')).json.ticket;
    expect((await step(used, codeOf(secret))).status).toBe(200);
    desk.now += minute;
    expect(await step(used, codeOf(secret))).toMatchObject({ status: 404, json: { error: 'notFound' } });

    const late = (await signIn('ann')).json.ticket;
    desk.now += 5 * minute;
    expect((await step(late, codeOf(secret))).status).toBe(404);

    const guessed = (await signIn('ann')).json.ticket;
    for (let at = 0; at < 5; at += 1) expect((await step(guessed, '000000', `198.51.100.${at}`)).status).toBe(401);
    expect((await step(guessed, codeOf(secret))).status).toBe(404);
    expect((await step('made up', codeOf(secret))).status).toBe(404);
  });

  it('ends with its password: a ticket of the old one lets nobody in', async () => {
    const ann = await desk.panel.signIn('ann', 'supervisor');
    const { secret } = await enrol(ann.cookie, goodPassword);
    const { ticket } = (await signIn('ann')).json;
    await desk.panel.auth.accounts.update(ann.id, { password: better });
    expect((await call('POST', 'login/code', '', { ticket, code: codeOf(secret) })).status).toBe(404);
  });

  it('slows guessing down per user, whatever addresses it comes from, but not a browser known before', async () => {
    const ann = await desk.panel.signIn('ann', 'supervisor');
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
    desk.now += 30_000;
    const { ticket } = (await signIn('ann')).json;
    expect((await call('POST', 'login/code', known, { ticket, code: codeOf(secret) })).status).toBe(200);
  });

  it('is turned off with password and code, or by an administrator', async () => {
    const { cookie: boss } = await desk.panel.signIn('boss', 'admin');
    const ann = await desk.panel.signIn('ann', 'supervisor');
    const { secret } = await enrol(ann.cookie, goodPassword);
    const off = (body: object) => call('POST', 'me/second-factor/off', ann.cookie, body);
    expect(await off({ code: codeOf(secret) })).toMatchObject({ status: 400, json: { field: 'password' } });
    expect(await off({ password: goodPassword, code: '000000' })).toMatchObject({
      status: 400,
      json: { field: 'code' },
    });
    expect((await off({ password: goodPassword, code: codeOf(secret) })).status).toBe(200);
    expect(await signIn('ann')).toMatchObject({ json: { username: 'ann' } });

    desk.now += minute;
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
    const { id } = await desk.panel.auth.accounts.create({
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
    expect(desk.panel.commands).toEqual([]);
    // What Socket.IO asks.
    expect(await desk.panel.auth.authenticate({ cookieHeader: cookie })).toBeNull();
    await enrol(cookie);
    expect((await call('GET', 'me', cookie)).status).toBe(200);
    expect((await call('GET', 'setup', cookie)).json).toMatchObject({ enrolment: false });
    expect(await desk.panel.auth.authenticate({ cookieHeader: cookie })).toMatchObject({ kind: 'user', user: { id } });
  });

  it('holds open panels back at once, and again after a reset; signing out works', async () => {
    const { cookie: boss } = await desk.panel.signIn('boss', 'admin');
    const ann = await desk.panel.signIn('ann', 'supervisor');
    await desk.panel.auth.authenticate({ cookieHeader: ann.cookie });
    const ended: string[] = [];
    desk.panel.auth.events.ended.on(({ userId, reason }) => ended.push(`${userId} ${reason}`));
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
    const user = await desk.panel.temporary.store.users.create({
      ...{ username: 'sso', name: 'Sso', role: 'supervisor', extension: null, passwordHash: null },
      ...{ origin: 'oidc', externalId: 'https://id.example.com 1' },
    });
    const signed = await desk.panel.auth.signInExternal(user, { address: '192.0.2.1', userAgent: 'test' });
    expect(signed?.waiting).toBe(false);
    const own = await call('POST', 'me/password', `cordboard=${signed?.token}`, { next: better });
    expect(own).toMatchObject({ status: 403, json: { field: 'next' } });
    const { cookie: boss } = await desk.panel.signIn('boss', 'admin');
    expect((await call('POST', `admin/users/${user.id}/invitation`, boss, {})).status).toBe(409);
    const typed = await call('PATCH', `admin/users/${user.id}`, boss, { password: better, version: user.version });
    expect(typed).toMatchObject({ status: 409, json: { field: 'password' } });
    expect((await call('GET', 'me', `cordboard=${signed?.token}`)).status).toBe(200);
    expect(
      await desk.panel.auth.signInExternal({ ...user, disabled: true }, { address: '', userAgent: '' }),
    ).toBeNull();
  });

  it('is none of the defaults', () => {
    expect(defaultAccess.roles.filter(({ twoFactor }) => twoFactor)).toEqual([]);
  });
});
