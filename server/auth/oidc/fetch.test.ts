import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { selfSigned } from '../../connection/testing';
import { createFetch } from './fetch';
import { codesOf, problemOf } from './problems';

const folder = mkdtempSync(path.join(os.tmpdir(), 'cordboard-fetch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const servers: (http.Server | https.Server)[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(
  server: http.Server | https.Server,
  scheme: string,
  answer: http.RequestListener,
): Promise<string> {
  servers.push(server);
  server.on('request', answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const get = { method: 'GET', body: null, headers: { accept: 'application/json' }, redirect: 'manual' } as const;

async function problemWith(ca: string, url: string): Promise<[string | undefined, string | null]> {
  try {
    await createFetch(ca)(url, get);
    return [undefined, null];
  } catch (error) {
    return [codesOf(error)[0], problemOf(error)];
  }
}

describe('asking the provider', () => {
  it('trusts the authority that was pasted, and no other that the system does not know', async () => {
    const { key, cert } = selfSigned(folder, '127.0.0.1');
    const url = await serve(https.createServer({ key, cert }), 'https', (_, response) => response.end('{"a":1}'));
    const response = await createFetch(cert)(url, get);
    expect(await response.json()).toEqual({ a: 1 });
    expect(await problemWith('', url)).toEqual(['DEPTH_ZERO_SELF_SIGNED_CERT', 'away']);
    expect(await problemWith(selfSigned(folder, '127.0.0.1').cert, url)).toEqual([expect.any(String), 'away']);
  });

  it('refuses a certificate for another name', async () => {
    const { key, cert } = selfSigned(folder, 'sso.example.com');
    const url = await serve(https.createServer({ key, cert }), 'https', (_, response) => response.end());
    expect(await problemWith(cert, url)).toEqual(['ERR_TLS_CERT_ALTNAME_INVALID', 'away']);
  });

  it('goes nowhere else, and reads no more than a provider says', async () => {
    const moved = await serve(http.createServer(), 'http', (_, response) =>
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    );
    expect(await problemWith('', moved)).toEqual(['OAUTH_RESPONSE_IS_NOT_CONFORM', 'away']);
    const endless = await serve(http.createServer(), 'http', (_, response) => {
      const more = () => void (response.destroyed || response.write(Buffer.alloc(64 * 1024), more));
      more();
    });
    expect(await problemWith('', endless)).toEqual(['OAUTH_RESPONSE_IS_NOT_CONFORM', 'away']);
  });
});
