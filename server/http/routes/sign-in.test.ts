import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Liar } from '../../auth/oidc/testing-liar';
import { client, TestProvider, UserAgent } from '../../auth/oidc/testing-provider';
import type { OidcSettings, SignInBody } from '../../protocol/sign-in';
import { defaultOidc, defaultSignIn } from '../../protocol/sign-in-default';
import { type Panel, startPanel } from '../testing';

const publicUrl = 'http://127.0.0.1:4410';
const callback = `${publicUrl}/api/v1/sign-in/oidc/callback`;
const headers = { host: '127.0.0.1:4410' };

const people = {
  alice: {
    ...{ name: 'Alice Liddell', preferred_username: 'Alice', email: 'alice@example.com', email_verified: true },
    ...{ groups: ['desk', 'staff'], phone_extension: '201' },
  },
  bob: { name: 'Bob', preferred_username: 'bob', email: 'bob@elsewhere.org', email_verified: true, groups: ['staff'] },
  eve: { name: 'Eve', preferred_username: 'eve', email: 'alice@example.com', email_verified: false, groups: ['desk'] },
  nobody: { name: 'Nobody', preferred_username: '???', groups: ['desk'] },
  admin: { name: 'A', preferred_username: 'admin', email: 'a@example.com', email_verified: true, groups: ['desk'] },
};

let panel: Panel;
let admin: { cookie: string };
let now: number;

async function freshPanel(): Promise<void> {
  now = Date.now();
  panel = await startPanel({ config: { publicUrl, trustProxy: false } }, () => now);
  admin = await panel.signIn('admin', 'admin');
}

async function save(oidc: Partial<OidcSettings>, over: Partial<SignInBody> = {}, passwords = defaultSignIn.passwords) {
  const { version } = panel.elsewhere.get();
  const response = await panel.app.inject({
    method: 'PUT',
    url: '/api/v1/admin/sign-in',
    headers: { ...headers, cookie: admin.cookie },
    payload: {
      version,
      settings: { ...defaultSignIn, passwords, oidc: { ...base(), ...oidc } },
      clientSecret: client.secret,
      ...over,
    },
  });
  return response;
}

let issuer = '';
const base = (): OidcSettings => ({
  ...defaultOidc,
  enabled: true,
  name: 'Example',
  issuer,
  clientId: client.id,
  scopes: 'profile email groups',
  extensionClaim: 'phone_extension',
  mapping: { rules: [{ value: 'desk', role: 'receptionist' }], otherwise: 'member' },
});

interface Answer {
  readonly location: string;
  readonly cookies: Readonly<Record<string, string>>;
}

async function get(url: string, cookies: Readonly<Record<string, string>> = {}): Promise<Answer & { status: number }> {
  const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  const response = await panel.app.inject({ url, headers: { ...headers, cookie: cookie.join('; ') } });
  const set = Object.fromEntries(response.cookies.map(({ name, value }) => [name, value]));
  return { status: response.statusCode, location: String(response.headers.location), cookies: set };
}

const start = (next = '/account/') => get(`/api/v1/sign-in/oidc/start?next=${encodeURIComponent(next)}`);
const pathOf = (url: string) => url.slice(publicUrl.length);

/** The whole way of one person in one browser. */
async function signIn(login: string, next?: string): Promise<Answer & { back: string; ticket: Answer['cookies'] }> {
  const started = await start(next);
  const back = await new UserAgent().signIn(started.location, callback, login);
  return { ...(await get(pathOf(back), started.cookies)), back, ticket: started.cookies };
}

const me = async (cookies: Readonly<Record<string, string>>) => {
  const response = await panel.app.inject({
    url: '/api/v1/me',
    headers: { ...headers, cookie: `cordboard=${cookies.cordboard}` },
  });
  return response.json();
};

beforeEach(freshPanel);
afterEach(() => panel.close());

