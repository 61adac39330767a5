import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import type { OidcProblem } from '../../protocol/sign-in';

/** Single sign-on did not work, for a reason that the person is told. */
export class OidcError extends Error {
  override readonly name = 'OidcError';
  constructor(
    readonly problem: OidcProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const providerSays: Readonly<Record<string, OidcProblem>> = {
  access_denied: 'cancelled',
  server_error: 'away',
  temporarily_unavailable: 'away',
  invalid_grant: 'again',
  invalid_client: 'setup',
  unauthorized_client: 'setup',
  invalid_scope: 'setup',
  invalid_request: 'setup',
};

const awayCodes = /^(OAUTH_TIMEOUT|OAUTH_ABORT|E[A-Z]+|UND_ERR_\w+|(CERT|SELF|DEPTH|UNABLE|ERR_TLS|ERR_SSL)_?\w*)$/;
/** Answers that are no OpenID Connect: a proxy's page, a wrong address. */
const notItself = new Set([
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_PARSE_ERROR',
  'OAUTH_MISSING_SERVER_METADATA',
  'OAUTH_INVALID_SERVER_METADATA',
]);

/** What went wrong while talking with the provider; null: none of this, a fault of ours. */
export function problemOf(error: unknown): OidcProblem | null {
  if (error instanceof OidcError) return error.problem;
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    return providerSays[error.error] ?? 'refused';
  }
  if (error instanceof WWWAuthenticateChallengeError) return 'refused';
  const codes = codesOf(error);
  if (codes.includes('OAUTH_JWT_TIMESTAMP_CHECK_FAILED')) return 'clock';
  if (codes.some((code) => notItself.has(code) || awayCodes.test(code))) return 'away';
  return error instanceof ClientError ? 'untrusted' : null;
}

/** The codes of an error and of what caused it. */
export function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  let at = error;
  for (let depth = 0; at instanceof Error && depth < 5; depth += 1) {
    if ('code' in at && typeof at.code === 'string') codes.push(at.code);
    at = at.cause;
  }
  return codes;
}
