import { InvalidCredentialsError, ResultCodeError } from 'ldapts';

/** No server of the directory could be asked; says nothing about a password. */
export class DirectoryAwayError extends Error {
  override readonly name = 'DirectoryAwayError';
}

/** The directory answers, but not as the settings expect: its account, base or filter is wrong. */
export class DirectorySetupError extends Error {
  override readonly name = 'DirectorySetupError';
}

const codeWords: readonly (readonly [RegExp, string])[] = [
  [/^ENOTFOUND$|^EAI_AGAIN$/, 'there is no host of this name'],
  [/^ECONNREFUSED$/, 'nothing listens there'],
  [/^(ECONNRESET|EPIPE)$/, 'the connection was cut'],
  [/^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/, 'no answer came in time'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'its certificate is for another name'],
  [/^CERT_HAS_EXPIRED$/, 'its certificate has expired'],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_\w+)$/,
    'its certificate is of an authority that this machine does not know: paste that authority’s certificate',
  ],
  [/^(ERR_SSL_\w+|EPROTO)$/, 'it does not speak TLS there'],
];

const messageWords: readonly (readonly [RegExp, string])[] = [
  [/timed? ?out/i, 'no answer came in time'],
  [/closed before|socket connection not established|network socket disconnected/i, 'the connection was cut'],
];

/** Why a server could not be used, as the end of a sentence. */
export function wordsOf(error: unknown): string {
  if (error instanceof InvalidCredentialsError) return 'it refuses the account or its password';
  if (error instanceof ResultCodeError) return `it answers: ${error.message}`;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  for (const [pattern, words] of codeWords) if (pattern.test(code)) return words;
  const message = error instanceof Error ? error.message : String(error);
  for (const [pattern, words] of messageWords) if (pattern.test(message)) return words;
  return message;
}
