import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { composeFop2Import } from './compose-fop2-import';
import type { SourceFile } from './fop2-import/bytes';
import type { Fop2Importer } from './fop2-import/importer';
import { planImport } from './fop2-import/plan';
import { choices, fixture, smallOffice, textFile } from './fop2-import/testing';
import { type Panel, startPanel } from './http/testing';
import { PbxConnection } from './pbx-settings';
import type { ImportChoices, ImportInvitations, ImportPlan, ImportRun } from './protocol/fop2-import';
import { RecordingSettingsKeeper } from './recording-settings';
import { silentLog } from './store/temporary';

let panel: Panel;
let cookie: string;
let importer: Fop2Importer;
let pbxKey: string;
let connected: string[];
let recordings: RecordingSettingsKeeper;

/** What the demo and many a test office have: known by the PBX alone. */
function furnish(): void {
  const at = Date.now();
  const known = smallOffice().buttons;
  const extensions = known.flatMap(({ kind, key, found }) =>
    kind === 'extension'
      ? [
          {
            number: key,
            devices: [`PJSIP/${key}`],
            name: { text: found.label ?? '', rank: 'callerid' as const },
            mailbox: `${key}@default`,
          },
        ]
      : [],
  );
  const events = [
    { type: 'list.extensions', at, repair: false, extensions },
    { type: 'trunk', at, name: 'PJSIP/carrier', state: 'registered' },
    {
      type: 'queue',
      at,
      queue: { name: 'sales', strategy: '', completed: 0, abandoned: 0, serviceLevel: 0, serviceLevelPerf: 0 },
    },
    { type: 'parking.lot', at, lot: 'default', first: '701', last: '720', timeout: 45 },
  ] as const;
  for (const event of events) {
    panel.model.reduce(event);
    panel.book.observe(event);
  }
}

beforeEach(async () => {
  pbxKey = 'pbx';
  connected = [];
  const late = new Proxy({} as Fop2Importer, {
    get: (_, name: keyof Fop2Importer) => (importer[name] as () => unknown).bind(importer),
  });
  panel = await startPanel({ imports: late });
  const { store } = panel.temporary;
  recordings = new RecordingSettingsKeeper({ store, log: silentLog });
  await recordings.load();
  const connection = new PbxConnection({
    store,
    fromEnvironment: null,
    connect: async ({ name }) => void connected.push(name),
    demo: async () => ({ host: '127.0.0.1', port: 5038, username: 'demo', secret: 'demo' }),
    test: async () => Promise.reject(new Error('not in this test')),
  } as ConstructorParameters<typeof PbxConnection>[0]);
  const { auth, model, book: buttons } = panel;
  importer = composeFop2Import({
    ...{
      store,
      auth,
      model,
      buttons,
      recordings,
      connection,
      pbxKey: () => pbxKey,
      now: Date.now,
      log: silentLog,
    },
  });
  ({ cookie } = await panel.signIn('anna', 'admin'));
  furnish();
});
afterEach(async () => {
  await importer.settled();
  await panel.close();
});

const base = '/api/v1/admin/import/fop2';
async function send<T>(method: 'GET' | 'POST', url: string, payload?: object) {
  const headers = { cookie, host: 'panel.test', origin: 'http://panel.test' };
  const answer = await panel.app.inject({ method, url: `${base}${url}`, headers, ...(payload && { payload }) });
  return {
    status: answer.statusCode,
    text: answer.body,
    body: (answer.body.startsWith('{') || answer.body.startsWith('[') ? JSON.parse(answer.body) : null) as T,
  };
}

const body = (files: readonly SourceFile[], some: Partial<ImportChoices> = {}) => ({
  files: files.map(({ name, bytes }) => ({ name, content: Buffer.from(bytes).toString('base64') })),
  choices: choices(some),
});

async function look(files: readonly SourceFile[], some: Partial<ImportChoices> = {}): Promise<ImportPlan> {
  const { status, body: plan } = await send<ImportPlan>('POST', '/plan', body(files, some));
  expect(status).toBe(200);
  return plan;
}

async function over(run: ImportRun): Promise<ImportRun> {
  await importer.settled();
  return (await send<ImportRun>('GET', `/runs/${run.id}`)).body;
}

async function bring(files: readonly SourceFile[], some: Partial<ImportChoices> = {}): Promise<ImportRun> {
  const { digest } = await look(files, some);
  const { status, body: run } = await send<ImportRun>('POST', '', { ...body(files, some), digest });
  expect(status).toBe(202);
  return over(run);
}

