import { afterEach, beforeEach, expect, it } from 'vitest';
import { composeSetup } from '../../compose-setup';
import { PbxModel } from '../../pbx/model';
import { freshSetup } from '../../protocol/setup';
import { hashToken } from '../../store/tokens';
import { type Panel, startPanel } from '../testing';

let panel: Panel;
let cookie: string;
let adminId: string;
beforeEach(async () => {
  panel = await startPanel();
  ({ cookie, id: adminId } = await panel.signIn('root', 'admin'));
});
afterEach(() => panel.close());

function ask(method: 'GET' | 'PUT' | 'POST', url: string, payload?: object, as = cookie) {
  const headers = { cookie: as, origin: 'http://localhost:80', host: 'localhost:80' };
  return panel.app.inject({ method, url: `/api/v1/admin/setup${url}`, headers, ...(payload ? { payload } : {}) });
}

it('is for administrators alone', async () => {
  const { cookie: theirs } = await panel.signIn('tove', 'supervisor');
  for (const [method, url] of [
    ['GET', ''],
    ['PUT', ''],
    ['GET', '/found'],
    ['POST', '/address'],
    ['PUT', '/username'],
  ] as const)
    expect((await ask(method, url, method === 'GET' ? undefined : {}, theirs)).statusCode, `${method} ${url}`).toBe(
      403,
    );
});

it('keeps how far one came, and tells who comes from behind', async () => {
  await panel.close();
  const model = new PbxModel();
  panel = await startPanel();
  const setup = await composeSetup({ store: panel.temporary.store, model, ami: () => null, now: Date.now });
  await setup.save({ version: 0, settings: { ...freshSetup, passed: ['account'] } });
  await expect(setup.save({ version: 0, settings: freshSetup })).rejects.toThrow('somebody else changed');
  const again = await composeSetup({ store: panel.temporary.store, model, ami: () => null, now: Date.now });
  expect(await again.get()).toEqual({ version: 1, settings: { ...freshSetup, passed: ['account'] } });
  expect(await again.found()).toMatchObject({ link: 'down', people: [], departments: [] });
});

it('answers steps that there are not with the field', async () => {
  const answer = await ask('PUT', '', { version: 0, settings: { ...freshSetup, passed: ['coffee'] } });
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ error: 'invalid', field: 'settings.passed.0' });
});

it('tells the address towards a host', async () => {
  expect((await ask('POST', '/address', { host: 'pbx.example' })).json()).toEqual({ address: '192.0.2.10' });
});

it('lets a user name be chosen until there is a password, and no name that is taken', async () => {
  const fixed = await ask('PUT', '/username', { username: 'ida' });
  expect(fixed.statusCode).toBe(409);
  expect(fixed.json()).toMatchObject({ field: 'username' });

  const { store } = panel.temporary;
  const fresh = await store.users.create({
    ...{ username: 'first', name: 'Administrator', role: 'admin', extension: null, passwordHash: null },
  });
  const at = new Date();
  await store.sessions.create(
    {
      ...{ id: hashToken('T'.repeat(43)), userId: fresh.id, createdAt: at, lastSeenAt: at, via: 'code' },
      ...{ expiresAt: new Date(at.getTime() + 60_000), address: '127.0.0.1', userAgent: '' },
    },
    50,
  );
  const hers = `cordboard=${'T'.repeat(43)}`;
  const taken = await ask('PUT', '/username', { username: 'root' }, hers);
  expect(taken.statusCode).toBe(409);
  expect(taken.json()).toMatchObject({ error: 'conflict', field: 'username' });
  const wrong = await ask('PUT', '/username', { username: 'Not a name!' }, hers);
  expect(wrong.json()).toMatchObject({ error: 'invalid', field: 'username' });
  const origin = async (from: 'local' | 'oidc') => void (await store.users.update(fresh.id, { origin: from }));
  await origin('oidc');
  expect((await ask('PUT', '/username', { username: 'ida' }, hers)).statusCode).toBe(409);
  await origin('local');
  const done = await ask('PUT', '/username', { username: ' Ida ' }, hers);
  expect(done.json()).toMatchObject({ id: fresh.id, username: 'ida' });
  expect((await store.users.byId(adminId))?.username).toBe('root');
});
