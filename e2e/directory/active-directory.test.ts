import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Directory } from '@/server/auth/ldap/directory';
import type { LdapSettings } from '@/server/protocol/sign-in';
import { defaultLdap, ldapPresets } from '@/server/protocol/sign-in-default';
import { base, Slapd } from './slapd';

/** What Active Directory has and OpenLDAP has not, with the rules to compare it by. */
const schema = `
attributetype ( 1.3.6.1.4.1.4203.666.1 NAME 'sAMAccountName' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
attributetype ( 1.3.6.1.4.1.4203.666.2 NAME 'userAccountControl' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 )
attributetype ( 1.3.6.1.4.1.4203.666.3 NAME 'objectGUID' EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 )
attributetype ( 1.3.6.1.4.1.4203.666.4 NAME 'objectCategory' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
attributetype ( 1.3.6.1.4.1.4203.666.5 NAME 'ipPhone' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
objectclass ( 1.3.6.1.4.1.4203.666.6 NAME 'user' AUXILIARY MAY ( sAMAccountName $ userAccountControl $ objectGUID $ objectCategory $ ipPhone ) )
objectclass ( 1.3.6.1.4.1.4203.666.7 NAME 'group' STRUCTURAL MUST cn MAY ( member $ objectCategory ) )
`;

let slapd: Slapd;

beforeAll(async () => {
  slapd = await Slapd.start({ data: path.join(import.meta.dirname, 'active-directory.ldif'), schema });
});
afterAll(() => slapd?.remove());

const { title: _, ...preset } = ldapPresets.activeDirectory;

function directory(over: Partial<LdapSettings> = {}): Directory {
  const settings: LdapSettings = {
    ...{ ...defaultLdap, ...preset, enabled: true, urls: [slapd.tlsUrl], ca: slapd.certificates.ca },
    ...{ baseDn: base, bindDn: `cn=Panel Service,${base}`, timeoutSeconds: 3, ...over },
  };
  return new Directory(settings, 'search secret');
}

const guid = '005c2a2829df804192ff00802a5c2801';

describe('the preset for Active Directory', () => {
  it('finds an enabled account, its extension, and its id that is no text', async () => {
    expect(await directory().authenticate('gmueller', "grete's password")).toMatchObject({
      ...{ username: 'GMueller', name: 'Grete Müller', email: 'grete@example.com', extension: '305' },
      externalId: guid,
    });
  });

  it('does not find a disabled one', async () => {
    expect(await directory().authenticate('gone', "gone's password")).toBeNull();
    const everybody = { userFilter: '(sAMAccountName={username})' };
    expect(await directory(everybody).authenticate('gone', "gone's password")).not.toBeNull();
  });

  it('asks for somebody again by the bytes of their id, among which are those of a filter', async () => {
    const there = await directory().stillThere([guid, 'ff'.repeat(16)]);
    expect([...there.keys()]).toEqual([guid]);
  });

  it('finds groups by a name in which a comma and an umlaut are escaped', async () => {
    // The rule that follows groups within groups is Active Directory's own: this server only takes the plain one.
    const groups = { ...preset.groups, filter: preset.groups.filter.replace(/:[\d.]+:/, '') };
    const grete = await directory({ groups }).authenticate('gmueller', "grete's password");
    expect(grete?.groups).toEqual([`cn=Operators,${base}`]);
    expect((await directory().authenticate('gmueller', "grete's password"))?.groups).toEqual([]);
  });
});