describe('with a real provider', () => {
  let provider: TestProvider;

  beforeAll(async () => {
    provider = await TestProvider.start({ redirectUris: [callback], afterLogout: [`${publicUrl}/login/`], people });
    return () => provider.close();
  });

  beforeEach(async () => {
    issuer = provider.issuer;
    const saved = await save({});
    expect(saved.statusCode, saved.body).toBe(200);
  });

  it('makes a user at the first sign-in, as the claims say, and leads to the page that was asked for', async () => {
    const done = await signIn('alice');
    expect(done.location).toBe('/account/');
    expect(await me(done.cookies)).toMatchObject({
      ...{ username: 'alice', name: 'Alice Liddell', role: 'receptionist', extension: '201', hasPassword: false },
    });
    const user = await panel.temporary.store.users.byUsername('alice');
    expect(user).toMatchObject({ origin: 'oidc', externalId: `${issuer} alice`, passwordHash: null });
    expect(done.cookies['cordboard-sign-in']).toBe('');
  });

  it('asks for the code with PKCE, state, nonce and exactly this redirect URI', async () => {
    const { searchParams } = new URL((await start()).location);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      ...{ response_type: 'code', client_id: client.id, redirect_uri: callback, code_challenge_method: 'S256' },
      scope: 'openid profile email groups',
    });
    expect(searchParams.get('state')).toMatch(/^.{40,}$/);
    expect(searchParams.get('nonce')).toMatch(/^.{40,}$/);
  });

  it('keeps name and role as they are there, and what is not to be kept alike as it is here', async () => {
    await signIn('alice');
    const { store } = panel.temporary;
    const user = await store.users.byUsername('alice');
    await store.users.update(user?.id ?? '', { name: 'Old', role: 'viewer', extension: '999' });
    const { cookies } = await signIn('alice');
    expect(await me(cookies)).toMatchObject({ name: 'Alice Liddell', role: 'receptionist', extension: '999' });
  });

  it('does not let in whom an administrator disabled here', async () => {
    await signIn('alice');
    const user = await panel.temporary.store.users.byUsername('alice');
    await panel.auth.accounts.update(user?.id ?? '', { disabled: true });
    expect((await signIn('alice')).location).toBe('/login/?sso=disabled&next=%2Faccount%2F');
  });

  it('refuses those without a role, of other domains, and unknown ones where only known ones may come in', async () => {
    await save({ mapping: { rules: [{ value: 'desk', role: 'receptionist' }], otherwise: null } });
    expect((await signIn('bob')).location).toContain('sso=role');
    await save({ emailDomains: ['example.com'] });
    expect((await signIn('bob')).location).toContain('sso=email');
    expect((await signIn('eve')).location).toContain('sso=email');
    expect((await signIn('alice')).location).toBe('/account/');
    await save({ newUsers: 'refuse' });
    expect((await signIn('bob')).location).toContain('sso=unknown');
    expect((await signIn('nobody')).location).toContain('sso=unknown');
    await save({});
    expect((await signIn('nobody')).location).toContain('sso=name');
  });

  it('gives nobody a user of another by a name or an unverified e-mail', async () => {
    const mine = await panel.signIn('alice', 'supervisor');
    await panel.temporary.store.users.update(mine.id, { email: 'Alice@Example.com' });
    expect((await signIn('alice')).location).toContain('sso=taken');
    await save({ link: 'email' });
    expect((await signIn('eve')).cookies.cordboard).toBeDefined();
    expect((await me((await signIn('eve')).cookies)).username).toBe('eve');
    const linked = await me((await signIn('alice')).cookies);
    expect(linked).toMatchObject({ id: mine.id, username: 'alice', role: 'receptionist', hasPassword: false });
  });

  it('makes nobody an administrator by the name they chose', async () => {
    await save({ link: 'username' });
    expect((await signIn('admin')).location).toContain('sso=taken');
    expect(await panel.temporary.store.users.byUsername('admin')).toMatchObject({ origin: 'local', role: 'admin' });
  });

  it('tells who cancelled from what went wrong', async () => {
    const started = await start('/');
    const back = await new UserAgent().cancel(started.location, callback);
    expect((await get(pathOf(back), started.cookies)).location).toBe('/login/?sso=cancelled');
  });

  it('takes a way back once, from the browser that set out, within ten minutes', async () => {
    const { back, ticket, cookies } = await signIn('alice');
    expect(cookies.cordboard).toBeDefined();
    expect((await get(pathOf(back), ticket)).location).toContain('sso=again');
    const started = await start();
    const away = await new UserAgent().signIn(started.location, callback, 'alice');
    expect((await get(pathOf(away))).location).toBe('/login/?sso=again');
    const other = await start();
    expect((await get(pathOf(away), other.cookies)).location).toContain('sso=again');
    now += 11 * 60_000;
    expect((await get(pathOf(away), started.cookies)).location).toContain('sso=again');
  });

  it('takes a code once: the provider refuses the second time, from another browser as well', async () => {
    const first = await start();
    const back = new URL(await new UserAgent().signIn(first.location, callback, 'alice'));
    expect((await get(pathOf(back.href), first.cookies)).location).toBe('/account/');
    const second = await start();
    back.searchParams.set('state', new URL(second.location).searchParams.get('state') ?? '');
    const stolen = await get(pathOf(back.href), second.cookies);
    expect([stolen.location, stolen.cookies.cordboard]).toEqual([expect.stringContaining('sso=again'), undefined]);
  });

  it.each([
    'https://evil.example.com/',
    '//evil.example.com/',
    '/\\evil.example.com',
    '\\\\evil.example.com',
    'javascript:alert(1)',
    '/api/v1/logout',
    '/login/?next=/x',
    ' //evil.example.com',
    '/\t/evil.example.com',
  ])('leads to no other place than a page of this panel: %j', async (next) => {
    expect((await signIn('alice', next)).location).toBe('/');
  });

  it('gives a new session, whatever cookie the browser brought along', async () => {
    const started = await start();
    const back = await new UserAgent().signIn(started.location, callback, 'alice');
    const done = await get(pathOf(back), { ...started.cookies, cordboard: 'fixed-by-somebody-else' });
    expect(done.cookies.cordboard).not.toBe('fixed-by-somebody-else');
    expect(done.cookies.cordboard).toMatch(/^.{40,}$/);
  });

  it('proves itself in the other way when the provider wants that', async () => {
    const other = await TestProvider.start({ redirectUris: [callback], people, clientAuth: 'client_secret_post' });
    try {
      issuer = other.issuer;
      await save({});
      expect((await signIn('alice')).location).toBe('/account/');
    } finally {
      await other.close();
    }
  });

  it('signs out at the provider as well', async () => {
    const { cookies } = await signIn('alice');
    const response = await panel.app.inject({
      method: 'POST',
      url: '/api/v1/logout',
      headers: { ...headers, cookie: `cordboard=${cookies.cordboard}` },
    });
    const at = new URL(response.json().next);
    expect(at.origin).toBe(issuer);
    expect(at.searchParams.get('post_logout_redirect_uri')).toBe(`${publicUrl}/login/`);
    expect(at.searchParams.get('id_token_hint')).toMatch(/^ey/);
    const local = await panel.app.inject({
      method: 'POST',
      url: '/api/v1/logout',
      headers: { ...headers, cookie: admin.cookie },
    });
    expect(local.json()).toEqual({ ok: true });
  });

  it('says in the test what works, what the provider refuses, and what the settings come to', async () => {
    const test = async (over: Partial<OidcSettings>) => {
      const response = await panel.app.inject({
        method: 'POST',
        url: '/api/v1/admin/sign-in/test-oidc',
        headers: { ...headers, cookie: admin.cookie },
        payload: { oidc: { ...base(), ...over }, clientSecret: client.secret },
      });
      const { ok, steps } = response.json();
      return [ok, steps.map(({ state, text }: { state: string; text: string }) => `${state}: ${text}`).join('\n')];
    };
    expect(await test({})).toEqual([true, expect.stringContaining(`good: The provider ${issuer} answers.`)]);
    expect(await test({})).toEqual([true, expect.stringContaining('good: It takes sign-ins of the client cordboard')]);
    expect(await test({ clientId: 'other' })).toEqual([false, expect.stringContaining('bad: It refuses this client')]);
    expect(await test({ issuer: 'http://127.0.0.1:1' })).toEqual([
      false,
      expect.stringContaining('nothing listens there'),
    ]);
    expect(await test({ issuer: `${issuer}/realms/none` })).toEqual([
      false,
      expect.stringContaining('There is no OpenID Connect provider at'),
    ]);
    expect(await test({ mapping: { rules: [], otherwise: null } })).toEqual([
      false,
      expect.stringContaining('bad: Nobody gets in'),
    ]);
  });
});

