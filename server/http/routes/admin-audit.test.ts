import { afterEach, beforeEach, expect, it } from 'vitest';
import { auditVerdict } from '../../protocol/admin';
import { type Panel, startPanel } from '../testing';

let panel: Panel;
const now = Date.parse('2026-03-01T12:00:00Z');
beforeEach(async () => {
  panel = await startPanel({}, () => now);
});
afterEach(() => panel?.close());

async function get(url: string, headers: Record<string, string> = {}) {
  const answer = await panel.app.inject({ method: 'GET', url: `/api/v1/admin/${url}`, headers });
  return { status: answer.statusCode, text: answer.payload, headers: answer.headers, json: () => answer.json() };
}

function append(action: string, result = 'ok'): void {
  panel.temporary.store.audit.append({
    ...{ at: now, actor: 'bert', session: '0123456789abcdef', address: '::1', action, target: '101', result },
  });
}

it('is for administrators', async () => {
  const { cookie } = await panel.signIn('ann', 'supervisor');
  for (const route of ['audit', 'audit.csv', 'audit/verify']) {
    expect((await get(route)).status).toBe(401);
    expect((await get(route, { cookie })).status).toBe(403);
  }
});

it('is narrowed down by who, what, how it ended and when', async () => {
  const { cookie } = await panel.signIn('root', 'admin');
  append('call.park');
  append('call.hangup', 'conflict: The PBX refused: No such channel');
  const actions = async (query: string) =>
    ((await get(`audit?${query}`, { cookie })).json() as { action: string }[]).map(({ action }) => action);
  expect(await actions('actor=bert')).toEqual(['call.hangup', 'call.park']);
  expect(await actions('action=call&result=refused')).toEqual(['call.hangup']);
  expect(await actions('result=ok&actor=bert')).toEqual(['call.park']);
  expect(await actions('target=10&session=0123456&address=%3A%3A1&actor=bert')).toHaveLength(2);
  for (const other of ['target=102', 'session=123456', 'session=0123456789ac', 'address=10.0']) {
    expect(await actions(`actor=bert&${other}`), other).toEqual([]);
  }
  expect(await actions('from=2026-03-01T12:00:01Z')).toEqual([]);
  expect(await actions('to=2026-03-01T13:00:01%2B01:00')).toHaveLength(2);
  for (const wrong of ['result=odd', 'from=yesterday', 'actor=', 'limit=0']) {
    expect((await get(`audit?${wrong}`, { cookie })).status, wrong).toBe(400);
  }
});

it('comes as a file without formulas, and that it was taken is in it the next time', async () => {
  const { cookie } = await panel.signIn('root', 'admin');
  append('call.park', 'ok: =1+1');
  append('=cmd()');
  const { text, headers } = await get('audit.csv?actor=bert', { cookie });
  expect(headers['content-disposition']).toBe('attachment; filename="audit-2026-03-01.csv"');
  expect(text.split('\r\n')).toEqual([
    '\ufeffLine,Time,Who,Session,Address,What,Whom,Result',
    `2,2026-03-01T12:00:00.000Z,bert,0123456789ab,::1,'=cmd(),101,ok`,
    '1,2026-03-01T12:00:00.000Z,bert,0123456789ab,::1,call.park,101,ok: =1+1',
    '',
  ]);
  expect((await get('audit.csv?action=export', { cookie })).text).toContain('admin.audit.export');
});

it('says whether it is as it was written, and where not', async () => {
  const { cookie } = await panel.signIn('root', 'admin');
  for (let n = 0; n < 5; n += 1) append('call.park');
  const verdict = async (query = '') => auditVerdict.parse((await get(`audit/verify${query}`, { cookie })).json());
  expect(await verdict()).toMatchObject({ ok: true, checked: 5, brokenAt: null, reason: null });
  const { prisma } = panel.temporary.store.database;
  await prisma.auditEntry.update({ where: { id: 3 }, data: { actor: 'somebody else' } });
  expect(await verdict()).toMatchObject({
    ok: false,
    checked: 2,
    brokenAt: 3,
    reason: 'This line was changed after it was written.',
  });
  expect(await verdict('?from=4')).toMatchObject({ ok: true, from: 4, checked: 2 });
  expect((await get('audit/verify?from=0', { cookie })).status).toBe(400);
});

it('has every way in: sign-ins, settings, one’s own profile, with session and address', async () => {
  const root = await panel.signIn('root', 'admin');
  const send = (method: 'POST' | 'PATCH', url: string, payload: object, cookie?: string) =>
    panel.app.inject({
      ...{ method, url: `/api/v1/${url}`, payload, remoteAddress: '192.0.2.7' },
      headers: cookie === undefined ? {} : { cookie },
    });
  await send('POST', 'login', { username: 'root', password: 'wrong' });
  const login = await send('POST', 'login', { username: 'Root', password: 'correct horse battery' });
  const cookie = String(login.headers['set-cookie']).split(';')[0] ?? '';
  await send('PATCH', 'me', { name: 'Anna B' }, cookie);
  await send('PATCH', `admin/users/${root.id}`, { name: 'x', version: 99 }, cookie);
  await send('POST', 'logout', {}, cookie);
  await panel.temporary.store.audit.flush();
  const { entries } = await panel.temporary.store.audit.page(10);
  const [logout, user, profile, signedIn, wrong] = entries;
  expect(entries.map(({ action, result }) => [action, result])).toEqual([
    ['session.logout', 'ok'],
    ['admin.user.update', 'conflict'],
    ['me.profile', 'ok'],
    ['session.login', 'ok'],
    ['session.login', 'wrong'],
  ]);
  expect(new Set(entries.map(({ address }) => address))).toEqual(new Set(['192.0.2.7']));
  expect(wrong).toMatchObject({ session: '', actor: '' });
  expect(signedIn?.session).toMatch(/^[0-9a-f]{12}$/);
  for (const entry of [logout, user, profile]) expect(entry?.session).toBe(signedIn?.session);
  expect(cookie).not.toContain(signedIn?.session);
});

it('has who asked for what they may not have, once a minute', async () => {
  const { cookie } = await panel.signIn('ann', 'supervisor');
  for (let n = 0; n < 5; n += 1) await get('users', { cookie });
  await get('pbx', { cookie });
  await get('users');
  await panel.temporary.store.audit.flush();
  const { entries } = await panel.temporary.store.audit.page(10);
  expect(entries.map(({ actor, action, target, result }) => [actor, action, target, result])).toEqual([
    ['ann', 'http.refused', 'GET /api/v1/admin/pbx', 'forbidden'],
    ['ann', 'http.refused', 'GET /api/v1/admin/users', 'forbidden'],
  ]);
});
