import { buildAuthorizationUrl, type Configuration } from 'openid-client';
import type { OidcSettings, SignInTest, TestStep } from '../../protocol/sign-in';
import { ask } from './fetch';
import { codesOf } from './problems';
import { discover } from './provider';
import { scopesOf } from './single-sign-on';

export interface OidcTrial {
  readonly settings: OidcSettings;
  readonly secret: string | null;
  readonly redirectUri: string | null;
  readonly roleName: (id: string) => string | null;
}

const good = (text: string): TestStep => ({ state: 'good', text });
const note = (text: string): TestStep => ({ state: 'note', text });
const bad = (text: string): TestStep => ({ state: 'bad', text });

/** Tries what can be tried without a person: the provider, its answer to this client, and what the settings come to. Never rejects. */
export async function tryOidc(trial: OidcTrial): Promise<SignInTest> {
  const steps: TestStep[] = [];
  const { settings, secret, redirectUri } = trial;
  if (redirectUri === null) {
    steps.push(bad('PUBLIC_URL is not set: start the panel with the address that people open it at.'));
  }
  if (settings.issuer === '' || settings.clientId === '') {
    steps.push(bad('Enter the issuer and the client ID that the provider gave you.'));
    return ended(steps);
  }
  try {
    const client = { issuer: settings.issuer, clientId: settings.clientId, ca: settings.ca, secret };
    const configuration = await discover(client, 'client_secret_basic');
    steps.push(good(`The provider ${configuration.serverMetadata().issuer} answers.`));
    steps.push(...aboutProvider(configuration, settings, secret));
    if (redirectUri !== null) steps.push(await askForSignIn(configuration, settings, redirectUri));
  } catch (error) {
    steps.push(bad(whyNoProvider(error, settings.issuer)));
    return ended(steps);
  }
  steps.push(...aboutPeople(trial));
  return ended(steps);
}

function ended(steps: TestStep[]): SignInTest {
  return { ok: steps.every(({ state }) => state !== 'bad'), steps };
}

function aboutProvider(configuration: Configuration, settings: OidcSettings, secret: string | null): TestStep[] {
  const steps: TestStep[] = [];
  const metadata = configuration.serverMetadata();
  const scopes = metadata.scopes_supported;
  const unknown =
    scopes === undefined
      ? []
      : scopesOf(settings)
          .split(' ')
          .filter((one) => !scopes.includes(one));
  if (unknown.length > 0)
    steps.push(note(`It does not list the scope ${unknown.join(', ')}; it may refuse the sign-in.`));
  const methods = metadata.code_challenge_methods_supported;
  if (methods !== undefined && !methods.includes('S256'))
    steps.push(note('It does not say that it knows PKCE (S256).'));
  if (secret === null) steps.push(note('There is no client secret: the client must be registered as a public one.'));
  if (settings.endSession && metadata.end_session_endpoint === undefined) {
    steps.push(note('It has no place to sign out: signing out ends the session of this panel alone.'));
  }
  return steps;
}

/** Sends what a browser would, and looks at how the provider takes it; the page for a person is not followed. */
async function askForSignIn(
  configuration: Configuration,
  settings: OidcSettings,
  redirectUri: string,
): Promise<TestStep> {
  const url = buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: scopesOf(settings),
    state: 'test',
    nonce: 'test',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  const options = { method: 'GET', body: null, redirect: 'manual' as const, signal: AbortSignal.timeout(10_000) };
  try {
    const response = await ask(settings.ca, url.href, { ...options, headers: { accept: 'text/html' } });
    const back = response.headers.get('location') ?? '';
    if (back.startsWith(redirectUri)) return bad(`It refuses the sign-in: ${refusalIn(back)}.`);
    if (response.status < 400)
      return good(`It takes sign-ins of the client ${settings.clientId} with this redirect URI.`);
    const registered = `The redirect URI ${redirectUri} must be registered there, exactly so.`;
    return bad(`It refuses this client or its redirect URI (HTTP ${response.status}). ${registered}`);
  } catch (error) {
    return bad(`Its sign-in page cannot be reached: ${wordsOf(error)}`);
  }
}

