import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Connection } from '@/server/auth/ldap/connection';
import { Directory } from '@/server/auth/ldap/directory';
import { defaultLdap } from '@/server/protocol/sign-in-default';
import { type Certificates, makeCertificates } from './certificates';
import { Middleman, type Trick } from './stripping';

const folder = mkdtempSync(path.join(os.tmpdir(), 'cordboard-middle-'));
let certificates: Certificates;

beforeAll(() => {
  certificates = makeCertificates(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function against<T>(trick: Trick, work: (middleman: Middleman) => Promise<T>): Promise<T> {
  const middleman = await Middleman.start(trick, certificates);
  try {
    return await work(middleman);
  } finally {
    await middleman.close();
  }
}

const server = () => ({ startTls: true, ca: certificates.ca, timeoutSeconds: 1 });

describe('somebody between the panel and its directory', () => {
  it.each(['refuse', 'pretend', 'inject', 'cut', 'silence'] as const)(
    'who plays “%s” with StartTLS hears no password',
    async (trick) => {
      await against(trick, async (middleman) => {
        const settings = { ...defaultLdap, ...server(), urls: [middleman.url], bindDn: 'cn=panel', baseDn: 'dc=x' };
        const asked = new Directory(settings, 'search secret').authenticate('alice', 'the password');
        await expect(asked).rejects.toThrow();
        await wait(50);
        expect(middleman.heard).not.toContain('secret');
        expect(middleman.heard).not.toContain('cn=panel');
        expect(middleman.heard).toContain('1.3.6.1.4.1.1466.20037');
      });
    },
  );

  it('cannot put an answer of its own in front of the encrypted ones', async () => {
    await against('inject', async ({ url }) => {
      await expect(Connection.open(url, server())).rejects.toThrow('slipped in');
    });
  });

  it('is not connected to a second time, without encryption, after cutting the first', async () => {
    await against('cut', async (middleman) => {
      const connection = await Connection.open(middleman.url, server());
      await wait(100);
      await expect(connection.bind('cn=panel', 'search secret')).rejects.toThrow();
      await connection.close();
      expect([middleman.connections, middleman.heard.includes('secret')]).toEqual([1, false]);
    });
  });
});
