import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { certificateAt } from './connection/certificate';
import { addressTowards } from './connection/own-address';
import { ender, type Listener, selfSigned, speaker, tlsSpeaker, webServer, withoutEnd } from './connection/testing';
import { type DemoPbx, startDemoPbx } from './demo/demo';
import { testConnection } from './try-connection';

const folder = mkdtempSync(path.join(tmpdir(), 'cordboard-try-'));
const open: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const one of open) await one.close();
  rmSync(folder, { recursive: true, force: true });
});

async function at(listener: Promise<Listener>): Promise<number> {
  const one = await listener;
  open.push(one);
  return one.port;
}

const account = { username: 'cordboard', secret: 'a secret nobody may read' };
const to = (port: number, host = '127.0.0.1') => ({ host, port, ...account });
const greeting = 'Asterisk Call Manager/11.0.0\r\n';

/** An AMI that refuses every sign-in with these words. */
function refusing(words: string): (block: string) => string {
  return (block) => {
    const id = /ActionID: (\S+)/i.exec(block)?.[1] ?? '';
    const head = (state: string) => `Response: ${state}\r\nActionID: ${id}\r\n`;
    if (/Action: Challenge/i.test(block)) return `${head('Success')}Challenge: 123456\r\n\r\n`;
    return `${head('Error')}Message: ${words}\r\n\r\n`;
  };
}

// Most of it is waiting for what does not come.
describe.concurrent('what is told about a connection that does not work', () => {
  it('a name that does not exist', async () => {
    const result = await testConnection(to(5038, 'pbx.invalid'));
    expect(result).toMatchObject({ ok: false, cause: expect.stringMatching(/^(unknownHost|unreachable)$/) });
    expect(result.message).toContain('pbx.invalid');
  });

  it('a closed port', async () => {
    const closed = await ender();
    const { port } = closed;
    await closed.close();
    const result = await testConnection(to(port));
    expect(result).toMatchObject({ ok: false, cause: 'refused' });
    expect(result.message).toBe(`127.0.0.1 answers, but nothing listens on port ${port}.`);
    expect(result.advice).toContain('bindaddr');
  });

  it('one that says nothing', { timeout: 30_000 }, async () => {
    const result = await testConnection(to(await at(speaker(''))));
    expect(result).toMatchObject({ ok: false, cause: 'silent' });
  });

  it('one that ends the connection at once', async () => {
    const result = await testConnection(to(await at(ender())));
    expect(result).toMatchObject({ ok: false, cause: 'closed' });
    expect(result.advice).toContain('fail2ban');
  });

  it('another service, by what it says', async () => {
    const result = await testConnection(to(await at(speaker('SSH-2.0-OpenSSH_9.6\r\n'))));
    expect(result).toMatchObject({ ok: false, cause: 'notAsterisk' });
    expect(result.message).toContain('“SSH-2.0-OpenSSH_9.6”');
  });

  it('a web server, and Asterisk’s own', { timeout: 40_000 }, async () => {
    const nginx = await testConnection(to(await at(webServer('nginx'))));
    expect(nginx).toMatchObject({ ok: false, cause: 'notAsterisk' });
    expect(nginx.message).toContain('a web server (nginx)');
    const own = await testConnection(to(await at(webServer('Asterisk/22.0.0'))));
    expect(own.message).toContain('Asterisk’s web server');
  });

  it('a port that wants TLS, spoken to without', { timeout: 30_000 }, async () => {
    const port = await at(tlsSpeaker(selfSigned(folder, '127.0.0.1'), greeting));
    expect(await testConnection(to(port))).toMatchObject({ ok: false, cause: 'tlsWanted' });
  });

  it('TLS where there is none', async () => {
    const result = await testConnection({ ...to(await at(speaker(greeting))), tls: {} });
    expect(result).toMatchObject({ ok: false, cause: 'tlsNotWanted' });
  });

  it('TLS to a service that is none', async () => {
    const result = await testConnection({ ...to(await at(webServer('nginx'))), tls: {} });
    expect(result).toMatchObject({ ok: false, cause: 'notAsterisk' });
  });

  it('a wrong secret: three reasons, the address the panel comes from, and never the secret', async () => {
    const result = await testConnection(to(await at(speaker(greeting, refusing('Authentication failed')))));
    expect(result).toMatchObject({ ok: false, cause: 'badSecret', ownAddress: '127.0.0.1' });
    expect(result.message).toBe('The PBX refused the sign-in of “cordboard”.');
    for (const words of ['user name', 'secret', 'permit', '127.0.0.1']) expect(result.advice).toContain(words);
    expect(JSON.stringify(result)).not.toContain(account.secret);
  });

  it('an account that is in use already', async () => {
    const words = 'Login Already In Use';
    const result = await testConnection(to(await at(speaker(greeting, refusing(words)))));
    expect(result).toMatchObject({ ok: false, cause: 'inUse' });
  });

  it('a PBX of ten years ago', async () => {
    const result = await testConnection(to(await at(speaker('Asterisk Call Manager/1.3\r\n'))));
    expect(result).toMatchObject({ ok: false, cause: 'tooOld' });
    expect(result.message).toContain('1.3');
  });
});

