import type { LdapSettings, OidcSettings, SignInSettings } from './sign-in';

/** As they are until somebody changes them: nobody but the panel knows people. */
export const defaultOidc: OidcSettings = {
  enabled: false,
  name: '',
  issuer: '',
  clientId: '',
  scopes: 'profile email',
  ca: '',
  usernameClaim: 'preferred_username',
  nameClaim: 'name',
  emailClaim: 'email',
  extensionClaim: '',
  groupsClaim: 'groups',
  emailDomains: [],
  newUsers: 'create',
  link: 'none',
  mapping: { rules: [], otherwise: null },
  sync: ['name', 'email', 'role'],
  prompt: 'none',
  endSession: true,
};

export const ldapPresets = {
  activeDirectory: {
    title: 'Active Directory',
    userFilter:
      '(&(objectCategory=person)(objectClass=user)(sAMAccountName={username})(!(userAccountControl:1.2.840.113556.1.4.803:=2)))',
    attributes: {
      username: 'sAMAccountName',
      name: 'displayName',
      email: 'mail',
      extension: 'ipPhone',
      id: 'objectGUID',
    },
    // The matching rule follows groups within groups.
    groups: {
      from: 'search',
      attribute: 'memberOf',
      baseDn: '',
      filter: '(&(objectCategory=group)(member:1.2.840.113556.1.4.1941:={dn}))',
    },
  },
  openLdap: {
    title: 'OpenLDAP',
    userFilter: '(&(objectClass=inetOrgPerson)(uid={username}))',
    attributes: { username: 'uid', name: 'cn', email: 'mail', extension: 'telephoneNumber', id: 'entryUUID' },
    groups: {
      from: 'search',
      attribute: 'memberOf',
      baseDn: '',
      filter: '(|(member={dn})(uniqueMember={dn})(memberUid={username}))',
    },
  },
  freeIpa: {
    title: 'FreeIPA',
    userFilter: '(&(objectClass=person)(uid={username})(!(nsAccountLock=TRUE)))',
    attributes: { username: 'uid', name: 'cn', email: 'mail', extension: 'telephoneNumber', id: 'ipaUniqueID' },
    groups: { from: 'attribute', attribute: 'memberOf', baseDn: '', filter: '(member={dn})' },
  },
} as const satisfies Record<string, { title: string } & Pick<LdapSettings, 'userFilter' | 'attributes' | 'groups'>>;
export type LdapPreset = keyof typeof ldapPresets;

const { title: _, ...openLdap } = ldapPresets.openLdap;

export const defaultLdap: LdapSettings = {
  enabled: false,
  name: '',
  urls: [],
  startTls: true,
  ca: '',
  bindDn: '',
  baseDn: '',
  ...openLdap,
  newUsers: 'create',
  mapping: { rules: [], otherwise: null },
  sync: ['name', 'email', 'extension', 'role'],
  recheckMinutes: 15,
  timeoutSeconds: 10,
};

export const defaultSignIn: SignInSettings = {
  passwords: { onlySingleSignOn: false, breakGlass: '' },
  oidc: defaultOidc,
  ldap: defaultLdap,
};
