import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { goodPassword } from '../testing';
import { addInvited, audit, better, call, codeOf, day, desk, enrol, openDesk, signIn } from './accounts-testing';

beforeEach(openDesk);
afterEach(() => desk.panel.close());

describe('an invitation', () => {
  it('says who invites and as what, sets a password, and lets in, once', async () => {
    const { cookie: boss } = await desk.panel.signIn('boss', 'admin');
    const { id, token, expiresAt } = await addInvited(boss);
    expect(expiresAt).toBe(new Date(desk.now + 7 * day).toISOString());
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
    const rows = JSON.stringify(await desk.panel.temporary.store.database.prisma.invitation.findMany());
    expect(rows).not.toContain(token);
  });

  it('is good for one of two who use it at once', async () => {
    const { cookie: boss } = await desk.panel.signIn('boss', 'admin');
    const { token } = await addInvited(boss);
    const bodies = ['first of the passwords', 'other of the passwords'].map((password) => ({ token, password }));
    const answers = await Promise.all(bodies.map((body) => call('POST', 'invitation/accept', '', body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    const won = answers.findIndex(({ status }) => status === 200);
    expect((await signIn('anna', bodies[won]?.password)).status).toBe(200);
    expect((await signIn('anna', bodies[1 - won]?.password)).status).toBe(401);
  });

  it('ends by time, by a newer one, taken back, with a password, and with the user disabled', async () => {
    const { cookie: boss } = await desk.panel.signIn('boss', 'admin');
    const { id, token } = await addInvited(boss);
    const works = async (one: string) => (await call('POST', 'invitation', '', { token: one })).status === 200;
    const issue = async (days = 7) =>
      String((await call('POST', `admin/users/${id}/invitation`, boss, { days })).json.token);

    const second = await issue(1);
    expect([await works(token), await works(second)]).toEqual([false, true]);
    desk.now += day;
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
    const { cookie: boss } = await desk.panel.signIn('boss', 'admin');
    const ann = await desk.panel.signIn('ann', 'supervisor');
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
    const { id } = await desk.panel.signIn('boss', 'admin');
    const { cookie } = await desk.panel.signIn('sue', 'supervisor');
    expect((await call('POST', `admin/users/${id}/invitation`, cookie, {})).status).toBe(403);
    expect((await call('POST', `admin/users/${id}/invitation`, '', {})).status).toBe(401);
  });
});
