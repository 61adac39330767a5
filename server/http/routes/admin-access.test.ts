import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AccessSettings, defaultAccess, defaultGrants, type Grant } from '../../protocol/access';
import { emptyGroup, nobodyElse } from '../../protocol/groups';
import { type Panel, startPanel } from '../testing';

let panel: Panel;
let admin: { id: string; cookie: string };
beforeEach(async () => {
  panel = await startPanel();
  admin = await panel.signIn('boss', 'admin');
});
afterEach(() => panel?.close());

async function call(method: 'GET' | 'PUT' | 'PATCH' | 'POST', url: string, body?: object, cookie = admin.cookie) {
  const answer = await panel.app.inject({ method, url: `/api/v1/${url}`, headers: { cookie }, ...(body && { body }) });
  return { status: answer.statusCode, json: answer.json() };
}

const sales = {
  ...emptyGroup('Sales'),
  extensions: ['101', '102'],
  departments: ['Front office'],
  queues: ['600'],
};
const asRole = { grants: null, sees: null };
const withSales: AccessSettings = {
  groups: [sales],
  roles: rolesWith('member', [{ permission: 'dial', groups: ['Sales'] }]),
};

describe('what roles may do', () => {
  it('is the default until it is saved, over the version that was read', async () => {
    expect((await call('GET', 'admin/access')).json).toEqual({ version: 0, settings: defaultAccess });
    const saved = { version: 1, settings: withSales };
    expect(await call('PUT', 'admin/access', { version: 0, settings: withSales })).toEqual({
      status: 200,
      json: saved,
    });
    expect((await call('PUT', 'admin/access', { version: 0, settings: withSales })).status).toBe(409);
    expect((await call('GET', 'admin/access')).json).toEqual(saved);
    const mia = await panel.signIn('mia', 'member');
    const { json } = await call('GET', 'me', undefined, mia.cookie);
    expect(json).toMatchObject({ permissions: ['dial'], limits: { dial: { ...limit, groups: ['Sales'] } } });
    expect((await call('GET', 'admin/access', undefined, mia.cookie)).status).toBe(403);
    expect((await call('PUT', 'admin/access', saved, mia.cookie)).status).toBe(403);
  });

  const { name: _, ...limit } = sales;

  it('survives a restart; what cannot be read grants nothing', async () => {
    await call('PUT', 'admin/access', { version: 0, settings: withSales });
    const { access } = panel.auth;
    await access.load();
    expect(access.rights('member', asRole).permissions).toEqual(['dial']);
    await panel.temporary.store.settings.put('access', { groups: 'none' }, 1);
    await access.load();
    expect(access.rights('supervisor', asRole)).toEqual({ permissions: [], limits: {} });
    expect(access.rights('admin', asRole).permissions).toContain('admin');
    expect((await call('PUT', 'admin/access', { version: 2, settings: withSales })).status).toBe(200);
  });

  it.each([
    ['roles.3.grants.0.groups.1', rolesWith('member', [{ permission: 'dial', groups: ['Sales', 'Nowhere'] }])],
    ['roles.4.grants.1.permission', rolesWith('viewer', ['spy', 'spy'].map(forAll))],
    ['roles.4.grants.0.permission', rolesWith('viewer', [forAll('admin')])],
    ['roles.4.grants.0.permission', rolesWith('viewer', [forAll('fly')])],
    ['roles.0.grants', rolesWith('admin', [forAll('dial')])],
    ['roles', defaultAccess.roles.slice(1)],
    ['roles.5.id', [...defaultAccess.roles, { ...defaultAccess.roles[4], name: 'Another' }]],
    ['roles.5.name', [...defaultAccess.roles, { ...defaultAccess.roles[4], id: 'another' }]],
    ['roles.5.sees.0', [...defaultAccess.roles, { ...defaultAccess.roles[4], id: 'x', name: 'X', sees: ['Nowhere'] }]],
  ])('names what is wrong: %s', async (field, roles) => {
    const { status, json } = await call('PUT', 'admin/access', { version: 0, settings: { ...withSales, roles } });
    expect([status, json.error, json.field]).toEqual([400, 'invalid', `settings.${field}`]);
  });

  it('refuses two groups of one name', async () => {
    const { json } = await call('PUT', 'admin/access', {
      version: 0,
      settings: { ...withSales, groups: [sales, sales] },
    });
    expect(json).toMatchObject({ field: 'settings.groups.1.name', message: 'there are two groups called Sales' });
  });
});

