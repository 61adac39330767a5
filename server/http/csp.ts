import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const scriptElement = /<script\b([^>]*)>([\s\S]*?)<\/script\s*>/gi;
const dataBlock = /\btype\s*=\s*["']?(?:application\/(?:ld\+)?json|text\/template)/i;

/** `'sha256-…'` of every inline script of a page, each once. */
export function inlineScriptHashes(html: string): string[] {
  const hashes = new Set<string>();
  for (const [, attributes = '', body = ''] of html.matchAll(scriptElement)) {
    if (/\bsrc\s*=/i.test(attributes) || dataBlock.test(attributes) || body === '') continue;
    hashes.add(`'sha256-${createHash('sha256').update(body).digest('base64')}'`);
  }
  return [...hashes];
}

/** The policy of one page. Inline styles are allowed: components position themselves with them. */
export function contentSecurityPolicy(scriptHashes: readonly string[]): string {
  return [
    `default-src 'self'`,
    ['script-src', `'self'`, ...scriptHashes].join(' '),
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `media-src 'self'`,
    `worker-src 'self'`,
    `manifest-src 'self'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

/** Nothing that runs: for answers that are no page. */
export const closedPolicy = `default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

/** The policy of every exported page by its path relative to `directory`, read once at start. */
export function pagePolicies(directory: string): ReadonlyMap<string, string> {
  const policies = new Map<string, string>();
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.html')) continue;
    const hashes = inlineScriptHashes(readFileSync(path.join(directory, name), 'utf8'));
    policies.set(name.split(path.sep).join('/'), contentSecurityPolicy(hashes));
  }
  return policies;
}
