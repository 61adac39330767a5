import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../http/log';
import { goodPassword, type Panel, startPanel } from '../http/testing';
import { deviceWords } from './device';

let panel: Panel;
let admin: string;

beforeEach(async () => {
  panel = await startPanel();
  admin = (await panel.signIn('wilhelmina', 'admin')).cookie;
});
afterEach(() => panel.close());

async function bundle(people: '0' | '1'): Promise<Record<string, string>> {
  const url = `/api/v1/admin/support-bundle?people=${people}`;
  const response = await panel.app.inject({ method: 'GET', url, headers: { cookie: admin } });
  expect(response.statusCode).toBe(200);
  expect(response.headers['content-type']).toBe('application/zip');
  const files = unzipSync(new Uint8Array(response.rawPayload));
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

const secrets = {
  pbx: 'PbxSecret-9f3k',
  key: 'ab'.repeat(32),
  token: 'cbt_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4',
  totp: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  client: 'oidc-client-secret-77',
  bind: 'ldap-bind-password-42',
  recovery: 'abcd-efgh-recovery-1',
};
const people = [
  '+49 30 901820',
  '030901820',
  '0445550123',
  'Wilhelmina',
  'wilhelmina',
  'Grimhilde',
  '203.0.113.77',
  'w@firm.example',
];

async function plant(): Promise<void> {
  const { store } = panel.temporary;
  await store.settings.put(
    'pbx',
    { host: '203.0.113.77', username: 'Wilhelmina', secret: store.secrets.seal(secrets.pbx, 'x') },
    0,
  );
  await store.settings.put(
    'sign-in',
    { oidc: { clientSecret: secrets.client, issuer: 'https://w@firm.example' }, ldap: { bindPassword: secrets.bind } },
    0,
  );
  await store.settings.put('access', { groups: [{ name: 'Grimhilde', extensions: ['0445550123'] }] }, 0);
  await store.tokens.create({ name: 'door', scopes: ['admin'], expiresAt: null });
  await store.database.prisma.user.updateMany({
    data: {
      totpSecret: store.secrets.seal(secrets.totp, 'x'),
      recovery: JSON.stringify([secrets.recovery]),
      email: 'w@firm.example',
      name: 'Wilhelmina',
    },
  });
  store.incidents.append({
    at: Date.now(),
    pbx: '203.0.113.77:5038',
    kind: 'repair',
    about: { keys: ['calls/1 from', '+49 30 901820'] },
  });
  const log = createLogger({
    level: 'info',
    secrets: [secrets.pbx, secrets.key],
    destination: { write: () => {} },
    written: (line) => panel.ring.add(line),
  });
  log.info(
    { password: goodPassword, cookie: admin, secret: secrets.pbx },
    `login with ${secrets.pbx} and ${secrets.token}`,
  );
  log.info(
    { headers: { cookie: admin, authorization: `Bearer ${secrets.token}` } },
    'ami://panel:PbxSecret-9f3k@203.0.113.77',
  );
  log.warn({ number: '030901820' }, 'Grimhilde called 0445550123 from 203.0.113.77 (Wilhelmina)');
  panel.model.reduce({
    type: 'extension',
    at: 1,
    extension: { number: '101', name: { text: 'Grimhilde', rank: 'configured' }, group: 'Grimhilde' },
  });
}

describe('the bundle for support', () => {
  it('has no byte of any secret, whichever way it is asked for', async () => {
    await plant();
    const session = /cordboard=([^;]+)/.exec(admin)?.[1] ?? '';
    const users = await panel.temporary.store.users.list();
    const hashes = users.map(({ passwordHash }) => passwordHash ?? '');
    for (const how of ['0', '1'] as const) {
      const text = Object.values(await bundle(how)).join('\n');
      for (const secret of [...Object.values(secrets), session, goodPassword, ...hashes]) {
        expect(secret.length).toBeGreaterThan(5);
        expect(text.includes(secret), secret).toBe(false);
      }
      expect(text).not.toMatch(/v1\.[0-9a-f]{8}\./);
      expect(text).not.toContain('$argon2');
    }
  });

  it('has no number, name or address of anybody unless it is wished, and the same word for the same one', async () => {
    await plant();
    const hidden = await bundle('0');
    const all = Object.values(hidden).join('\n');
    for (const person of people) expect(all.includes(person), person).toBe(false);
    const words = hidden['log.txt']?.match(/number-[a-z]{8}/g) ?? [];
    expect(words.length).toBeGreaterThanOrEqual(2);
    expect(hidden['settings.json']).toContain(words.at(-1) ?? 'none');
    const again = (await bundle('0'))['log.txt']?.match(/number-[a-z]{8}/g) ?? [];
    expect(again.at(-1)).not.toBe(words.at(-1));
    const open = Object.values(await bundle('1')).join('\n');
    for (const person of ['0445550123', 'Grimhilde', '203.0.113.77']) expect(open).toContain(person);
  });

  it('says what somebody who helps needs', async () => {
    const { 'about.json': about = '', 'database.json': database = '', 'health.json': health = '' } = await bundle('0');
    expect(JSON.parse(about)).toMatchObject({ panel: '1.2.3', node: process.version });
    expect(JSON.parse(database)).toMatchObject({
      rows: { User: expect.any(Number) },
      migrations: expect.arrayContaining(['first']),
    });
    expect(JSON.parse(health)).toMatchObject({ pbx: { link: expect.any(String) } });
    const { entries } = await panel.temporary.store.audit.page(1, { action: 'admin.support.bundle' });
    expect(entries).toHaveLength(1);
  });
});

it('a device is told by its browser and system', () => {
  expect(
    deviceWords(
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
    ),
  ).toBe('Chrome 131 on Linux');
  expect(
    deviceWords('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0'),
  ).toBe('Edge 131 on Windows');
  expect(
    deviceWords(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
    ),
  ).toBe('Safari 18 on iPhone');
  expect(deviceWords('curl/8.5.0')).toBe('curl');
  expect(deviceWords('')).toBe('Unknown');
});
