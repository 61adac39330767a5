import type { OidcSettings } from '../../protocol/sign-in';
import { extensionOf, type Identity } from '../external-users';

type Claims = Readonly<Record<string, unknown>>;

/** The claim of this name, else what a dotted path leads to (`realm_access.roles`); undefined: there is none. */
function claimOf(claims: Claims, path: string): unknown {
  if (path === '') return undefined;
  if (Object.hasOwn(claims, path)) return claims[path];
  let at: unknown = claims;
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Claims)[name];
  }
  return at;
}

function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** One value, or a list of them; anything else is none. */
function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((one) => textOf(one) ?? []);
}

/** What the claims of a person whom the provider vouches for mean here; null: they name no user. */
export function identityOf(issuer: string, subject: string, claims: Claims, settings: OidcSettings): Identity | null {
  const username = textOf(claimOf(claims, settings.usernameClaim));
  if (username === null) return null;
  const email = textOf(claimOf(claims, settings.emailClaim));
  return {
    origin: 'oidc',
    externalId: `${issuer} ${subject}`,
    username,
    name: textOf(claimOf(claims, settings.nameClaim)),
    email: email !== null && /^[^\s@]{1,64}@[^\s@]{1,189}$/.test(email) ? email : null,
    // Some providers write it as text.
    emailVerified: claims.email_verified === true || claims.email_verified === 'true',
    extension: extensionOf(textOf(claimOf(claims, settings.extensionClaim))),
    groups: textsOf(claimOf(claims, settings.groupsClaim)),
  };
}

/** Whether somebody of this e-mail may come in at all. */
export function isOfDomain({ email, emailVerified }: Identity, domains: readonly string[]): boolean {
  if (domains.length === 0) return true;
  const domain = email?.toLowerCase().split('@').at(-1);
  return emailVerified && domain !== undefined && domains.includes(domain);
}
