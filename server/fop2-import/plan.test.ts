import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { importPlan } from '../protocol/fop2-import';
import { ImportRefused, limits, readTexts, type SourceFile, unpack } from './bytes';
import { planImport } from './plan';
import { choices, fixture, smallOffice, textFile } from './testing';

const plan = (files: readonly SourceFile[], some = {}, office = smallOffice()) =>
  planImport(files, choices(some), office);

const lineCount = (files: readonly SourceFile[]): number =>
  readTexts(unpack(files)).reduce((sum, { lines }) => sum + lines.length, 0);

/** Every line of every file once, in order. */
function covers(files: readonly SourceFile[], rows: ReturnType<typeof plan>['plan']['rows']): void {
  const texts = readTexts(unpack(files));
  const told = rows.flatMap(({ file, line, to }) => {
    return Array.from({ length: to - line + 1 }, (_, at) => `${file}\n${line + at}`);
  });
  expect(told).toEqual(texts.flatMap(({ name, lines }) => lines.map((_, at) => `${name}\n${at + 1}`)));
}

function wordsOf(files: readonly SourceFile[], some = {}): (file: string, line: number) => string {
  const { rows } = plan(files, some).plan;
  return (file, line) => {
    const found = rows.find((one) => one.file === file && one.line <= line && line <= one.to);
    return found === undefined ? 'nothing' : `${found.outcome}: ${found.words}`;
  };
}

describe('files as FreePBX makes them', () => {
  const { plan: freepbx, actions } = plan(fixture('freepbx'));

  it('what is answered is of the shape that the protocol says', () => {
    expect(importPlan.safeParse(freepbx).error).toBeUndefined();
  });

  it('all permissions are a supervisor, never an administrator; rights that two share become a role', () => {
    const of = (name: string) => freepbx.users.find(({ username }) => username === name);
    expect(of('101')).toMatchObject({ role: 'supervisor', sees: null, ownRights: false, name: 'Amara (reception)' });
    expect(of('102')).toMatchObject({ role: 'supervisor', name: 'Sofia' });
    expect(of('111')?.role).toBe(of('112')?.role);
    expect(freepbx.roles.find(({ id }) => id === of('111')?.role)).toMatchObject({
      ...{ name: 'Sales', change: 'new', users: 2, sees: ['Sales'] },
    });
    expect(of('113')).toMatchObject({ ownRights: true, sees: ['All queues', 'Sales'] });
    expect(of('131')).toMatchObject({ role: 'member', ownRights: false });
    expect(freepbx.users.map(({ role }) => role)).not.toContain('admin');
    expect(actions.create.find(({ username }) => username === '113')?.grants).toContainEqual({
      ...{ permission: 'spy', groups: ['Sales'] },
    });
  });

  it('a permission that has no counterpart is told where it stands', () => {
    const words = wordsOf(fixture('freepbx'));
    expect(words('fop2.cfg', 40)).toBe(
      'partly: User 111: Sales. The password is not taken. “chat” is not taken: the panel has no chat.',
    );
    expect(words('fop2.cfg', 36)).toMatch(/^partly: In the rights .* One of it is no permission of FOP2’s\.$/);
    expect(words('fop2.cfg', 42)).toMatch(/Plug-ins of FOP2 do not run here\.$/);
  });

  it('groups hold what their devices are on this PBX, SIP or PJSIP', () => {
    expect(actions.groups).toContainEqual(
      expect.objectContaining({ name: 'Front desk', extensions: ['101', '102', '103'], queues: [] }),
    );
    expect(actions.groups).toContainEqual(
      expect.objectContaining({ name: 'Sales', extensions: ['111', '112', '113'], queues: ['sales'] }),
    );
    expect(actions.groups).toContainEqual(expect.objectContaining({ name: 'All queues', all: ['queues'] }));
    expect(freepbx.groups.find(({ name }) => name === 'Front desk')?.notes).toContain(
      'SIP/101 is PJSIP/101 on this PBX.',
    );
  });

  it('only what differs from what the PBX says is set, and one’s own file has the last word', () => {
    const edit = (key: string) => actions.edits.find((one) => one.key === key)?.set;
    expect(edit('101')).toEqual({
      ...{ label: 'Amara (reception)', group: 'Front desk', email: 'amara@example.com', privacy: 'clid' },
    });
    expect(edit('111')).toEqual({
      label: 'Priya Raman',
      external: '00442079460999',
      queueChannel: 'Local/111@from-queue/n|Penalty=1|MemberName=Priya Raman|StateInterface=PJSIP/111',
      tags: ['team a', 'keys'],
    });
    expect(edit('default')).toEqual({ label: 'Car park' });
    expect(edit('PJSIP/carrier')).toEqual({ label: 'Main carrier' });
    expect(wordsOf(fixture('freepbx'))('buttons.cfg', 6)).toBe(
      'notTaken: Said again (buttons_custom.cfg, line 2), which counts.',
    );
  });

  it('what the PBX does not have is added by hand', () => {
    expect(actions.adds).toEqual([
      { kind: 'extension', key: '199', set: { label: 'Guest phone', context: 'from-internal', device: 'PJSIP/199' } },
      { kind: 'conference', key: '800', set: { label: 'Monday meeting' } },
    ]);
    const without = plan(fixture('freepbx'), { missing: false });
    expect(without.actions.adds).toEqual([]);
    expect(wordsOf(fixture('freepbx'), { missing: false })('buttons.cfg', 25)).toBe(
      'notTaken: The PBX does not have it.',
    );
    covers(fixture('freepbx'), without.plan.rows);
  });

  it('settings: names of recordings are translated, the manager account waits to be chosen, the rest says why not', () => {
    const words = wordsOf(fixture('freepbx'));
    expect(actions.recording).toEqual({ template: '{from}_{to}_{time}_{uniqueid}', format: 'wav' });
    expect(words('fop2.cfg', 14)).toMatch(/^partly: Name of recordings: \{from\}.*Variables .* left out\.$/);
    expect(words('fop2.cfg', 3)).toBe('notTaken: It was not chosen.');
    expect(words('fop2.cfg', 9)).toBe('notTaken: The panel does this itself.');
    expect(words('fop2.cfg', 25)).toBe('notTaken: FOP2 setting that the panel does not know.');
    expect(words('fop2.cfg', 29)).toMatch(/not among those given/);
    expect(words('fop2.cfg', 31)).toBe('notTaken: Programs are not run. Give what it prints as a file.');
    expect(actions.connection).toBeNull();
  });

  it('the PBX is connected first, and nothing else with it', () => {
    const { plan: first, actions: only } = plan(fixture('freepbx'), { connection: true });
    expect(only).toMatchObject({ create: [], edits: [], adds: [], groups: [], recording: null });
    expect(only.connection).toEqual({ host: 'localhost', port: 5038, username: 'fop2', secret: 'Kq7-manager-Zx91' });
    expect(first.changes).toEqual({ users: 0, groups: 0, roles: 0, buttons: 0, settings: 1 });
    expect(JSON.stringify(first)).not.toContain('Kq7-manager');
    covers(fixture('freepbx'), first.rows);
  });

  it('what is not chosen is told as that', () => {
    const { actions: none, plan: told } = plan(fixture('freepbx'), { users: false, buttons: false, recording: false });
    expect(told.changes).toEqual({ users: 0, groups: 0, roles: 0, buttons: 0, settings: 0 });
    expect(none.create).toEqual([]);
    covers(fixture('freepbx'), told.rows);
  });

  it('a zip archive of the files says the same', () => {
    const entries = Object.fromEntries(
      fixture('freepbx').map(({ name, bytes }) => [`etc/${name}`, new Uint8Array(bytes)]),
    );
    const zipped = plan([{ name: 'fop2.zip', bytes: zipSync(entries) }]).plan;
    expect(zipped.digest).toBe(freepbx.digest);
    expect(zipped.rows.length).toBe(freepbx.rows.length);
  });
});

