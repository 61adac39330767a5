import { AmiUrlError } from './errors';

export interface AmiTlsOptions {
  /** Path of a PEM file with the authority to trust besides the system's. */
  readonly ca?: string;
  /** The same as text. */
  readonly caPem?: string;
  /** SHA-256 of the server's certificate, 64 hex digits in lower case; when given it alone decides. */
  readonly fingerprint?: string;
  /** False trusts any certificate; only for a private wire. */
  readonly rejectUnauthorized?: boolean;
  /** Name to expect in the certificate when it is not the host's. */
  readonly servername?: string;
}

export interface AmiConnect {
  readonly host: string;
  readonly port: number;
  readonly tls?: AmiTlsOptions;
  readonly username: string;
  readonly secret: string;
  /** Permit the secret itself on a wire without TLS when the PBX refuses MD5; default false. */
  readonly allowPlainLogin?: boolean;
}

const SHAPE = /^(ami|amis):\/\/(?:([^@/?#]*)@)?(\[[0-9A-Fa-f:.%]+\]|[^:/?#@[\]]+)(?::(\d{1,5}))?\/?(?:\?([^#]*))?$/;
const DEFAULT_PORT = { ami: 5038, amis: 5039 } as const;
const QUERY = new Set(['ca', 'fingerprint', 'insecure', 'servername', 'plain']);

/**
 * Parse `ami://user:secret@host:5038` or `amis://…` (TLS, port 5039). User and secret are percent-decoded, IPv6 hosts
 * stand in brackets. Query: `ca` (PEM file), `fingerprint` (SHA-256, colons allowed), `servername`, `insecure=1` (TLS
 * without a check), `plain=1` (permit plain login without TLS). Throws AmiUrlError, which never repeats the address.
 */
export function parseAmiUrl(url: string): AmiConnect {
  const shape = SHAPE.exec(url.trim());
  if (shape === null)
    throw new AmiUrlError(
      'The PBX address must look like ami://user:secret@host:5038 (percent-encode @ : / ? # in the secret)',
    );
  const [, scheme, login = '', rawHost = '', rawPort, query = ''] = shape;
  const secure = scheme === 'amis';
  const port = rawPort === undefined ? DEFAULT_PORT[secure ? 'amis' : 'ami'] : Number(rawPort);
  if (port < 1 || port > 65_535) throw new AmiUrlError('The port of the PBX address must be 1 to 65535');
  const colon = login.indexOf(':');
  const username = decode(colon < 0 ? login : login.slice(0, colon), 'user');
  const secret = colon < 0 ? '' : decode(login.slice(colon + 1), 'secret');
  if (username === '') throw new AmiUrlError('The PBX address lacks the user: ami://user:secret@host');
  const params = readQuery(query);
  const base = { host: rawHost.replace(/^\[|\]$/g, ''), port, username, secret };
  const plain = params.get('plain') === '1' ? { allowPlainLogin: true } : {};
  if (!secure) {
    if (['ca', 'fingerprint', 'insecure', 'servername'].some((name) => params.has(name))) {
      throw new AmiUrlError('TLS settings need amis:// instead of ami://');
    }
    return { ...base, ...plain };
  }
  return { ...base, ...plain, tls: tlsOptions(params) };
}

function tlsOptions(params: URLSearchParams): AmiTlsOptions {
  const ca = params.get('ca');
  const servername = params.get('servername');
  const fingerprint = params.get('fingerprint')?.replace(/[:\s]/g, '').toLowerCase();
  if (fingerprint !== undefined && !/^[0-9a-f]{64}$/.test(fingerprint)) {
    throw new AmiUrlError('fingerprint must be a SHA-256: 64 hex digits');
  }
  return {
    ...(ca === null ? {} : { ca }),
    ...(servername === null ? {} : { servername }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...(params.get('insecure') === '1' ? { rejectUnauthorized: false } : {}),
  };
}

function readQuery(query: string): URLSearchParams {
  const params = new URLSearchParams(query);
  for (const name of params.keys()) {
    // A "?" of a secret that was not encoded would land here, so the name is not repeated.
    if (!QUERY.has(name)) throw new AmiUrlError('The PBX address has an unknown setting after "?"');
  }
  return params;
}

function decode(text: string, what: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AmiUrlError(`The ${what} in the PBX address is not percent-encoded properly`);
  }
}
