import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Directory } from '@/server/auth/ldap/directory';
import { DirectoryAwayError, DirectorySetupError } from '@/server/auth/ldap/problems';
import { tryLdap } from '@/server/auth/ldap/try';
import type { LdapSettings } from '@/server/protocol/sign-in';
import { defaultLdap } from '@/server/protocol/sign-in-default';
import { base, Slapd } from './slapd';

let slapd: Slapd;

beforeAll(async () => {
  slapd = await Slapd.start({ data: path.join(import.meta.dirname, 'people.ldif') });
});

afterAll(() => slapd?.remove());

const searcher = `cn=panel,ou=services,${base}`;

function settings(over: Partial<LdapSettings> = {}): LdapSettings {
  return {
    ...defaultLdap,
    enabled: true,
    name: 'Example',
    urls: [slapd.url],
    ca: slapd.certificates.ca,
    bindDn: searcher,
    baseDn: base,
    timeoutSeconds: 3,
    ...over,
  };
}

const directory = (over: Partial<LdapSettings> = {}, password = 'search secret') =>
  new Directory(settings(over), password);

describe('signing in', () => {
  it('knows somebody by name and password, with what the entry says', async () => {
    const alice = await directory().authenticate('alice', "alice's password");
    expect(alice).toMatchObject({
      origin: 'ldap',
      username: 'alice',
      name: 'Alice Liddell',
      email: 'alice@example.com',
      extension: '201',
      groups: [`cn=desk,ou=groups,${base}`],
    });
    expect(alice?.externalId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('takes no name case for another person, text beyond ASCII as it is, and no telephone number for an extension', async () => {
    const bob = await directory().authenticate(' BOB ', "bob's password");
    expect(bob).toMatchObject({ username: 'bob', name: 'Bob Böse', extension: null });
    expect(bob?.groups).toHaveLength(1);
  });

  it('finds somebody whose name is full of what a filter is made of', async () => {
    const dara = await directory().authenticate("o'brien (night)*", "dara's password");
    expect(dara).toMatchObject({ name: "Dara O'Brien", groups: [`cn=desk,ou=groups,${base}`] });
  });

  it('refuses a wrong password, nobody, and a name that two have', async () => {
    expect(await directory().authenticate('alice', 'wrong')).toBeNull();
    expect(await directory().authenticate('nobody', 'wrong')).toBeNull();
    expect(await directory().authenticate('twin', "twin's password")).toBeNull();
  });

  it('goes over TLS and over StartTLS', async () => {
    for (const urls of [[slapd.tlsUrl], [slapd.url]]) {
      expect(await directory({ urls, startTls: true }).authenticate('alice', "alice's password")).not.toBeNull();
    }
  });

  it('reads groups from the entry where the server keeps them there', async () => {
    const name = `cn=night,ou=groups,${base}`;
    await slapd.as((client) =>
      client.add(name, { objectClass: 'groupOfNames', cn: 'night', member: `uid=carol,ou=people,${base}` }),
    );
    const groups = { ...defaultLdap.groups, from: 'attribute', attribute: 'memberOf' } as const;
    const carol = await directory({ groups }).authenticate('carol', "carol's password");
    expect(carol?.groups).toEqual([name]);
  });

  it('asks the next server when one is away, and none when the first says no', async () => {
    const urls = ['ldap://127.0.0.1:1', slapd.url];
    expect(await directory({ urls }).authenticate('alice', "alice's password")).not.toBeNull();
    await expect(directory({ urls }, 'not the secret').authenticate('alice', 'x')).rejects.toThrow(DirectorySetupError);
  });
});

describe('attacks', () => {
  it.each([
    '*',
    'a*',
    'alice)(uid=*',
    '*)(|(uid=*',
    'alice)(&)',
    'alice))(|(objectClass=*',
    'alice\u0000',
    '\\2a',
    '{dn}',
    '(uid=alice)',
    'alice)(userPassword=*',
  ])('takes %j for a name and nothing else', async (name) => {
    expect(await directory().authenticate(name, "alice's password")).toBeNull();
  });

  it('never binds with an empty password, which the server would call good', async () => {
    expect(await directory().authenticate('alice', '')).toBeNull();
    const steps = await tryLdap({ ...trial(), username: 'alice', password: '' });
    expect(steps.steps.map(({ text }) => text).join(' ')).not.toContain('password is right');
  });

  it('follows no referral', async () => {
    expect(await directory().authenticate('away', 'anything')).toBeNull();
  });

  it('says nothing to a server whose certificate is of another authority, or for another name', async () => {
    for (const over of [{ urls: [slapd.tlsUrl] }, { urls: [slapd.url], startTls: true }]) {
      await expect(directory({ ...over, ca: '' }).authenticate('alice', "alice's password")).rejects.toThrow(
        DirectoryAwayError,
      );
    }
    const other = await Slapd.start({
      data: path.join(import.meta.dirname, 'people.ldif'),
      certificateFor: 'DNS:elsewhere.example.com',
    });
    try {
      const over = { ca: other.certificates.ca, startTls: true };
      for (const url of [other.url, other.tlsUrl]) {
        const asked = directory({ ...over, urls: [url] }).authenticate('alice', "alice's password");
        await expect(asked).rejects.toThrow('its certificate is for another name');
      }
    } finally {
      await other.remove();
    }
  });
});

describe('who is still there', () => {
  it('knows those who were renamed, and misses those who were removed', async () => {
    const dn = `uid=erin,ou=people,${base}`;
    await slapd.as((client) =>
      client.add(dn, {
        objectClass: 'inetOrgPerson',
        uid: 'erin',
        cn: 'Erin',
        sn: 'Erin',
        userPassword: 'erin secret',
      }),
    );
    const erin = await directory().authenticate('erin', 'erin secret');
    const id = erin?.externalId ?? '';
    await slapd.as((client) => client.modifyDN(dn, `uid=erin.smith,ou=people,${base}`));
    expect((await directory().stillThere([id])).get(id)).toMatchObject({ username: 'erin.smith' });
    await slapd.as((client) => client.del(`uid=erin.smith,ou=people,${base}`));
    expect((await directory().stillThere([id])).size).toBe(0);
  });

  it('does not say that they are gone while it is away', async () => {
    await slapd.end();
    try {
      await expect(directory().stillThere(['x'])).rejects.toThrow(DirectoryAwayError);
    } finally {
      await slapd.launch();
    }
  });
});

const trial = () => ({
  settings: settings({ mapping: { rules: [{ value: 'Desk', role: 'receptionist' }], otherwise: null } }),
  bindPassword: 'search secret',
  username: '',
  roleName: (id: string) => (id === 'receptionist' ? 'Receptionist' : null),
});

describe('the test of the settings', () => {
  const words = async (over: Partial<Parameters<typeof tryLdap>[0]>) => {
    const { ok, steps } = await tryLdap({ ...trial(), ...over });
    return [ok, steps.map(({ state, text }) => `${state}: ${text}`)] as const;
  };

  it('says who somebody is, and which role they would have by which group', async () => {
    const [ok, steps] = await words({ username: 'alice', password: "alice's password" });
    expect(ok).toBe(true);
    expect(steps).toEqual([
      `good: Connected to ${slapd.url} as ${searcher}, encrypted with StartTLS.`,
      `good: Found uid=alice,ou=people,${base}: Alice Liddell, alice@example.com, extension 201.`,
      'good: The password is right.',
      `note: They are in cn=desk,ou=groups,${base}.`,
      'good: Their role would be Receptionist, by Desk.',
    ]);
  });

  it('says what is wrong: nobody found, no role, a wrong password, no base, a wrong account, no server', async () => {
    const last = async (over: Parameters<typeof words>[0]) => {
      const [ok, steps] = await words(over);
      return [ok, steps.filter((step) => step.startsWith('bad')).at(-1)];
    };
    expect(await last({ username: 'nobody' })).toEqual([false, expect.stringContaining('finds nobody called nobody')]);
    expect(await last({ username: 'bob' })).toEqual([false, expect.stringContaining('could not sign in')]);
    const wrong = await words({ username: 'alice', password: 'wrong' });
    expect(wrong).toEqual([false, expect.arrayContaining(['bad: The directory refuses this password.'])]);
    expect(await last({ settings: settings({ baseDn: 'dc=nowhere' }), username: 'alice' })).toEqual([
      false,
      'bad: There is no dc=nowhere in the directory, or the account may not read it.',
    ]);
    expect(await last({ bindPassword: 'wrong' })).toEqual([
      false,
      expect.stringContaining('it refuses the account or its password'),
    ]);
    expect(await last({ settings: settings({ urls: ['ldap://127.0.0.1:1'] }) })).toEqual([
      false,
      'bad: ldap://127.0.0.1:1: nothing listens there.',
    ]);
  });

  it('warns where passwords would travel in the open', async () => {
    const [, steps] = await words({ settings: settings({ startTls: false }) });
    expect(steps[0]).toContain('everybody on the way can read the passwords');
  });
});