describe.concurrent('certificates', () => {
  it('one that nobody signed is shown, and works once it is trusted', async () => {
    const pem = selfSigned(folder, '127.0.0.1');
    const port = await at(tlsSpeaker(pem, greeting, refusing('Authentication failed')));
    const first = await testConnection({ ...to(port), tls: {} });
    expect(first).toMatchObject({ ok: false, cause: 'certificate' });
    expect(first.message).toContain('signed by nobody but itself');
    expect(first.certificate).toMatchObject({ subject: '127.0.0.1', issuer: '127.0.0.1', selfSigned: true });
    expect(first.certificate?.fingerprint).toBe(new X509Certificate(pem.cert).fingerprint256);
    const fingerprint = first.certificate?.fingerprint.replaceAll(':', '').toLowerCase() ?? '';
    expect(await testConnection({ ...to(port), tls: { fingerprint } })).toMatchObject({ cause: 'badSecret' });
    const authority = await testConnection({ ...to(port), tls: { caPem: pem.cert } });
    expect(authority).toMatchObject({ cause: 'badSecret' });
  });

  it('another than the trusted one', async () => {
    const port = await at(tlsSpeaker(selfSigned(folder, '127.0.0.1'), greeting));
    const result = await testConnection({ ...to(port), tls: { fingerprint: 'ab'.repeat(32) } });
    expect(result).toMatchObject({ ok: false, cause: 'certificate' });
    expect(result.message).toContain('has changed, or this is another machine');
  });

  it('one for another name', async () => {
    const pem = selfSigned(folder, 'pbx.example');
    const port = await at(tlsSpeaker(pem, greeting));
    const result = await testConnection({ ...to(port), tls: { caPem: pem.cert } });
    expect(result).toMatchObject({ ok: false, cause: 'certificate' });
    expect(result.message).toContain('is for another name (pbx.example)');
  });

  it('one whose end is no moment does the panel no harm', async () => {
    const port = await at(tlsSpeaker(withoutEnd(selfSigned(folder, '127.0.0.1')), greeting));
    expect(await certificateAt('127.0.0.1', port)).toBeNull();
    const result = await testConnection({ ...to(port), tls: {} });
    expect(result).toMatchObject({ ok: false, certificate: null });
  });

  it('one that has expired', async () => {
    const pem = selfSigned(folder, '127.0.0.1', true);
    const port = await at(tlsSpeaker(pem, greeting));
    const result = await testConnection({ ...to(port), tls: { caPem: pem.cert } });
    expect(result.message).toContain('has expired on 20');
  });
});

describe('a connection that works', () => {
  it('says what was found', { timeout: 30_000 }, async () => {
    const demo: DemoPbx = await startDemoPbx({ attended: () => new Set() });
    open.push(demo);
    const { port, username, secret } = demo;
    const result = await testConnection({ host: '127.0.0.1', port, username, secret });
    expect(result).toMatchObject({ ok: true, cause: null });
    expect(result.found?.extensions).toBe(48);
    expect(result.message).toMatch(/Found 48 extensions, \d+ queues/);
  });
});

it('knows the address it comes from without sending anything', async () => {
  expect(await addressTowards('127.0.0.1')).toBe('127.0.0.1');
  expect(await addressTowards('[::1]')).toBe('::1');
  expect(await addressTowards('pbx.invalid')).toBeNull();
});