describe('files written by hand, of several tenants, and hostile ones', () => {
  it('spaces, arrows, Latin-1, quotes, escaped semicolons and the last of a name', () => {
    const { plan: told, actions } = plan(fixture('by-hand'));
    expect(told.files.find(({ name }) => name === 'buttons.cfg')?.encoding).toBe('Latin-1');
    expect(actions.create.map(({ username }) => username).sort()).toEqual(['101', '102', '103']);
    expect(actions.edits.map(({ key, set }) => [key, set])).toEqual([
      ['101', { label: 'Büro Empfang', tags: ['eins', 'zwei'] }],
      ['102', { label: 'König ; Partner', colour: 'blue' }],
    ]);
    expect(wordsOf(fixture('by-hand'))('fop2.cfg', 5)).toMatch(/^notTaken: Said again \(line 6\)/);
  });

  it('one tenant is taken, and of the others it is told', () => {
    const first = plan(fixture('tenants'));
    expect(first.plan.tenants).toEqual([
      { name: 'ACME', users: 2, buttons: 2 },
      { name: 'GLOBEX', users: 1, buttons: 1 },
    ]);
    expect(first.plan.tenant).toBe('ACME');
    expect(first.actions.create.map(({ username }) => username)).toEqual(['131', '132']);
    expect(first.actions.recording?.format).toBe('gsm');
    const other = plan(fixture('tenants'), { tenant: 'GLOBEX' });
    expect(other.actions.create.map(({ username }) => username)).toEqual(['151']);
    expect(other.actions.adds.map(({ key }) => key)).toEqual(['151']);
    expect(other.actions.recording).toBeNull();
    for (const { plan: told } of [first, other]) covers(fixture('tenants'), told.rows);
  });

  it('nothing hostile is run, opened, taken or told', () => {
    const { plan: told, actions } = plan(fixture('hostile'));
    covers(fixture('hostile'), told.rows);
    expect(JSON.stringify({ told, actions })).not.toMatch(/Hostile-secret|secret-105|calc|root:|Originate|System/);
    const words = wordsOf(fixture('hostile'));
    for (const line of [2, 3, 4, 7, 8, 9, 12, 13, 14, 15, 18, 19, 20, 21])
      expect(words('fop2.cfg', line)).toMatch(/^notTaken/);
    expect(actions.create.map(({ username }) => username)).toEqual(['101', '105']);
    // A group that is not there shows nothing: nobody sees more than before.
    expect(told.users.find(({ username }) => username === '105')?.notes.join()).toMatch(/is none that FOP2 has/);
    expect(actions.edits.map(({ key, set }) => [key, set])).toEqual([
      ['101', { label: 'Анна Лебедь', external: '+442079460000' }],
    ]);
    expect(actions.groups.map(({ name }) => name)).toContain('Отдел продаж');
  });

  it('a user of a group that is not in the files sees nobody', () => {
    const { actions } = plan([textFile('fop2.cfg', 'user=102:x:dial:Gone\n')]);
    expect(actions.create[0]).toMatchObject({ sees: [] });
  });

  it('a line of 10 MB, files that are too large, too many lines and a zip bomb', () => {
    const long = textFile('fop2.cfg', `label=${'a'.repeat(10 * 1024 * 1024)}\nuser=101:x:dial\n`);
    const told = plan([long]).plan;
    expect(told.rows).toMatchObject([
      { outcome: 'notTaken', words: 'Not understood: longer than 256 KB.' },
      { outcome: 'taken' },
    ]);
    expect(() => plan([textFile('a', '\n'.repeat(limits.lines + 1))])).toThrow(/more than 200,000 lines/);
    expect(() => plan([{ name: 'a', bytes: new Uint8Array(limits.bytes + 1) }])).toThrow(/larger than 16 MB/);
    const bomb = zipSync({ 'fop2.cfg': new Uint8Array(limits.bytes * 4) });
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect(() => plan([{ name: 'bomb.zip', bytes: bomb }])).toThrow(/larger than 16 MB/);
    const half = { name: 'half.zip', bytes: zipSync({ 'fop2.cfg': new Uint8Array(limits.bytes / 2 + 1) }) };
    const before = process.memoryUsage().arrayBuffers;
    expect(() => unpack(Array.from({ length: 50 }, () => half))).toThrow(/larger than 16 MB/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(6 * limits.bytes);
    const whole = zipSync({ 'fop2.cfg': Buffer.from('user=101:x:all\n') });
    for (const length of [4, 12, 30, 45]) {
      const cut = { name: 'cut.zip', bytes: whole.subarray(0, length) };
      expect(() => plan([cut, textFile('fop2.cfg', 'user=102:x:all')]), `${length}`).toThrow(
        /cut\.zip is no zip archive/,
      );
    }
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`f${at}`, new Uint8Array(1)]));
    expect(() => plan([{ name: 'many.zip', bytes: zipSync(many) }])).toThrow(/more than 50 files/);
  });
});