/** What the provider says in the address it would send a browser back to. */
function refusalIn(back: string): string {
  const { searchParams } = new URL(back);
  return searchParams.get('error_description') ?? searchParams.get('error') ?? 'it does not say why';
}

function aboutPeople({ settings, roleName }: OidcTrial): TestStep[] {
  const { mapping, newUsers, link, emailDomains, groupsClaim } = settings;
  const steps: TestStep[] = [];
  const gone = [...mapping.rules.map(({ role }) => role), mapping.otherwise].find(
    (role) => role !== null && roleName(role) === null,
  );
  if (gone) steps.push(bad(`There is no role ${gone} any more.`));
  if (mapping.rules.length > 0 && groupsClaim === '')
    steps.push(bad('Groups are mapped to roles, but no claim holds them.'));
  if (mapping.otherwise === null && mapping.rules.length === 0) {
    steps.push(bad('Nobody gets in: no group gives a role, and everybody else is refused.'));
  } else if (mapping.otherwise === null) {
    steps.push(note('Only people in one of the groups get in; everybody else is refused.'));
  } else {
    steps.push(note(`Whoever is in none of the groups becomes ${roleName(mapping.otherwise) ?? mapping.otherwise}.`));
  }
  if (newUsers === 'refuse' && link === 'none') {
    steps.push(bad('Nobody gets in for the first time: new users are refused, and nobody there is linked.'));
  }
  const open = newUsers === 'create' && mapping.otherwise !== null && emailDomains.length === 0;
  if (open && /^https:\/\/accounts\.google\.com\/?$/.test(settings.issuer)) {
    steps.push(bad('Anybody with a Google account would get in: enter the e-mail domains of your own people.'));
  }
  steps.push(good('To see it whole, save and sign in with it in a private window.'));
  return steps;
}

const codeWords: readonly (readonly [RegExp, string])[] = [
  [/^ENOTFOUND$|^EAI_AGAIN$/, 'there is no host of this name'],
  [/^ECONNREFUSED$/, 'nothing listens there'],
  [/^(ECONNRESET|EPIPE)$/, 'the connection was cut'],
  [/^(OAUTH_TIMEOUT|OAUTH_ABORT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/, 'no answer came in time'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'its certificate is for another name'],
  [/^CERT_HAS_EXPIRED$/, 'its certificate has expired'],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_\w+)$/,
    'its certificate is of an authority that this machine does not know: paste that authority’s certificate',
  ],
  [/^OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED$/, 'it calls itself by another issuer: enter exactly the one it says'],
  [/^OAUTH_(RESPONSE_IS_NOT_JSON|PARSE_ERROR)$/, 'what answers there is no OpenID Connect provider'],
  [/^OAUTH_HTTP_REQUEST_FORBIDDEN$/, 'it wants plain HTTP, which is not safe'],
];

function wordsOf(error: unknown): string {
  const codes = codesOf(error);
  for (const [pattern, words] of codeWords) if (codes.some((code) => pattern.test(code))) return `${words}.`;
  let root = error;
  while (root instanceof Error && root.cause instanceof Error) root = root.cause;
  return root instanceof Error ? root.message : String(root);
}

function whyNoProvider(error: unknown, issuer: string): string {
  const codes = codesOf(error);
  if (codes.includes('OAUTH_RESPONSE_IS_NOT_CONFORM') && !codes.some((code) => code.startsWith('E'))) {
    return `There is no OpenID Connect provider at ${issuer}: ${issuer.replace(/\/$/, '')}/.well-known/openid-configuration is not there.`;
  }
  return `The provider ${issuer} cannot be used: ${wordsOf(error)}`;
}
