import { createHash } from 'node:crypto';

/** One SIP message; header names in lower case, repeated ones in their order. */
export interface SipMessage {
  /** `INVITE sip:… SIP/2.0`, or `SIP/2.0 200 OK`. */
  readonly start: string;
  /** Empty for a response. */
  readonly method: string;
  /** 0 for a request. */
  readonly status: number;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
}

const compact: Readonly<Record<string, string>> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  o: 'event',
  l: 'content-length',
};

export function parseSip(text: string): SipMessage {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [start = '', ...lines] = head.split('\r\n');
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const raw = line.slice(0, colon).trim().toLowerCase();
    const name = compact[raw] ?? raw;
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  const status = Number(/^SIP\/2\.0 (\d{3})/.exec(start)?.[1] ?? 0);
  return { start, method: status > 0 ? '' : (start.split(' ')[0] ?? ''), status, headers, body: rest.join('\r\n\r\n') };
}

export function header(message: SipMessage, name: string): string {
  return message.headers.get(name.toLowerCase())?.[0] ?? '';
}

export function formatSip(start: string, headers: readonly (readonly [string, string])[], body = ''): string {
  const lines = [...headers, ['Content-Length', String(Buffer.byteLength(body))] as const];
  return `${start}\r\n${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${body}`;
}

/** The answer to a digest challenge (RFC 2617 with MD5, with and without `qop=auth`). */
export function digest(challenge: string, user: string, secret: string, method: string, uri: string): string {
  const part = (name: string) => new RegExp(`${name}="?([^",]+)"?`, 'i').exec(challenge)?.[1] ?? '';
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const [realm, nonce] = [part('realm'), part('nonce')];
  const first = md5(`${user}:${realm}:${secret}`);
  const second = md5(`${method}:${uri}`);
  const qop = /qop="?[^"]*auth/i.test(challenge);
  const response = md5(qop ? `${first}:${nonce}:00000001:abcd:auth:${second}` : `${first}:${nonce}:${second}`);
  const more = qop ? ', qop=auth, nc=00000001, cnonce="abcd"' : '';
  return `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5${more}`;
}