describe('with a provider that lies', () => {
  let liar: Liar;

  beforeEach(async () => {
    liar = await Liar.start(client.secret);
    issuer = liar.issuer;
    await save({});
  });
  afterEach(() => liar.close());

  async function come(lie: Liar['lie']): Promise<Answer> {
    const started = await start('/');
    liar.lie = lie;
    const query = liar.back(started.location);
    return get(`/api/v1/sign-in/oidc/callback?${query.toString()}`, started.cookies);
  }

  it('lets somebody in when it tells the truth', async () => {
    expect((await come({})).cookies.cordboard).toBeDefined();
  });

  const hour = 3600;
  const seconds = () => Math.floor(Date.now() / 1000);
  it.each([
    ['of another sign-in (nonce)', { claims: { nonce: 'another' } }, 'untrusted'],
    ['without a nonce', { claims: { nonce: undefined } }, 'untrusted'],
    ['for another client', { claims: { aud: 'another' } }, 'untrusted'],
    ['of another issuer', { claims: { iss: 'https://other.example.com' } }, 'untrusted'],
    ['signed by another key', { by: 'another' }, 'untrusted'],
    ['not signed (alg none)', { header: { alg: 'none' }, by: 'none' }, 'untrusted'],
    ['signed with the secret (alg confusion)', { header: { alg: 'HS256' }, by: 'secret' }, 'untrusted'],
    ['that has expired', { claims: { iat: seconds() - 2 * hour, exp: seconds() - hour } }, 'clock'],
    ['whose user info is of somebody else', { userinfo: { sub: 'alice' } }, 'untrusted'],
    ['that names no user', { claims: { preferred_username: undefined } }, 'setup'],
  ] as const)('does not believe a token %s', async (_, lie, problem) => {
    const { location, cookies } = await come(lie as Liar['lie']);
    expect([location, cookies.cordboard]).toEqual([`/login/?sso=${problem}`, undefined]);
  });

  it.each([
    ['with the code of another issuer (mix-up)', { back: { iss: 'https://other.example.com' } }, 'untrusted'],
    ['with a state of its own', { back: { state: 'another' } }, 'again'],
    ['with an error', { back: { error: 'server_error' } }, 'away'],
    ['with an error of its own', { back: { error: '<b>hello</b>' } }, 'refused'],
  ] as const)('does not redeem a way back %s', async (_, lie, problem) => {
    const { location } = await come(lie as Liar['lie']);
    expect(location).toContain(`/login/?sso=${problem}`);
    expect(location).not.toContain('hello');
    expect(liar.asked).toHaveLength(0);
  });

  it.each([
    ['refuses the secret', [401, '{"error":"invalid_client"}'], 'setup'],
    ['answers with a page', [200, '<html>'], 'away'],
    ['is broken', [500, '{}'], 'away'],
  ] as const)('tells it when the token endpoint %s', async (_, token, problem) => {
    expect((await come({ token })).location).toBe(`/login/?sso=${problem}`);
  });

  it('forgets nothing of a provider that goes away, and tells it on the way there when it never answered', async () => {
    await start();
    await liar.close();
    expect((await start()).location).toContain(`${liar.issuer}/authorize`);
    const other = await save({ issuer: 'http://127.0.0.1:1' });
    expect(other.statusCode).toBe(200);
    expect((await start()).location).toBe('/login/?sso=away&next=%2Faccount%2F');
    liar = await Liar.start(client.secret);
  });
});

