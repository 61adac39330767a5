import { z } from 'zod';
import { role } from './permissions';

/** How people sign in whom another system knows: single sign-on (OpenID Connect) and a directory (LDAP). */

const noControl = /^[^\p{Cc}]*$/u;
const line = (most: number) => z.string().trim().max(most).regex(noControl, 'must be one line');
const pem = z
  .string()
  .trim()
  .max(50_000)
  .regex(/^$|-----BEGIN CERTIFICATE-----/, 'paste the certificate in PEM: it begins with -----BEGIN CERTIFICATE-----');

/** Which role somebody is given: the first line whose value they have decides. `otherwise` null: who has none is refused. */
export const roleMapping = z.strictObject({
  rules: z.array(z.strictObject({ value: line(500).min(1, 'enter a group'), role })).max(200),
  otherwise: role.nullable(),
});
export type RoleMapping = z.infer<typeof roleMapping>;

/** What every sign-in sets anew; what is not named here is set once, and then kept as it is edited in the panel. */
export const syncField = z.enum(['name', 'email', 'extension', 'role']);
export type SyncField = z.infer<typeof syncField>;
const sync = z.array(syncField).max(4);

/** Whether somebody is let in whom the panel does not know yet. */
const newUsers = z.enum(['create', 'refuse']);

function isSafeIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, hash, search, username } = new URL(text);
  if (hash !== '' || search !== '' || username !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname));
}

const claim = line(200).regex(/^\S*$/, 'a claim has no spaces');

export const oidcSettings = z
  .strictObject({
    enabled: z.boolean(),
    /** Of the button: "Sign in with …". */
    name: line(40),
    issuer: line(500).refine((text) => text === '' || isSafeIssuer(text), 'must begin with https://'),
    clientId: line(500),
    /** Separated by spaces; `openid` is always asked for. */
    scopes: line(500),
    /** PEM of the authority that signed the provider's certificate; empty: those of the system. */
    ca: pem,
    usernameClaim: claim,
    nameClaim: claim,
    emailClaim: claim,
    /** Empty: the extension is not taken from the provider. */
    extensionClaim: claim,
    /** A claim with one value or a list; a dot goes into what is nested (`realm_access.roles`). */
    groupsClaim: claim,
    /** Only people whose verified e-mail is of one of these; empty: everybody whom the provider lets in. */
    emailDomains: z
      .array(
        line(253)
          .toLowerCase()
          .regex(/^[a-z0-9.-]+\.[a-z0-9-]+$/, 'enter a domain, such as example.com'),
      )
      .max(50),
    newUsers,
    /** How a user there is already becomes theirs at the first sign-in; never without a verified e-mail. */
    link: z.enum(['none', 'email', 'username']),
    mapping: roleMapping,
    sync,
    /** What the provider shall ask for each time; `none` here: whatever it likes. */
    prompt: z.enum(['none', 'login', 'select_account', 'consent']),
    /** Signing out here signs out at the provider, too. */
    endSession: z.boolean(),
  })
  .superRefine((value, context) => {
    if (!value.enabled) return;
    for (const field of ['name', 'issuer', 'clientId', 'usernameClaim'] as const) {
      if (value[field] === '') context.addIssue({ code: 'custom', path: [field], message: 'fill this in' });
    }
  });
export type OidcSettings = z.infer<typeof oidcSettings>;

const attribute = line(100).regex(/^[A-Za-z0-9;.-]*$/, 'enter the name of an attribute');

