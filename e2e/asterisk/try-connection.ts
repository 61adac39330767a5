import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAmiUrl } from '../../server/ami/url';
import { testConnection } from '../../server/try-connection';
import type { AsteriskVersion } from './instance';
import type { Lab } from './lab';
import { amiSecret } from './people';
import { useLab, useOnce } from './suite';

const read = ['call', 'agent', 'user', 'system', 'reporting'];
const write = ['call', 'agent', 'originate', 'user', 'reporting', 'system'];
const without = (list: readonly string[], name: string): string =>
  list.filter((one) => one !== name).join(',') || 'none';

interface Account {
  readonly name: string;
  readonly read: string;
  readonly write: string;
  readonly permit?: string;
}

const accounts: readonly Account[] = [
  { name: 'copied', read: read.join(','), write: write.join(',') },
  { name: 'watching', read: read.join(','), write: 'reporting' },
  { name: 'nothing', read: 'none', write: 'none' },
  { name: 'elsewhere', read: read.join(','), write: write.join(','), permit: '192.0.2.1' },
  ...write.map((name) => ({ name: `write-${name}`, read: read.join(','), write: without(write, name) })),
  ...read.map((name) => ({ name: `read-${name}`, read: without(read, name), write: write.join(',') })),
];

function section({ name, read: reads, write: writes, permit = '127.0.0.1' }: Account): string {
  const door = `deny = 0.0.0.0/0.0.0.0\npermit = ${permit}/255.255.255.255`;
  return `[${name}]\nsecret = ${amiSecret(name)}\n${door}\nread = ${reads}\nwrite = ${writes}\n`;
}

/** Adds accounts to the PBX while it runs, as its administrator would. */
async function addAccounts({ pbx }: Lab): Promise<{ stop(): Promise<void> }> {
  await appendFile(path.join(pbx.instance.folder, 'etc', 'manager.conf'), `\n${accounts.map(section).join('\n')}`);
  await pbx.ami.action('Command', { Command: 'manager reload' });
  return { stop: async () => {} };
}

/** What the connection test tells of accounts that lack something. */
export function tryConnection(version: AsteriskVersion): void {
  describe(`the connection test, Asterisk ${version}`, () => {
    const labOf = useLab(version);
    const once = useOnce();
    const tried = async (lab: Lab, name: string, secret = amiSecret(name)) => {
      await once(() => addAccounts(lab));
      return testConnection({ host: '127.0.0.1', port: lab.pbx.ports.ami, username: name, secret });
    };

    it('everything works with the account that the page makes, and says what was found', async (context) => {
      const result = await tried(labOf(context), 'copied');
      expect(result).toMatchObject({ ok: true, cause: null, missing: [] });
      expect(result.asteriskVersion).toMatch(new RegExp(`^${version}\\.`));
      expect(result.found).toMatchObject({ queues: 3, parking: 2, trunks: expect.any(Number) });
      expect(result.found?.extensions).toBeGreaterThanOrEqual(20);
      expect(result.message).toMatch(/^Everything works\. Found \d+ extensions, 3 queues/);
    });

    it('a wrong secret, a user that is not there and an address that is not permitted are told alike', async (context) => {
      const lab = labOf(context);
      const wrong = await tried(lab, 'copied', 'not the secret');
      expect(wrong).toMatchObject({ ok: false, cause: 'badSecret', ownAddress: '127.0.0.1' });
      expect(await tried(lab, 'nobody')).toMatchObject({ ok: false, cause: 'badSecret' });
      expect(await tried(lab, 'elsewhere')).toMatchObject({ ok: false, cause: 'badSecret' });
    });

    it.for(write)('write class %s missing: told, with what does not work', async (name, context) => {
      const result = await tried(labOf(context), `write-${name}`);
      expect(result.ok).toBe(true);
      expect(new Set(result.missing.map(({ needs }) => needs))).toEqual(new Set([name]));
      for (const { feature, message } of result.missing) expect(message).toContain(feature);
    });

    it.for(['call', 'user', 'system'])('read class %s missing: what is not heard is told', async (name, context) => {
      const result = await tried(labOf(context), `read-${name}`);
      expect(result.ok).toBe(true);
      expect(result.missing.map(({ needs }) => needs)).toEqual([`read: ${name}`]);
    });

    it('the account for watching does what it says: it reads, and may do nothing', async (context) => {
      const result = await tried(labOf(context), 'watching');
      expect(result.ok).toBe(true);
      expect(result.found?.extensions).toBeGreaterThanOrEqual(20);
      const needs = new Set(result.missing.map((one) => one.needs));
      expect([...needs].sort()).toEqual(['agent', 'call', 'originate', 'system', 'user']);
    });

    it('an account that may nothing', async (context) => {
      expect(await tried(labOf(context), 'nothing')).toMatchObject({ ok: false, cause: 'noRights' });
    });

    it('leaves nothing on the PBX and nobody signed in', async (context) => {
      const { pbx } = labOf(context);
      const url = parseAmiUrl(pbx.amiUrl('panel'));
      await testConnection(url);
      const channels = await pbx.ami.list('CoreShowChannels');
      expect(channels.map((row) => row.get('Channel'))).toEqual([]);
      const answer = await pbx.ami.action('Command', { Command: 'manager show connected' });
      expect(answer.all('Output').filter((line) => /^panel\b/.test(line))).toEqual([]);
    });
  });
}