function forAll(permission: string) {
  return { permission, groups: null };
}

function rolesWith(id: string, grants: readonly { permission: string; groups: string[] | null }[]) {
  return defaultAccess.roles.map((one) => (one.id === id ? { ...one, grants: grants as Grant[] } : one));
}

describe('grants of a user', () => {
  it('stand instead of the role, and go with their group', async () => {
    await call('PUT', 'admin/access', { version: 0, settings: withSales });
    const wanted = {
      username: 'olga',
      name: 'Olga',
      role: 'supervisor',
      extension: '101',
      password: 'a long password',
    };
    const own = [forAll('hangup'), { permission: 'spy', groups: ['Sales'] }, { permission: 'park', groups: [] }];
    const made = await call('POST', 'admin/users', { ...wanted, grants: own });
    expect(made).toMatchObject({ status: 201, json: { grants: own } });
    const { access } = panel.auth;
    const rights = async () => {
      const user = await panel.temporary.store.users.byId(made.json.id);
      return access.rights(user?.role ?? 'viewer', user ?? asRole);
    };
    expect((await rights()).permissions).toEqual(['hangup', 'spy', 'park']);
    expect((await rights()).limits).toMatchObject({ spy: { extensions: ['101', '102'] }, park: nobodyElse });
    await call('PUT', 'admin/access', { version: 1, settings: defaultAccess });
    expect((await rights()).permissions).toEqual(['hangup', 'park']);
    const { json } = await call('PATCH', `admin/users/${made.json.id}`, { grants: null, version: made.json.version });
    expect(json.grants).toBeNull();
    expect((await rights()).permissions).toHaveLength(defaultGrants('supervisor').length);
    expect((await call('GET', 'admin/users')).json).toContainEqual(expect.objectContaining({ username: 'olga' }));
  });

  it('name groups that there are', async () => {
    const wanted = { username: 'olga', name: 'Olga', role: 'supervisor', extension: null, password: 'a long password' };
    const grants = [forAll('hangup'), { permission: 'spy', groups: ['Sales'] }];
    const answer = await call('POST', 'admin/users', { ...wanted, grants });
    expect(answer).toMatchObject({
      status: 400,
      json: { field: 'grants.1.groups.0', message: 'There is no group called Sales.' },
    });
    expect(await panel.temporary.store.users.byUsername('olga')).toBeNull();
  });

  it('of an administrator change nothing', async () => {
    await panel.temporary.store.users.update(admin.id, { grants: [] });
    expect((await call('GET', 'me')).json.permissions).toContain('admin');
    expect((await call('GET', 'admin/access')).status).toBe(200);
  });

  it('do not let one take the extension of somebody else where they reach one’s own', async () => {
    const { id, cookie } = await panel.signIn('otto', 'supervisor');
    expect((await call('PATCH', 'me', { extension: '103' }, cookie)).status).toBe(200);
    const limited = [...defaultGrants('supervisor').filter(({ permission }) => permission !== 'spy')];
    for (const grants of [
      [...limited, { permission: 'spy' as const, groups: [] }],
      limited.filter(({ permission }) => permission !== 'callernumbers'),
      limited.filter(({ permission }) => permission !== 'hangup'),
    ]) {
      await panel.temporary.store.users.update(id, { grants });
      expect((await call('PATCH', 'me', { extension: '104' }, cookie)).status).toBe(403);
      expect((await call('PATCH', 'me', { extension: '103', name: 'Otto' }, cookie)).status).toBe(200);
    }
  });
});

describe('the panic switch', () => {
  it('is pulled by a command of its own, for administrators', async () => {
    expect((await call('GET', 'admin/panic')).json).toEqual({ stopped: null });
    panel.stopped = { by: 'boss', since: '2026-03-01T12:00:00.000Z' };
    const answer = await call('PUT', 'admin/panic', { on: true });
    expect(answer).toEqual({ status: 200, json: { stopped: panel.stopped } });
    expect(panel.commands).toMatchObject([{ name: 'outside.stop', params: { on: true }, actor: { name: 'boss' } }]);
    const { cookie } = await panel.signIn('otto', 'supervisor');
    expect((await call('PUT', 'admin/panic', { on: false }, cookie)).status).toBe(403);
    expect((await call('PUT', 'admin/panic', { on: 'no' })).status).toBe(400);
    expect(panel.commands).toHaveLength(1);
  });
});
