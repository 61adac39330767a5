import { spawn } from 'node:child_process';
import path from 'node:path';
import { generateSync } from 'otplib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Auth } from './auth/auth';
import { silentLog, type TemporaryStore, temporaryStore } from './store/temporary';

const root = path.resolve(import.meta.dirname, '..');
const visitor = { address: '127.0.0.1', userAgent: 'test' };
let temporary: TemporaryStore;
let auth: Auth;

/** The panel runs in this process, on the same file. */
beforeEach(async () => {
  temporary = await temporaryStore();
  auth = new Auth({ store: temporary.store, now: Date.now, tlsOnly: false, log: silentLog });
});
afterEach(() => temporary.dispose());

interface Outcome {
  readonly code: number | null;
  readonly lines: string[];
  readonly words: string;
}

function cli(args: readonly string[], input = ''): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, 'server/run/cli.mjs'), ...args], {
      cwd: temporary.directory,
      env: { ...process.env, DATABASE_URL: `file:${temporary.file}` },
    });
    let out = '';
    let words = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      words += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, lines: out.trimEnd().split('\n'), words }));
    child.stdin.end(input);
  });
}

describe('the command line beside a running panel', { timeout: 120_000 }, () => {
  it('makes a token that works at once and shows it only then, and takes it back', async () => {
    const made = await cli([
      'token',
      'create',
      '--name',
      'wallboard',
      '--scope',
      'state:read',
      '--scope',
      'commands',
      '--expires',
      '30d',
    ]);
    const token = made.lines.at(-1) ?? '';
    expect(made).toMatchObject({ code: 0, lines: [token] });
    const credentials = { authorization: `Bearer ${token}` };
    expect(await auth.authenticate(credentials)).toMatchObject({
      name: 'wallboard',
      scopes: ['state:read', 'commands'],
    });
    const listed = await cli(['token', 'list']);
    expect(listed.lines[1]).toMatch(/wallboard +state:read,commands +valid/);
    expect(listed.lines.join()).not.toContain(token);
    expect((await cli(['token', 'revoke', 'wallboard'])).code).toBe(0);
    expect(await auth.authenticate(credentials)).toBeNull();
    expect((await cli(['token', 'revoke', 'wallboard'])).words).toContain('There is no token "wallboard"');
    await temporary.store.audit.flush();
    const { entries } = await temporary.store.audit.page(10);
    expect(entries.map(({ action, target }) => `${action} ${target}`)).toEqual([
      'cli.token.revoke wallboard',
      'cli.token.create wallboard: state:read commands',
    ]);
  });

  it('says whether the audit log is as it was written, and ends with 1 where not', async () => {
    const { audit, database } = temporary.store;
    const line = {
      at: Date.now(),
      actor: 'anna',
      session: '',
      address: '',
      action: 'call.park',
      target: '',
      result: 'ok',
    };
    for (let n = 0; n < 5; n += 1) audit.append(line);
    await audit.flush();
    const fine = await cli(['audit', 'verify']);
    expect(fine).toMatchObject({
      code: 0,
      lines: ['Chain of 5 entries intact.', expect.stringMatching(/^Newest line: 5 /)],
    });
    await database.prisma.auditEntry.delete({ where: { id: 3 } });
    const broken = await cli(['audit', 'verify']);
    expect(broken.code).toBe(1);
    expect(broken.lines[0]).toBe('The chain is broken at line 4.');
    const rest = await cli(['audit', 'verify', '--from', '4', '--json']);
    expect(JSON.parse(rest.lines[0] ?? '')).toMatchObject({ ok: true, checked: 2, from: 4 });
    expect((await cli(['audit', 'verify', '--from', 'x'])).code).toBe(2);
  });

  it('adds a user and ends the sessions of one it disables, on the open socket too', async () => {
    const boss = await cli(
      ['user', 'create', 'boss', '--role', 'admin', '--password-stdin'],
      'a password from a pipe\n',
    );
    expect(boss).toMatchObject({ code: 0, lines: [''] });
    const made = await cli(['user', 'create', '--username', 'Ann', '--name', 'Ann Other', '--extension', '101']);
    const result = await auth.login('ann', made.lines.at(-1) ?? '', visitor);
    if (!result.ok) throw new Error(result.reason);
    const credentials = { cookieHeader: `cordboard=${result.token}` };
    expect(await auth.authenticate(credentials)).toMatchObject({ user: { name: 'Ann Other', extension: '101' } });
    await auth.watch.check();
    const ended: string[] = [];
    auth.events.ended.on(({ reason }) => ended.push(reason));
    expect((await cli(['user', 'disable', 'ann'])).code).toBe(0);
    await auth.watch.check();
    expect(ended).toEqual(['disabled']);
    expect(await auth.authenticate(credentials)).toBeNull();
    expect((await cli(['user', 'list'])).lines.slice(1).map((line) => line.split(/ {2,}/))).toEqual([
      ['ann', 'Ann Other', 'receptionist', '101', 'disabled', expect.any(String)],
      ['boss', 'boss', 'admin', '-', 'enabled', '-'],
    ]);
    expect(await cli(['user', 'disable', 'boss'])).toMatchObject({
      code: 1,
      words: expect.stringContaining('last administrator'),
    });
  });

  it('invites, knows the roles there are and the rules of passwords, and takes a second factor away', async () => {
    const { store } = temporary;
    await auth.prepare(undefined);
    const { version, settings } = auth.access.get();
    const nurse = { id: 'nurse', name: 'Nurse', about: '', grants: [], sees: null, twoFactor: true };
    await auth.access.save({ version, settings: { ...settings, roles: [...settings.roles, nurse] } });
    await auth.rules.save({ version: 0, settings: { minLength: 40 } });
    expect((await cli(['user', 'create', 'ann', '--role', 'doctor'])).words).toMatch(/no role "doctor".*nurse/);
    expect((await cli(['user', 'create', 'ann', '--password-stdin'], 'eleven wet umbrellas\n')).words).toContain(
      'at least 40 characters',
    );
    expect(await cli(['user', 'create', 'olga', '--role', 'operator'])).toMatchObject({
      code: 0,
      words: expect.stringContaining('is called "supervisor" now'),
    });
    expect(await store.users.byUsername('olga')).toMatchObject({ role: 'supervisor' });
    expect((await cli(['user', 'set-role', 'olga', 'nurse'])).code).toBe(0);
    expect(await store.users.byUsername('olga')).toMatchObject({ role: 'nurse' });
    const made = await cli(['user', 'create', 'ann', '--role', 'nurse']);
    expect(await auth.login('ann', made.lines.at(-1) ?? '', visitor)).toMatchObject({ ok: true, waiting: true });

    const invited = await cli(['user', 'invite', 'ann', '--days', '2']);
    const token = /^http:\/\/localhost:3000\/setup\/#invite=(.+)$/.exec(invited.lines.at(-1) ?? '')?.[1] ?? '';
    expect(await auth.invitations.find(token)).toMatchObject({ by: 'The command line', user: { username: 'ann' } });
    expect((await cli(['user', 'invite', 'ann', '--days', '99'])).code).toBe(2);

    const ann = await store.users.byUsername('ann');
    const begun = ann && (await auth.secondFactor.begin(ann, 'Cordboard'));
    const code = generateSync({ secret: begun?.secret ?? '' });
    expect(await auth.secondFactor.enable(ann?.id ?? '', code)).toHaveLength(10);
    expect((await cli(['user', 'reset-second-factor', 'ann'])).code).toBe(0);
    expect(await auth.secondFactor.state(ann?.id ?? '')).toEqual({ since: null, recoveryLeft: 0 });
    expect((await cli(['user', 'reset-second-factor', 'ann'])).words).toContain('has no second factor');
    expect((await cli(['user', 'list', '--json'])).lines.join()).not.toMatch(/totp|recovery|passwordHash/);
  });

  it('explains itself, and what was wrong', async () => {
    expect((await cli([])).lines.join('\n')).toContain('token create --name NAME --scope SCOPE');
    const wrong: [string[], RegExp][] = [
      [['token', 'make'], /no command "token make"/],
      [['token', 'create', '--name', 'x', '--scope', 'everything'], /no scope "everything"/],
      [['token', 'create', '--name', 'x', '--scope', 'admin', '--expires', 'soon'], /--expires must look like/],
      [['user', 'create', 'bad name'], /Username: use letters/],
    ];
    for (const [args, words] of wrong)
      expect(await cli(args)).toMatchObject({ code: 2, words: expect.stringMatching(words) });
    expect((await cli(['user', 'create', 'ann', '--password-stdin'], 'short\n')).words).toMatch(
      /at least 10 characters/,
    );
  });
});