async function takeBack({ id }: ImportRun): Promise<ImportRun> {
  const { status, body: run } = await send<ImportRun>('POST', `/runs/${id}/undo`);
  expect(status).toBe(202);
  return over(run);
}

/** Everything in the database that an import could touch, but for counters of versions. */
async function state() {
  await panel.book.flush();
  const database = new Sqlite(panel.temporary.file, { readonly: true });
  const rows = (table: string) =>
    database.prepare(`SELECT * FROM "${table}" ORDER BY 1, 2`).all() as Record<string, unknown>[];
  const tables = (database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[])
    .map(({ name }) => name)
    .filter((name) => !/^(ImportRun|AuditEntry|Setting|Button|sqlite_.*|_.*)$/.test(name));
  const settings = rows('Setting').filter(({ key }) => !/^(access|recording|audit\..*)$/.test(String(key)));
  const others = Object.fromEntries(tables.map((name) => [name, rows(name)]));
  database.close();
  const buttons = panel.book.list().map(({ version: _, by: __, ...row }) => row);
  return {
    others,
    settings: settings.map(({ updatedAt: _, version: __, ...row }) => row),
    buttons,
    access: panel.auth.access.get().settings,
    recording: recordings.current(),
  };
}

/** Every byte that the panel keeps. */
function kept(): string {
  return readdirSync(panel.temporary.directory)
    .filter((name) => name.startsWith('panel.db'))
    .map((name) => readFileSync(path.join(panel.temporary.directory, name), 'latin1'))
    .join('');
}

