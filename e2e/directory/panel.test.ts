import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { goodPassword, type Panel, startPanel } from '@/server/http/testing';
import type { LdapSettings } from '@/server/protocol/sign-in';
import { defaultLdap, defaultSignIn } from '@/server/protocol/sign-in-default';
import { base, Slapd } from './slapd';

let slapd: Slapd;
let panel: Panel;
let admin: { id: string; cookie: string };
let now: number;

beforeAll(async () => {
  slapd = await Slapd.start({ data: path.join(import.meta.dirname, 'people.ldif') });
});
afterAll(() => slapd?.remove());

beforeEach(async () => {
  now = Date.now();
  panel = await startPanel({}, () => now);
  admin = await panel.signIn('admin', 'admin');
  await save({});
});
afterEach(() => panel.close());

const call = (method: 'GET' | 'PUT' | 'POST', url: string, cookie: string, payload?: object) =>
  panel.app.inject({ method, url: `/api/v1/${url}`, headers: { cookie }, ...(payload ? { payload } : {}) });

async function save(over: Partial<LdapSettings>): Promise<void> {
  const ldap: LdapSettings = {
    ...{ ...defaultLdap, enabled: true, name: 'Example', urls: [slapd.url], ca: slapd.certificates.ca, baseDn: base },
    ...{ bindDn: `cn=panel,ou=services,${base}`, timeoutSeconds: 2 },
    mapping: {
      rules: [
        { value: `CN=chiefs\\, all, ou=groups, ${base}`, role: 'supervisor' },
        { value: 'desk', role: 'receptionist' },
      ],
      otherwise: null,
    },
    ...over,
  };
  const response = await call('PUT', 'admin/sign-in', admin.cookie, {
    version: panel.elsewhere.get().version,
    settings: { ...defaultSignIn, ldap },
    bindPassword: 'search secret',
  });
  expect(response.statusCode, response.body).toBe(200);
}

async function login(username: string, password: string) {
  const response = await call('POST', 'login', '', { username, password });
  const token = response.cookies.find(({ name }) => name === 'cordboard')?.value;
  return { status: response.statusCode, body: response.json(), cookie: `cordboard=${token}` };
}

const userNamed = (name: string) => panel.temporary.store.users.byUsername(name);
const isIn = async (cookie: string) => (await call('GET', 'me', cookie)).statusCode === 200;

describe('signing in with the password of the directory', () => {
  it('makes a user who is what the first group that fits says, and the same one the next time', async () => {
    const first = await login('Alice', "alice's password");
    expect(first.body).toMatchObject({
      username: 'alice',
      name: 'Alice Liddell',
      role: 'receptionist',
      extension: '201',
    });
    expect(await userNamed('alice')).toMatchObject({ origin: 'ldap', email: 'alice@example.com', passwordHash: null });
    const again = await login('alice', "alice's password");
    expect(again.body.id).toBe(first.body.id);
    expect((await login('bob', "bob's password")).body).toMatchObject({ role: 'supervisor', extension: null });
  });

  it('tells somebody with the right password and no role that they may not come in, and others nothing', async () => {
    const right = await login('carol', "carol's password");
    expect([right.status, right.body.message]).toEqual([403, expect.stringContaining('The password is right')]);
    for (const name of ['carol', 'alice', 'nobody', 'admin']) {
      const wrong = await login(name, 'wrong');
      expect([wrong.status, wrong.body.message]).toEqual([401, 'The user name or the password is wrong.']);
    }
  });

  it('refuses an empty password and a filter for a name', async () => {
    expect((await login('alice', '')).status).toBe(400);
    for (const name of ['*', 'a*', 'alice)(uid=*'])
      expect((await login(name, "alice's password")).status, name).toBe(401);
  });

  it('lets those with a password here use that one, and never the other', async () => {
    await panel.signIn('alice', 'viewer');
    expect((await login('alice', goodPassword)).body).toMatchObject({ role: 'viewer' });
    expect((await login('alice', "alice's password")).status).toBe(401);
    expect(await userNamed('alice')).toMatchObject({ origin: 'local' });
  });

  it('links a user whom an administrator prepared without a password, but no administrator', async () => {
    const { store } = panel.temporary;
    await save({ newUsers: 'refuse' });
    expect((await login('alice', "alice's password")).status).toBe(403);
    const ready = { name: 'Alice', role: 'viewer', extension: '300', passwordHash: null };
    const { id } = await store.users.create({ ...ready, username: 'alice' });
    expect((await login('alice', "alice's password")).body).toMatchObject({ id, role: 'receptionist' });
    await store.users.create({ ...ready, username: 'bob', role: 'admin' });
    expect((await login('bob', "bob's password")).status).toBe(403);
  });

  it('keeps out whom an administrator disabled here', async () => {
    const { body } = await login('alice', "alice's password");
    await panel.auth.accounts.update(body.id, { disabled: true });
    expect((await login('alice', "alice's password")).status).toBe(403);
  });

  it('says that the directory is away, keeps everybody in, and lets those with a password here in', async () => {
    const { cookie } = await login('alice', "alice's password");
    await slapd.end();
    try {
      const away = await login('alice', "alice's password");
      expect([away.status, away.body.message]).toEqual([503, expect.stringContaining('directory does not answer')]);
      expect((await login('admin', goodPassword)).status).toBe(200);
      await expect(panel.elsewhere.recheck()).rejects.toThrow('nothing listens there');
      expect(await isIn(cookie)).toBe(true);
    } finally {
      await slapd.launch();
    }
  });
});

describe('somebody who leaves', () => {
  const dn = `uid=frank,ou=people,${base}`;
  const desk = `cn=desk,ou=groups,${base}`;

  beforeEach(async () => {
    await slapd.as(async (client) => {
      const { Attribute, Change } = await import('ldapts');
      const person = { objectClass: 'inetOrgPerson', uid: 'frank', cn: 'Frank', sn: 'F', userPassword: 'frank secret' };
      await client.add(dn, person);
      const modification = new Attribute({ type: 'member', values: [dn] });
      await client.modify(desk, new Change({ operation: 'add', modification }));
    });
  });

  const leave = (what: 'directory' | 'group') =>
    slapd.as(async (client) => {
      const { Attribute, Change } = await import('ldapts');
      const modification = new Attribute({ type: 'member', values: [dn] });
      await client.modify(desk, new Change({ operation: 'delete', modification })).catch(() => undefined);
      if (what === 'directory') await client.del(dn);
    });

  afterEach(() => leave('directory').catch(() => undefined));

  it('is signed out at the next look, and cannot come back', async () => {
    const { cookie } = await login('frank', 'frank secret');
    const alice = await login('alice', "alice's password");
    expect(await panel.elsewhere.recheck()).toEqual([]);
    await leave('directory');
    expect(await panel.elsewhere.recheck()).toEqual(['frank']);
    expect([await isIn(cookie), await isIn(alice.cookie)]).toEqual([false, true]);
    expect((await login('frank', 'frank secret')).status).toBe(401);
    const log = (await call('GET', 'admin/audit', admin.cookie)).body;
    expect(log).toContain('user.gone');
  });

  it('is signed out, too, when only the group that let them in is gone', async () => {
    const { cookie } = await login('frank', 'frank secret');
    await leave('group');
    expect(await panel.elsewhere.recheck()).toEqual(['frank']);
    expect(await isIn(cookie)).toBe(false);
    expect((await login('frank', 'frank secret')).status).toBe(403);
  });
});
