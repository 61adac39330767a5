/** The values of a Cookie header; of a repeated name the first counts. Never throws. */
export function parseCookies(header: string | undefined): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (header ?? '').slice(0, 8192).split(';')) {
    const equals = part.indexOf('=');
    if (equals < 0) continue;
    const name = part.slice(0, equals).trim();
    if (!cookies.has(name)) cookies.set(name, part.slice(equals + 1).trim());
  }
  return cookies;
}

/**
 * Names of our cookies. Under TLS they carry the prefix `__Host-`: no other host and no plain page can then set them.
 */
export function cookieName(base: 'cordboard' | 'cordboard-known' | 'cordboard-sign-in', secure: boolean): string {
  return secure ? `__Host-${base}` : base;
}

/** A Set-Cookie header; `maxAgeSeconds` 0 removes the cookie. */
export function cookie(name: string, value: string, maxAgeSeconds: number, secure: boolean): string {
  const flags = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}`;
  return `${name}=${value}; ${flags}${secure ? '; Secure' : ''}`;
}