describe('the import of FOP2’s files', () => {
  it('does what was shown, and a second time there is nothing to do', async () => {
    const plan = await look(fixture('freepbx'));
    const run = await bring(fixture('freepbx'));
    expect(run).toMatchObject({ state: 'done', by: 'anna', changes: plan.changes, problem: null });
    const users = await panel.temporary.store.users.list();
    expect(users.map(({ username, role }) => [username, role])).toEqual([
      ...[
        ['101', 'supervisor'],
        ['102', 'supervisor'],
        ['111', 'sales'],
        ['112', 'sales'],
        ['113', 'member'],
      ],
      ...[
        ['131', 'member'],
        ['199', 'member'],
        ['anna', 'admin'],
      ],
    ]);
    expect(panel.model.maps.extensions.get('101')).toMatchObject({ name: 'Amara (reception)', privacy: 'clid' });
    expect(panel.model.maps.extensions.get('199')).toMatchObject({ name: 'Guest phone' });
    expect(panel.auth.access.get().settings.groups.map(({ name }) => name)).toEqual([
      'Sales',
      'Front desk',
      'All queues',
    ]);
    const again = await look(fixture('freepbx'));
    expect(again.changes).toEqual({ users: 0, groups: 0, roles: 0, buttons: 0, settings: 0 });
    const digest = again.digest;
    expect((await send('POST', '', { ...body(fixture('freepbx')), digest })).status).toBe(400);
    expect((await send<ImportRun[]>('GET', '/runs')).body).toHaveLength(1);
  });

  it('an undo leaves everything as it was', async () => {
    const before = await state();
    const run = await bring(fixture('freepbx'));
    expect(await state()).not.toEqual(before);
    await send<ImportInvitations>('POST', `/runs/${run.id}/invitations`);
    const undone = await takeBack(run);
    expect(undone).toMatchObject({ state: 'undone', left: [] });
    expect(undone.undoneAt).not.toBeNull();
    expect(await state()).toEqual(before);
    expect((await send('POST', `/runs/${run.id}/undo`)).status).toBe(409);
    // It can be done anew.
    expect(await bring(fixture('freepbx'))).toMatchObject({ state: 'done' });
  });

  it('what was added by hand and came to the PBX since is as the PBX says after an undo', async () => {
    const run = await bring(fixture('freepbx'));
    const name = { text: 'Hall', rank: 'callerid' as const };
    const event = {
      type: 'extension',
      at: Date.now(),
      extension: { number: '199', devices: ['PJSIP/199'], name },
    } as const;
    panel.model.reduce(event);
    panel.book.observe(event);
    expect((await takeBack(run)).left).toEqual([]);
    expect(panel.model.maps.extensions.get('199')?.name).toBe('Hall');
    const row = panel.book.find({ kind: 'extension', key: '199' });
    expect(row).toMatchObject({ added: false, own: { label: null, device: null, context: null } });
  });

  it('an undo leaves what was changed since, and says what', async () => {
    const run = await bring(fixture('freepbx'));
    const { store } = panel.temporary;
    const { id } = (await store.users.byUsername('111')) as { id: string };
    await panel.auth.accounts.update(id, { name: 'Priya R.' });
    const { access } = panel.auth;
    const { version, settings } = access.get();
    const groups = settings.groups.map((one) => (one.name === 'Front desk' ? { ...one, extensions: ['101'] } : one));
    await access.save({ version, settings: { ...settings, groups } });
    await panel.book.change([{ kind: 'extension', key: '101', set: { label: 'Mine' } }], 'berta');
    const undone = await takeBack(run);
    expect(undone.left).toEqual([
      'The extension 101 was changed since, and stays.',
      'User 111 was changed or has signed in since, and stays.',
      'The role Sales stays: a user has it.',
      'The group Sales is used, and stays.',
      'The group Front desk was changed since, and stays.',
    ]);
    const left = await store.users.list();
    expect(left.map(({ username }) => username)).toEqual(['111', 'anna']);
    expect(panel.model.maps.extensions.get('101')?.name).toBe('Mine');
    expect(panel.model.maps.extensions.has('199')).toBe(false);
  });

  it('is refused when something changed after it was looked at', async () => {
    const { digest } = await look(fixture('freepbx'));
    await panel.book.change([{ kind: 'extension', key: '101', set: { label: 'Meanwhile' } }], 'berta');
    const { status, body: refused } = await send<{ message: string }>('POST', '', {
      ...body(fixture('freepbx')),
      digest,
    });
    expect(status).toBe(409);
    expect(refused.message).toMatch(/look at it again/);
    expect((await panel.temporary.store.users.list()).map(({ username }) => username)).toEqual(['anna']);
  });

  it('what fails half-way is taken back', async () => {
    const before = await state();
    const { book } = panel;
    const change = book.change.bind(book);
    let calls = 0;
    book.change = (...given) => {
      calls += 1;
      return calls === 1 ? Promise.reject(new Error('disk full')) : change(...given);
    };
    const run = await bring(fixture('freepbx'));
    expect(calls).toBe(1);
    expect(run).toMatchObject({ state: 'failed', left: [] });
    expect(run.problem).toMatch(/Nothing was imported/);
    expect(await state()).toEqual(before);
  });

  it('what a panel that ended left half done can be taken back', async () => {
    const before = await state();
    const run = await bring(fixture('freepbx'));
    const { store } = panel.temporary;
    const row = await store.imports.find(run.id);
    const report = JSON.parse(row?.report ?? '');
    await store.imports.update(run.id, { report: JSON.stringify({ ...report, state: 'running' }) });
    await store.imports.removeUntouched(['131', '199'], row?.at as Date, () => {});
    expect((await send<ImportRun>('GET', `/runs/${run.id}`)).body.state).toBe('stopped');
    expect(await takeBack(run)).toMatchObject({ state: 'undone', left: [] });
    expect(await state()).toEqual(before);
  });

  it('a user there is already stays, or is changed when that was chosen, and is given back', async () => {
    const { accounts } = panel.auth;
    await accounts.create({ username: '101', name: 'Old', role: 'viewer', extension: null });
    await accounts.create({ username: '102', name: 'Chief', role: 'admin', extension: null });
    const files = [textFile('fop2.cfg', 'user=101:x:all\nuser=102:x:dial\n')];
    expect((await look(files)).users.map(({ change }) => change)).toEqual(['kept', 'kept']);
    const before = await state();
    const run = await bring(files, { change: true });
    const { store } = panel.temporary;
    expect(await store.users.byUsername('101')).toMatchObject({ role: 'supervisor', extension: '101', name: 'Old' });
    expect(await store.users.byUsername('102')).toMatchObject({ role: 'admin' });
    expect((await takeBack(run)).left).toEqual([]);
    const without = (one: Awaited<ReturnType<typeof state>>) => one.others.User?.map(({ version: _, ...user }) => user);
    expect(without(await state())).toEqual(without(before));
  });

  it('no secret of the files is in the database, the audit log, the report or an answer', async () => {
    const secrets = /Front-secret|Sales-secret|Support-secret|Guest-secret|-manager-|Crm-key|Hostile-secret/;
    const answers: string[] = [];
    for (const files of [fixture('freepbx'), fixture('hostile')]) {
      const plan = await send<ImportPlan>('POST', '/plan', body(files));
      const begun = await send<ImportRun>('POST', '', { ...body(files), digest: plan.body.digest });
      await over(begun.body);
      answers.push(plan.text, begun.text, (await send('GET', `/runs/${begun.body.id}/report.csv`)).text);
      await takeBack(begun.body);
    }
    answers.push((await send('GET', '/export')).text, (await send('GET', '/runs')).text);
    await panel.temporary.store.audit.flush();
    expect(answers.join('')).not.toMatch(secrets);
    expect(answers.join('')).toContain('Amara');
    expect(kept()).not.toMatch(secrets);
    expect(kept()).toContain('Amara');
  });

  it('the connection: the secret is sealed, and an undo gives the former back', async () => {
    const before = await state();
    const run = await bring(fixture('freepbx'), { connection: true });
    expect(run).toMatchObject({ state: 'done', changes: { settings: 1, users: 0 } });
    expect(connected).toEqual(['localhost']);
    expect(kept()).not.toContain('Kq7-manager-Zx91');
    expect((await look(fixture('freepbx'), { connection: true })).changes.users).toBeGreaterThan(0);
    expect((await takeBack(run)).left).toEqual([]);
    expect(connected).toEqual(['localhost', 'Demo PBX']);
    expect(await state()).toEqual(before);
  });

  it('buttons of another PBX are not taken back', async () => {
    const run = await bring(fixture('freepbx'));
    pbxKey = 'another';
    const { status, text } = await send('POST', `/runs/${run.id}/undo`);
    expect(status).toBe(409);
    expect(text).toMatch(/another PBX/);
  });

  it('invitations: one link for each who never signed in, and none twice', async () => {
    const run = await bring(fixture('freepbx'));
    const { links } = (await send<ImportInvitations>('POST', `/runs/${run.id}/invitations`)).body;
    expect(links.map(({ username }) => username)).toEqual(['101', '102', '111', '112', '113', '131', '199']);
    const token = links[0]?.path.replace('/setup/#invite=', '') ?? '';
    expect(kept()).not.toContain(token);
    expect(await panel.auth.invitations.accept(token, 'a long enough password')).toMatchObject({ username: '101' });
    const { links: rest } = (await send<ImportInvitations>('POST', `/runs/${run.id}/invitations`)).body;
    expect(rest.map(({ username }) => username)).toEqual(['102', '111', '112', '113', '131', '199']);
    expect(await panel.auth.invitations.find(links[1]?.path.replace('/setup/#invite=', '') ?? '')).toBeNull();
  });

  it('is for administrators, and is written down', async () => {
    const { cookie: other } = await panel.signIn('sam', 'supervisor');
    const headers = { cookie: other, host: 'panel.test', origin: 'http://panel.test' };
    const payload = body(fixture('freepbx'));
    expect((await panel.app.inject({ method: 'POST', url: `${base}/plan`, headers, payload })).statusCode).toBe(403);
    await takeBack(await bring(fixture('freepbx')));
    await panel.temporary.store.audit.flush();
    const { entries } = await panel.temporary.store.audit.page(10, { action: 'admin.import' });
    expect(entries.map(({ action, result, actor }) => [action, result, actor])).toEqual([
      ['admin.import.undo', 'ok', 'anna'],
      ['admin.import.apply', 'ok', 'anna'],
    ]);
    expect(entries[0]?.target).toBe('7 users, 3 groups, 1 role, 7 buttons, 1 setting');
  });

  it('5,000 users and 10,000 buttons are brought and taken back', async () => {
    const users = Array.from({ length: 5_000 }, (_, at) => `user=${20_000 + at}:secret${at}:dial,transfer:G${at % 50}`);
    const groups = Array.from({ length: 50 }, (_, at) => `group=G${at}:PJSIP/${20_000 + at},PJSIP/${20_050 + at}`);
    const buttons = Array.from(
      { length: 10_000 },
      (_, at) => `[PJSIP/${20_000 + at}]\ntype=extension\nlabel=Person ${at}\n`,
    );
    const files = [textFile('fop2.cfg', [...groups, ...users].join('\n')), textFile('buttons.cfg', buttons.join('\n'))];
    const before = await state();
    const plan = await look(files);
    expect(plan.changes).toEqual({ users: 5_000, groups: 50, roles: 50, buttons: 10_000, settings: 0 });
    const { body: begun } = await send<ImportRun>('POST', '', { ...body(files), digest: plan.digest });
    expect(begun).toMatchObject({ state: 'running', total: 15_001 });
    const run = await over(begun);
    expect(run.state).toBe('done');
    expect(await panel.temporary.store.users.list()).toHaveLength(5_001);
    expect((await takeBack(run)).left).toEqual([]);
    expect(await state()).toEqual(before);
  }, 120_000);
});