export const ldapServer = line(300).regex(
  /^ldaps?:\/\/(\[[0-9a-fA-F:.]+\]|[^\s/:@?#[\]]+)(:\d{1,5})?\/?$/i,
  'must look like ldaps://dc1.example.com or ldap://10.0.0.5:389',
);

/** Null: it can be used. A placeholder of another name would be sent to the server as it stands. */
function filterProblem(filter: string, known: readonly string[]): string | null {
  if (filter === '') return null;
  const named = [...filter.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
  const unknown = named.find((name) => !known.includes(name));
  if (unknown !== undefined) return `there is no {${unknown}} here`;
  if (named.length === 0) return `must have {${known[0]}} in it`;
  if (!filter.startsWith('(') || !filter.endsWith(')')) return 'must stand in round brackets';
  const open = filter.replace(/\\[0-9a-f]{2}/gi, '').replace(/[^()]/g, '');
  return open.replaceAll(')', '').length * 2 === open.length ? null : 'the brackets do not match';
}

const filter = (...known: string[]) =>
  line(1000).superRefine((text, context) => {
    const message = filterProblem(text, known);
    if (message !== null) context.addIssue({ code: 'custom', message });
  });

export const ldapSettings = z
  .strictObject({
    enabled: z.boolean(),
    /** What people call it: "your Example account". */
    name: line(40),
    /** Asked in this order; the next one when one cannot be reached. */
    urls: z.array(ldapServer).max(10),
    /** Encrypts ldap:// before anything is said; ldaps:// is encrypted anyway. */
    startTls: z.boolean(),
    ca: pem,
    /** The account that searches; empty: anonymous. */
    bindDn: line(500),
    baseDn: line(500),
    /** Finds a person; `{username}` stands for what was typed, escaped. */
    userFilter: filter('username'),
    attributes: z.strictObject({
      username: attribute,
      name: attribute,
      email: attribute,
      extension: attribute,
      /** Never changes, also when somebody is renamed: `entryUUID`, `objectGUID`, `ipaUniqueID`. */
      id: attribute,
    }),
    groups: z.strictObject({
      /** `attribute`: the person's entry lists them; `search`: groups list their members. */
      from: z.enum(['attribute', 'search']),
      /** With `attribute`: usually `memberOf`. */
      attribute,
      /** With `search`. Empty: the base of people. */
      baseDn: line(500),
      /** With `search`: `{dn}` and `{username}` stand for the person's, escaped. */
      filter: filter('dn', 'username'),
    }),
    newUsers,
    mapping: roleMapping,
    sync,
    /** How often it is asked whether those who are signed in are still there, minutes; 0: never. */
    recheckMinutes: z.number().int().min(0).max(1440),
    /** For each step, seconds. */
    timeoutSeconds: z.number().int().min(1).max(60),
  })
  .superRefine((value, context) => {
    const wrong = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (!value.enabled) return;
    if (value.urls.length === 0) wrong(['urls'], 'enter the address of a server');
    if (value.baseDn === '') wrong(['baseDn'], 'fill this in');
    if (value.userFilter === '') wrong(['userFilter'], 'fill this in');
    for (const name of ['username', 'id'] as const) {
      if (value.attributes[name] === '') wrong(['attributes', name], 'fill this in');
    }
    if (value.groups.from === 'attribute' && value.groups.attribute === '')
      wrong(['groups', 'attribute'], 'fill this in');
    if (value.groups.from === 'search' && value.groups.filter === '') wrong(['groups', 'filter'], 'fill this in');
  });
export type LdapSettings = z.infer<typeof ldapSettings>;

/** Whose passwords of the panel's own are good: everybody's, or, beside single sign-on, one administrator's. */
export const passwordUse = z.strictObject({
  onlySingleSignOn: z.boolean(),
  /** User name of the administrator who gets in when the provider is away. */
  breakGlass: line(64).toLowerCase(),
});

export const signInSettings = z
  .strictObject({ passwords: passwordUse, oidc: oidcSettings, ldap: ldapSettings })
  .superRefine(({ passwords, oidc }, context) => {
    const wrong = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (!passwords.onlySingleSignOn) return;
    if (!oidc.enabled) wrong(['passwords', 'onlySingleSignOn'], 'switch single sign-on on first');
    if (passwords.breakGlass === '') {
      wrong(['passwords', 'breakGlass'], 'name the administrator who gets in when single sign-on does not work');
    }
  });
export type SignInSettings = z.infer<typeof signInSettings>;

/** GET /api/v1/admin/sign-in. Secrets never leave the server. */
export const savedSignIn = z.object({
  version: z.number().int().nonnegative(),
  settings: signInSettings,
  has: z.object({ clientSecret: z.boolean(), bindPassword: z.boolean() }),
  /** To register with the provider; null: PUBLIC_URL is not set, so that there is none. */
  redirectUri: z.string().nullable(),
  afterLogout: z.string().nullable(),
});
export type SavedSignIn = z.infer<typeof savedSignIn>;

const secret = z.string().min(1).max(1000).optional();

/**
 * PUT /api/v1/admin/sign-in. A secret that is left out is the saved one, as long as it goes to the same place; an empty
 * client id or bind DN has none.
 */
export const signInBody = z.strictObject({
  version: z.number().int().nonnegative(),
  settings: signInSettings,
  clientSecret: secret,
  bindPassword: secret,
});
export type SignInBody = z.infer<typeof signInBody>;

/** POST /api/v1/admin/sign-in/test-oidc: what is in the form, saved or not. */
export const oidcTestBody = z.strictObject({ oidc: oidcSettings, clientSecret: secret });
export type OidcTestBody = z.infer<typeof oidcTestBody>;

/** POST /api/v1/admin/sign-in/test-ldap: `username` empty: only connect; `password` left out: it is not tried. */
export const ldapTestBody = z.strictObject({
  ldap: ldapSettings,
  bindPassword: secret,
  username: line(100),
  password: z.string().max(256).optional(),
});
export type LdapTestBody = z.infer<typeof ldapTestBody>;

/** The answer of both tests: the steps in order, each a sentence; the first that fails is the last. */
export const signInTest = z.object({
  ok: z.boolean(),
  steps: z.array(z.object({ state: z.enum(['good', 'note', 'bad']), text: z.string() })),
});
export type SignInTest = z.infer<typeof signInTest>;
export type TestStep = SignInTest['steps'][number];

/** GET /api/v1/sign-in: what the sign-in page offers. */
export const signInOffer = z.object({
  /** Name of the provider of single sign-on; null: there is none. */
  oidc: z.string().nullable(),
  /** Name of the directory whose passwords are good here, too; null: there is none. */
  directory: z.string().nullable(),
  /** False: a password is for the one administrator who gets in without the provider. */
  passwords: z.boolean(),
});
export type SignInOffer = z.infer<typeof signInOffer>;

/** Why single sign-on did not work, as the address of the sign-in page says it; its words are the page's. */
export const oidcProblem = z.enum([
  'cancelled',
  'away',
  'off',
  'again',
  'refused',
  'clock',
  'untrusted',
  'setup',
  'email',
  'unknown',
  'role',
  'taken',
  'name',
  'disabled',
  'busy',
]);
export type OidcProblem = z.infer<typeof oidcProblem>;