describe('the settings', () => {
  beforeEach(() => {
    issuer = 'https://sso.example.com';
  });

  it('never tell a secret, and take it only to the place it was given for', async () => {
    const saved = await save({});
    expect(saved.body).not.toContain(client.secret);
    expect(saved.json()).toMatchObject({ has: { clientSecret: true, bindPassword: false }, redirectUri: callback });
    expect((await save({ name: 'Other' }, { clientSecret: undefined })).statusCode).toBe(200);
    const moved = await save({ issuer: 'https://evil.example.com' }, { clientSecret: undefined });
    expect(moved.json()).toMatchObject({ error: 'invalid', field: 'clientSecret' });
    const tested = await panel.app.inject({
      method: 'POST',
      url: '/api/v1/admin/sign-in/test-oidc',
      headers: { ...headers, cookie: admin.cookie },
      payload: { oidc: { ...base(), issuer: 'https://evil.example.com' } },
    });
    expect(tested.json()).toMatchObject({ error: 'invalid', field: 'clientSecret' });
  });

  it('are sealed in the database', async () => {
    await save({});
    const row = await panel.temporary.store.settings.get('sign-in', (await import('zod')).z.unknown());
    expect(JSON.stringify(row)).not.toContain(client.secret);
    expect(JSON.stringify(row)).toContain('"clientSecret":"v1.');
  });

  it.each([
    [{ issuer: 'http://sso.example.com' }, 'settings.oidc.issuer'],
    [{ mapping: { rules: [], otherwise: 'gone' } }, 'settings.oidc.mapping.otherwise'],
    [{ mapping: { rules: [{ value: 'a', role: 'gone' }], otherwise: null } }, 'settings.oidc.mapping.rules.0.role'],
  ] as const)('refuse %j', async (over, field) => {
    expect((await save(over as Partial<OidcSettings>)).json()).toMatchObject({ error: 'invalid', field });
  });

  it('are for administrators', async () => {
    const { cookie } = await panel.signIn('sam', 'supervisor');
    for (const [method, url] of [
      ['GET', '/api/v1/admin/sign-in'],
      ['PUT', '/api/v1/admin/sign-in'],
      ['POST', '/api/v1/admin/sign-in/test-oidc'],
      ['POST', '/api/v1/admin/sign-in/test-ldap'],
    ] as const) {
      const response = await panel.app.inject({ method, url, headers: { ...headers, cookie } });
      expect([url, response.statusCode]).toEqual([url, 403]);
    }
  });

  it('leave one administrator a password when single sign-on is the only way, and nobody else', async () => {
    const only = (breakGlass: string) => save({}, {}, { onlySingleSignOn: true, breakGlass });
    expect((await only('nobody')).json()).toMatchObject({ field: 'settings.passwords.breakGlass' });
    await panel.signIn('sam', 'supervisor');
    expect((await only('sam')).json()).toMatchObject({ field: 'settings.passwords.breakGlass' });
    expect((await only('admin')).statusCode).toBe(200);
    const login = async (username: string) => {
      const payload = { username, password: 'correct horse battery' };
      return (await panel.app.inject({ method: 'POST', url: '/api/v1/login', headers, payload })).statusCode;
    };
    const sam = await panel.temporary.store.users.byUsername('sam');
    const { token } = await panel.auth.invitations.issue(sam?.id ?? '', 'admin');
    const accepted = await panel.app.inject({
      ...{ method: 'POST', url: '/api/v1/invitation/accept', headers },
      payload: { token, password: 'quite another password' },
    });
    expect([accepted.statusCode, accepted.headers['set-cookie']]).toEqual([403, undefined]);
    expect(accepted.json().message).toMatch(/sign in with your company account/);
    const second = await panel.signIn('second', 'admin').catch(() => null);
    expect([await login('admin'), await login('sam'), await login('second'), second]).toEqual([200, 401, 401, null]);
    await panel.auth.accounts.update((await panel.temporary.store.users.byUsername('admin'))?.id ?? '', {
      disabled: true,
    });
    expect([await login('second'), await login('sam')]).toEqual([200, 401]);
    const offer = await panel.app.inject({ url: '/api/v1/sign-in', headers });
    expect(offer.json()).toEqual({ oidc: 'Example', directory: null, passwords: false });
  });
});