describe('import, export, import', () => {
  const sources: readonly SourceFile[] = [...fixture('freepbx')];

  it('what was imported says the same when it is exported and imported again', async () => {
    await bring(sources);
    const { body: exported } = await send<{ fop2: string; buttons: string }>('GET', '/export');
    expect(exported.fop2).not.toMatch(/secret/i);
    const files = [textFile('fop2.cfg', exported.fop2), textFile('buttons.cfg', exported.buttons)];
    const again = await look(files);
    expect(again.changes).toEqual({ users: 0, groups: 0, roles: 0, buttons: 0, settings: 0 });
    expect(again.users).toHaveLength(7);
  });

  it('any users, groups and buttons come out of an export as they went in', async () => {
    const extension = fc.constantFrom('101', '102', '103', '111', '112', '131', '140', '141');
    const label = fc.stringMatching(/^[A-Za-zäøЖ0-9;"'\\ .()+-]{1,12}$/);
    const perm = fc.constantFrom(
      'dial',
      'transfer',
      'pickup',
      'spy',
      'record',
      'queuemanager',
      'presencemanager',
      'callforwardadmin',
      'all',
    );
    const group = fc.constantFrom('Sales', 'Back office', 'All Queues', 'All Extensions');
    const user = fc.tuple(
      extension,
      fc.uniqueArray(perm, { minLength: 1, maxLength: 3 }),
      fc.uniqueArray(group, { maxLength: 2 }),
    );
    const button = fc.record({
      number: extension,
      label,
      tags: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,5}$/), { maxLength: 2 }),
    });
    const limited = fc.tuple(
      fc.constantFrom('coach', 'boss'),
      fc.uniqueArray(
        perm.filter((one) => one !== 'all'),
        { minLength: 1, maxLength: 2 },
      ),
      group,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(user, { maxLength: 8 }),
        fc.array(button, { maxLength: 5 }),
        fc.array(limited, { maxLength: 2 }),
        async (users, buttons, perms) => {
          const text = [
            'group=Sales:PJSIP/111,PJSIP/112,QUEUE/sales',
            'group=Back office:PJSIP/131,PARK/default,PJSIP/140',
            ...perms.map(([name, list, of]) => `perm=${name}:${list.join(',')}:${of}`),
            ...users.map(
              ([name, list, of], at) =>
                `user=${name}:x:${[...list, ...(at % 2 ? perms.map(([one]) => one) : [])].join(',')}:${of.join(',')}`,
            ),
          ].join('\n');
          const rows = buttons.map(
            ({ number, label: name, tags }) =>
              `[PJSIP/${number}]\nlabel=${name.replaceAll(';', '\\;')}\ntags=${tags.join(',')}\n`,
          );
          const files = [textFile('fop2.cfg', text), textFile('buttons.cfg', rows.join('\n'))];
          const asking = { by: 'anna', note: () => {} };
          const plan: ImportPlan = JSON.parse(await importer.plan(body(files)));
          const empty = Object.values(plan.changes).every((count) => count === 0);
          const run = empty ? null : await importer.apply({ ...body(files), digest: plan.digest }, asking);
          await importer.settled();
          const { fop2, buttons: rows2 } = await importer.export();
          const again: ImportPlan = JSON.parse(
            await importer.plan(body([textFile('fop2.cfg', fop2), textFile('buttons.cfg', rows2)])),
          );
          expect({ changes: again.changes, users: again.users.filter(({ change }) => change !== 'same') }).toEqual({
            changes: { users: 0, groups: 0, roles: 0, buttons: 0, settings: 0 },
            users: [],
          });
          if (run === null) return;
          await importer.undo(run.id, asking);
          await importer.settled();
          expect((await importer.run(run.id)).left).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});

it('a plan depends on nothing but the files, the choices and what there is', () => {
  const [one, other] = [0, 1].map(() => planImport(fixture('freepbx'), choices(), smallOffice()).plan);
  expect(one).toEqual(other);
});
