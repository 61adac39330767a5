import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readConfig } from '../config';
import { openStore } from '../store/store';
import { migrationsDirectory, silentLog, type TemporaryStore, temporaryStore } from '../store/temporary';
import { type BackupDesk, backupCommand, restoreCommand } from './backup';

let temporary: TemporaryStore;
let printed: string[];
let said: string[];
let input: string;

beforeEach(async () => {
  temporary = await temporaryStore();
  printed = [];
  said = [];
  input = '';
});
afterEach(() => rmSync(temporary.directory, { recursive: true, force: true }));

const desk = (): BackupDesk => ({
  config: readConfig({ DATABASE_URL: `file:${temporary.file}` }),
  migrations: migrationsDirectory,
  by: 'cli tester',
  now: () => Date.now(),
  print: (line) => void printed.push(line),
  say: (line) => void said.push(line),
  readLine: async () => input,
});

const person = (username: string) => ({ username, name: username, role: 'admin', extension: null, passwordHash: 'x' });

it('copies the database beside a running panel, and restores it when the panel is stopped, never before', async () => {
  const { store, file } = temporary;
  await store.users.create(person('anna'));
  const target = path.join(temporary.directory, 'elsewhere.db');
  await backupCommand(['--to', target], desk());
  expect(printed).toEqual([target]);
  expect(said.join()).toContain('The key file is not in it');
  await expect(backupCommand(['--to', target], desk())).rejects.toThrow(/is there already/);
  await store.users.create(person('bert'));

  await expect(restoreCommand([target, '--yes'], desk())).rejects.toThrow(/has the database open/);
  expect(await store.healthy()).toBe(true);
  await store.close();
  const before = readFileSync(file);
  await restoreCommand([target], desk());
  expect(said.join('\n')).toMatch(/Users: .*anna \(admin\)/);
  expect(said.at(-1)).toBe('Nothing was changed. Add --yes to replace the database with it.');
  expect(readFileSync(file).equals(before)).toBe(true);

  await restoreCommand([target, '--yes'], desk());
  expect(printed.at(-1)).toBe(`Restored ${target}.`);
  const again = await openStore({ file, migrations: migrationsDirectory, now: Date.now, log: silentLog });
  const names = (await again.users.list()).map(({ username }) => username);
  expect(names).toContain('anna');
  expect(names).not.toContain('bert');
  await again.close();
  await backupCommand(['list'], desk());
  expect(printed.at(-1)).toContain('before-restore');
});

it('takes the passphrase from standard input, and puts a damaged database right', async () => {
  const { store, file, directory } = temporary;
  await store.settings.put('pbx', { secret: store.secrets.seal('s', 'pbx') }, 0);
  const target = path.join(directory, 'elsewhere.db');
  input = 'short';
  await expect(backupCommand(['--to', target, '--passphrase-stdin'], desk())).rejects.toThrow(/at least 12 characters/);
  input = 'a long way to the sea';
  await backupCommand(['--to', target, '--passphrase-stdin'], desk());
  await store.close();
  rmSync(path.join(directory, 'secret.key'));
  writeFileSync(file, 'this was a database once');
  await expect(restoreCommand([target, '--yes'], desk())).rejects.toMatchObject({ refusal: 'passphrase' });
  await restoreCommand([target, '--yes', '--passphrase-stdin'], desk());
  expect(said.join()).toContain('No backup of the present database');
  const again = await openStore({ file, migrations: migrationsDirectory, now: Date.now, log: silentLog });
  const row = await again.database.prisma.setting.findUnique({ where: { key: 'pbx' } });
  expect(again.secrets.open((JSON.parse(row?.value ?? '') as { secret: string }).secret, 'pbx')).toBe('s');
  await again.close();
});

it('says why a file is none', async () => {
  await temporary.store.close();
  const file = path.join(temporary.directory, 'letter.txt');
  writeFileSync(file, 'Dear Sir or Madam');
  await expect(restoreCommand([file], desk())).rejects.toThrow('This is no backup: it is not an SQLite database.');
  await expect(restoreCommand([path.join(temporary.directory, 'none')], desk())).rejects.toThrow(
    'There is no such file.',
  );
  await expect(restoreCommand([], desk())).rejects.toThrow(/takes 1 word/);
});