describe('whatever the bytes are', () => {
  const word = fc.constantFrom(
    ...['user', 'group', 'perm', 'label', 'type', 'extension', 'channel', 'mailbox', 'manager_host', 'buttonfile'],
    ...[
      'SIP/101',
      'PJSIP/101',
      'QUEUE/sales',
      'PARK/default',
      'ACME',
      'general',
      'dial',
      'spy',
      'all',
      'Sales',
      '101',
      '',
    ],
  );
  const mark = fc.constantFrom(
    '=',
    ':',
    ',',
    '[',
    ']',
    ';',
    '\\',
    ' ',
    '\t',
    '"',
    '\n',
    '\r\n',
    '#exec ',
    '#include ',
    '\0',
  );
  const text = fc
    .array(fc.oneof(word, mark, fc.string({ maxLength: 4 })), { maxLength: 80 })
    .map((parts) => parts.join(''));
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    text.map((content) => Buffer.from(content)),
  );
  const files = fc.array(
    fc.record({ name: fc.constantFrom('fop2.cfg', 'buttons.cfg', 'buttons_custom.cfg', ''), bytes }),
    { minLength: 1, maxLength: 3 },
  );

  it('nothing is thrown but a refusal in words, and every line is told once', () => {
    fc.assert(
      fc.property(files, fc.boolean(), (some, connection) => {
        let told: ReturnType<typeof plan>;
        try {
          told = plan(some, { connection });
        } catch (error) {
          expect(error).toBeInstanceOf(ImportRefused);
          return;
        }
        covers(some, told.plan.rows);
        expect(told.plan.rows.reduce((sum, { line, to }) => sum + to - line + 1, 0)).toBe(lineCount(some));
        expect(importPlan.safeParse(told.plan).success).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});
