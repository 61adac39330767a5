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
    expect(access.rights('supervisor', asRole)).toEqual({ permissions: [], limits: {}, sees: nobodyElse });
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

describe('roles of one’s own', () => {
  const night = { ...defaultAccess.roles[2], id: 'night', name: 'Night shift', sees: ['Sales'] };
  const withNight = { groups: [sales], roles: [...defaultAccess.roles, night] } as AccessSettings;

  it('are given to users, tell what those may do and see, and stay as long as somebody has them', async () => {
    const wanted = { username: 'nils', name: 'Nils', role: 'night', extension: '103', password: 'a long password' };
    expect(await call('POST', 'admin/users', wanted)).toMatchObject({ status: 400, json: { field: 'role' } });
    expect((await call('PUT', 'admin/access', { version: 0, settings: withNight })).status).toBe(200);
    const made = await call('POST', 'admin/users', wanted);
    expect(made).toMatchObject({ status: 201, json: { role: 'night', sees: null } });
    const user = await panel.temporary.store.users.byId(made.json.id);
    if (user === null) expect.fail();
    const me = panel.auth.me(user);
    expect(me).toMatchObject({ roleName: 'Night shift', sees: { departments: ['Front office'], queues: ['600'] } });
    expect(me.permissions).toContain('transfer');

    expect((await call('GET', 'admin/access/use')).json.roles).toMatchObject({
      night: { count: 1, first: [{ id: user.id, name: 'Nils' }] },
      viewer: { count: 0, first: [] },
    });
    const without = await call('PUT', 'admin/access', {
      version: 1,
      settings: { groups: [], roles: defaultAccess.roles },
    });
    expect(without).toMatchObject({
      status: 400,
      json: { message: 'Night shift is still the role of Nils. Give them another one first.' },
    });
    await call('PATCH', `admin/users/${user.id}`, { role: 'viewer', version: user.version });
    expect((await call('PUT', 'admin/access', { version: 1, settings: defaultAccess })).status).toBe(200);
  });

  it('stay as long as they are given at the sign-in', async () => {
    await call('PUT', 'admin/access', { version: 0, settings: withNight });
    const { version, settings } = (await call('GET', 'admin/sign-in')).json;
    const mapping = { ...settings.ldap.mapping, rules: [{ value: 'night', role: 'night' }] };
    const mapped = { version, settings: { ...settings, ldap: { ...settings.ldap, mapping } } };
    expect((await call('PUT', 'admin/sign-in', mapped)).status).toBe(200);
    expect(await call('PUT', 'admin/access', { version: 1, settings: defaultAccess })).toMatchObject({
      status: 400,
      json: {
        field: 'settings.roles',
        message: 'Night shift is given at the sign-in. Choose another role there first.',
      },
    });
  });

  it('do and show nothing once they are gone', async () => {
    const { access } = panel.auth;
    expect(access.rights('no-such-role', asRole)).toEqual({ permissions: [], limits: {}, sees: nobodyElse });
  });

  it('make one object of the rights of all who have it: long lists are read once', async () => {
    await call('PUT', 'admin/access', { version: 0, settings: withNight });
    const { access } = panel.auth;
    const first = access.rights('night', asRole);
    expect(access.rights('night', asRole)).toBe(first);
    expect(access.rights('night', { ...asRole, sees: [] }).sees).toEqual(nobodyElse);
    await call('PUT', 'admin/access', { version: 1, settings: { ...withNight, groups: [emptyGroup('Sales')] } });
    expect(access.rights('night', asRole).sees?.queues).toEqual([]);
  });

  it('leave lines in the audit log that say what was changed', async () => {
    await call('PUT', 'admin/access', { version: 0, settings: withNight });
    await call('PUT', 'admin/access', { version: 1, settings: defaultAccess });
    await panel.temporary.store.audit.flush();
    const { entries } = await panel.temporary.store.audit.page(10);
    const lines = entries.filter(({ action }) => action === 'admin.access.save').map(({ target }) => target);
    expect(lines).toEqual(['role night removed, group Sales removed', 'role night, group Sales']);
  });
});

describe('what a user sees', () => {
  it('stands instead of the role, is checked, and goes along when its group is renamed', async () => {
    const groups = [sales, emptyGroup('Support')];
    await call('PUT', 'admin/access', { version: 0, settings: { ...defaultAccess, groups } });
    const wanted = { username: 'olga', name: 'Olga', role: 'supervisor', extension: null, password: 'a long password' };
    const wrong = await call('POST', 'admin/users', { ...wanted, sees: ['Nowhere'] });
    expect(wrong).toMatchObject({ status: 400, json: { field: 'sees', message: 'There is no group called Nowhere.' } });
    const grants = [forAll('hangup'), { permission: 'spy', groups: ['Sales', 'Support'] }];
    const made = await call('POST', 'admin/users', { ...wanted, grants, sees: ['Sales'] });
    expect(made).toMatchObject({ status: 201, json: { sees: ['Sales'] } });
    const { use, save } = {
      use: async () => (await call('GET', 'admin/access/use')).json.groups,
      save: (version: number, names: string[], renamed?: object[]) => {
        const settings = { ...defaultAccess, groups: [{ ...sales, name: names[0] }, emptyGroup(names[1] ?? '')] };
        return call('PUT', 'admin/access', { version, settings, ...(renamed && { renamed }) });
      },
    };
    expect(await use()).toMatchObject({ Sales: { count: 1, first: [{ name: 'Olga' }] } });
    // Both change their names at once, with each other.
    const swapped = [
      { from: 'Sales', to: 'Support' },
      { from: 'Support', to: 'Sales' },
    ];
    expect((await save(1, ['Support', 'Sales'], swapped)).status).toBe(200);
    const olga = async () => (await panel.temporary.store.users.byId(made.json.id)) ?? expect.fail();
    expect(await olga()).toMatchObject({ sees: ['Support'], grants: [{}, { groups: ['Support', 'Sales'] }] });
    expect(panel.auth.me(await olga()).sees).toMatchObject({ groups: ['Support'], queues: ['600'] });
    // A save that comes too late renames nobody's.
    expect((await save(1, ['Sales', 'Support'], swapped)).status).toBe(409);
    expect(await olga()).toMatchObject({ sees: ['Support'] });
    await save(2, ['Front', 'Back']);
    expect(panel.auth.me(await olga()).sees).toEqual(nobodyElse);
    const { json } = await call('PATCH', `admin/users/${made.json.id}`, {
      sees: null,
      version: (await olga()).version,
    });
    expect(json.sees).toBeNull();
    expect(panel.auth.me(await olga()).sees).toBeUndefined();
  });

  it('does not let one make somebody else’s extension one’s own', async () => {
    const { id, cookie } = await panel.signIn('otto', 'supervisor');
    expect((await call('PATCH', 'me', { extension: '103' }, cookie)).status).toBe(200);
    await panel.temporary.store.users.update(id, { sees: [] });
    expect((await call('PATCH', 'me', { extension: '104' }, cookie)).status).toBe(403);
  });
});

describe('the preview', () => {
  beforeEach(() => {
    for (const [number, group] of [
      ['101', 'Front office'],
      ['102', null],
      ['103', null],
    ] as const) {
      const name = { text: `Person ${number}`, rank: 'callerid' } as const;
      panel.model.reduce({ type: 'extension', at: 0, extension: { number, devices: [`PJSIP/${number}`], name } });
      panel.model.reduce({ type: 'extension', at: 0, extension: { number, group } });
    }
    const counters = { strategy: '', completed: 0, abandoned: 0, serviceLevel: 0, serviceLevelPerf: 0 };
    for (const name of ['600', '601']) panel.model.reduce({ type: 'queue', at: 0, queue: { name, ...counters } });
    panel.model.reduce({ type: 'trunk', at: 0, name: 'PJSIP/carrier', state: 'registered' });
  });
  const group = { ...emptyGroup('Front'), departments: ['Front office'], queues: ['600'] };
  const preview = async (body: object) => {
    const { status, json } = await call('POST', 'admin/access/preview', body);
    expect(status).toBe(200);
    return json;
  };

  it('tells what is not saved yet, for a role', async () => {
    const settings = {
      groups: [group],
      roles: defaultAccess.roles.map((one) => (one.id === 'member' ? { ...one, sees: ['Front'] } : one)),
    };
    const seen = await preview({ settings, role: 'member', extension: '103' });
    expect(seen).toMatchObject({
      everything: false,
      sees: {
        extensions: { count: 2, of: 3, first: ['Person 101 (101)', 'Person 103 (103)'] },
        queues: { count: 1, of: 2, first: ['600'] },
        trunks: { count: 0, of: 1 },
      },
    });
    expect(seen.can).toContainEqual(
      expect.objectContaining({ permission: 'dndself', reach: 'self', words: 'Own do not disturb' }),
    );
    expect(seen.cannot.map(({ permission }: { permission: string }) => permission)).toContain('dial');
    expect((await call('GET', 'admin/access')).json.version).toBe(0);
    expect(await preview({ role: 'member' })).toMatchObject({ everything: true, sees: { extensions: { count: 3 } } });
  });

  it('tells whom each permission of a user reaches, of those they see', async () => {
    await call('PUT', 'admin/access', { version: 0, settings: { ...defaultAccess, groups: [group] } });
    const { id } = await panel.signIn('olga', 'supervisor');
    const grants = [
      { permission: 'dnd', groups: ['Front'] },
      { permission: 'spy', groups: [] },
      { permission: 'dial', groups: null },
      { permission: 'hangupself', groups: null },
    ] satisfies Grant[];
    await panel.temporary.store.users.update(id, { grants, extension: '102' });
    const { can, cannot } = await preview({ user: id });
    const reach = Object.fromEntries(
      can.map((one: { permission: string; reach: string; extensions: { first: string[] } }) => [
        one.permission,
        [one.reach, one.extensions.first.map((words) => words.slice(-4, -1)).join()],
      ]),
    );
    expect(reach).toEqual({
      dial: ['everybody', '101,102,103'],
      hangupself: ['self', '102'],
      spy: ['self', '102'],
      dnd: ['groups', '101,102'],
    });
    expect(can[3].queues).toMatchObject({ count: 1, first: ['600'] });
    expect(cannot).not.toContainEqual(expect.objectContaining({ permission: 'dndself' }));
    const narrowed = await preview({ user: id, sees: ['Front'] });
    expect(narrowed.can[0].extensions).toMatchObject({ count: 2, of: 3 });
    expect(await preview({ user: id, role: 'admin', grants: null })).toMatchObject({ everything: true, cannot: [] });
  });

  it('is for administrators, and names what there is not', async () => {
    const { cookie } = await panel.signIn('otto', 'supervisor');
    expect((await call('POST', 'admin/access/preview', { role: 'viewer' }, cookie)).status).toBe(403);
    expect((await call('GET', 'admin/access/use', undefined, cookie)).status).toBe(403);
    expect((await call('POST', 'admin/access/preview', { user: 'nobody' })).status).toBe(404);
    expect((await call('POST', 'admin/access/preview', {})).status).toBe(400);
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
