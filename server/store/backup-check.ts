import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { digestOf } from './backup-digest';
import type { RestoreRefusal } from './backup-errors';
import { type BackupMeta, backupMeta, metaTable, wrappedKeyOf } from './backup-meta';
import { type Migration, readMigrations } from './migrate';
import { inSqlThread, type SqlRow, SqlThreadError } from './sql-thread';

/** What is in a file that somebody wants to restore. `refusal` null: it can be restored as it is. */
export interface BackupReport {
  readonly bytes: number;
  readonly refusal: RestoreRefusal | null;
  /** Why not, and which way there is; null: it can. */
  readonly problem: string | null;
  /** Null: it is a plain copy of a database, or one that a panel made before an update. */
  readonly meta: BackupMeta | null;
  /** Migrations this version has and the file has not, and the other way round. */
  readonly pending: readonly string[];
  readonly unknown: readonly string[];
  /** Rows by table; empty where it was not looked at. */
  readonly counts: Readonly<Record<string, number>>;
  /** ISO times of the oldest and the newest call. */
  readonly calls: { readonly from: string; readonly to: string } | null;
  readonly users: readonly { readonly username: string; readonly role: string }[];
  /** Host of the PBX in its settings. */
  readonly pbx: string | null;
  /** Whose secrets these are: none are in it, those of the panel's key, of another one. */
  readonly secrets: 'none' | 'ours' | 'others';
  /** The key is in it, locked with a passphrase. */
  readonly hasKey: boolean;
  /** In words: what is sealed with that key. */
  readonly sealed: readonly string[];
}

export interface CheckOptions {
  readonly file: string;
  /** prisma/migrations */
  readonly migrations: string;
  /** Of the panel's key. */
  readonly keyId: string;
}

type Findings = Omit<BackupReport, 'bytes' | 'refusal' | 'problem'>;

const nothing: Findings = {
  meta: null,
  pending: [],
  unknown: [],
  counts: {},
  calls: null,
  users: [],
  pbx: null,
  secrets: 'none',
  hasKey: false,
  sealed: [],
};

/** Looks a file through without changing it. Never throws for what the file is; throws where the disk fails. */
export async function checkBackup(options: CheckOptions): Promise<BackupReport> {
  const { file } = options;
  if (!existsSync(file)) return refuse(0, 'missing', 'There is no such file.');
  const bytes = statSync(file).size;
  const outside = whyNotSqlite(file, bytes);
  if (outside !== null) return refuse(bytes, ...outside);
  try {
    return await look(options, bytes);
  } catch (error) {
    if (!(error instanceof SqlThreadError)) throw error;
    if (error.code === 'SQLITE_NOTADB') return refuse(bytes, 'notSqlite', 'This file is no database.');
    return refuse(bytes, 'damaged', `The file is damaged: SQLite says "${error.message}". Take another backup.`);
  }
}

async function look(options: CheckOptions, bytes: number): Promise<BackupReport> {
  const { file } = options;
  const list = `SELECT name FROM sqlite_master WHERE type = 'table'`;
  const [tableRows = [], integrity = []] = await inSqlThread({
    file,
    steps: [{ sql: list }, { sql: 'PRAGMA integrity_check(3)' }],
  });
  const tables = new Set(tableRows.map(({ name }) => String(name)));
  const wrong = integrity.map(({ integrity_check: words }) => String(words)).filter((words) => words !== 'ok');
  if (wrong.length > 0) return refuse(bytes, 'damaged', `The file is damaged: ${wrong[0]}. Take another backup.`);
  if (!tables.has('_prisma_migrations') || !tables.has('User')) {
    return refuse(bytes, 'foreign', 'This is a database of another program, not of Cordboard.');
  }
  const meta = tables.has(metaTable) ? await readMeta(file) : null;
  if (meta !== null) {
    const { digest, at } = await digestOf(file, meta.sha256);
    if (at === null || digest !== meta.sha256) {
      return refuse(
        bytes,
        'damaged',
        'The file is not as it was made: its SHA-256 is another one. Take another backup.',
      );
    }
  }
  const known = readMigrations(options.migrations);
  const found = await findings(options, tables, meta, known);
  return { bytes, ...verdict(found, known), ...found };
}

/** Null where its words are of a version that is not known. */
async function readMeta(file: string): Promise<BackupMeta | null> {
  const [rows = []] = await inSqlThread({ file, steps: [{ sql: `SELECT key, value FROM "${metaTable}"` }] });
  return backupMeta.safeParse(Object.fromEntries(rows.map(({ key, value }) => [key, value]))).data ?? null;
}

function whyNotSqlite(file: string, bytes: number): [RestoreRefusal, string] | null {
  if (bytes === 0) return ['empty', 'The file is empty.'];
  const header = Buffer.alloc(100);
  const handle = openSync(file, 'r');
  const read = readSync(handle, header, 0, 100, 0);
  closeSync(handle);
  if (read < 16 || header.toString('latin1', 0, 16) !== 'SQLite format 3\0') {
    return ['notSqlite', 'This is no backup: it is not an SQLite database.'];
  }
  const raw = header.readUInt16BE(16);
  const pageSize = raw === 1 ? 65_536 : raw;
  const pages = header.readUInt32BE(28);
  // The number of pages counts only where it was written with the last change.
  const counts = header.readUInt32BE(24) === header.readUInt32BE(92);
  if (read < 100 || (counts && bytes < pages * pageSize)) {
    const whole = read < 100 ? 'more' : String(pages * pageSize);
    return ['truncated', `The file is cut short: it has ${bytes} of ${whole} bytes. Send or copy it once more.`];
  }
  return null;
}

const counted = [
  'User',
  'ApiToken',
  'LoggedCall',
  'CallNote',
  'FeatureChange',
  'AuditEntry',
  'Button',
  'Board',
  'Layout',
];

async function findings(
  { file, keyId }: CheckOptions,
  tables: ReadonlySet<string>,
  meta: BackupMeta | null,
  known: readonly Migration[],
): Promise<Findings> {
  const count = counted.filter((name) => tables.has(name));
  const steps = [
    `SELECT migration_name AS name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    `SELECT username, role FROM "User" ORDER BY username LIMIT 200`,
    `SELECT key, value FROM "Setting"`,
    tables.has('LoggedCall') ? `SELECT min(endedAt) AS "from", max(endedAt) AS "to" FROM "LoggedCall"` : 'SELECT 1',
    // Only newer databases have it.
    `SELECT * FROM "User" LIMIT 1000`,
    ...count.map((name) => `SELECT count(*) AS count FROM "${name}"`),
  ];
  const rows = await inSqlThread({ file, steps: steps.map((sql) => ({ sql })) });
  const [done = [], users = [], settings = [], calls = [], people = []] = rows;
  const names = new Set(done.map(({ name }) => String(name)));
  const { secrets, sealed } = sealedIn(settings, people, keyId);
  return {
    meta,
    pending: known.map(({ name }) => name).filter((name) => !names.has(name)),
    unknown: [...names].filter((name) => !known.some((migration) => migration.name === name)).sort(),
    counts: Object.fromEntries(count.map((name, at) => [name, Number(rows[at + 5]?.[0]?.count ?? 0)])),
    calls: span(calls[0]),
    users: users.map(({ username, role }) => ({ username: String(username), role: String(role) })),
    pbx: hostOf(settings),
    secrets,
    hasKey: meta !== null && wrappedKeyOf(meta) !== null,
    sealed,
  };
}

function span(row: SqlRow | undefined): BackupReport['calls'] {
  const from = timeOf(row?.from);
  const to = timeOf(row?.to);
  return from === null || to === null ? null : { from, to };
}

/** SQLite keeps a time as text or as a number, as it was written. */
function timeOf(value: unknown): string | null {
  const at = typeof value === 'number' || typeof value === 'string' ? new Date(value) : null;
  return at === null || Number.isNaN(at.getTime()) ? null : at.toISOString();
}

function hostOf(settings: readonly SqlRow[]): string | null {
  const saved = settings.find(({ key }) => key === 'pbx')?.value;
  try {
    const value: unknown = JSON.parse(String(saved));
    return typeof value === 'object' && value !== null && 'host' in value ? String(value.host) : null;
  } catch {
    return null;
  }
}

const sealedValue = /\bv1\.([0-9a-f]{8})\.[\w-]{16}\.[\w-]{20,}/g;

/** Words for what is sealed, by the key of the setting; others are called by it. */
const sealedWords: Readonly<Record<string, string>> = {
  pbx: 'the secret of the PBX connection',
  availability: 'the secret of OpenSIPS',
  'sign-in': 'the secrets of single sign-on and of the directory',
  'audit.head': 'the seals of the audit log',
  'audit.anchor': 'the seals of the audit log',
};

function sealedIn(
  settings: readonly SqlRow[],
  people: readonly SqlRow[],
  keyId: string,
): Pick<BackupReport, 'secrets' | 'sealed'> {
  const keys = new Set<string>();
  const sealed = new Set<string>();
  const look = (text: unknown, words: string): void => {
    for (const [, key = ''] of String(text ?? '').matchAll(sealedValue)) {
      keys.add(key);
      sealed.add(words);
    }
  };
  for (const { key, value } of settings) look(value, sealedWords[String(key)] ?? `a secret in the setting "${key}"`);
  const factors = people.filter(({ totpSecret }) => typeof totpSecret === 'string' && totpSecret !== '').length;
  const words = factors === 1 ? 'the second factor of 1 user' : `the second factors of ${factors} users`;
  for (const { totpSecret } of people) look(totpSecret, words);
  const secrets = keys.size === 0 ? 'none' : [...keys].every((key) => key === keyId) ? 'ours' : 'others';
  return { secrets, sealed: [...sealed].sort() };
}

function verdict(found: Findings, known: readonly Migration[]): Pick<BackupReport, 'refusal' | 'problem'> {
  if (found.unknown.length > 0) {
    const words = found.meta === null ? '' : ` (version ${found.meta.version})`;
    const problem = `It was made by a newer version of the panel${words}, which changed the database (${found.unknown.join(', ')}). Update this panel first.`;
    return { refusal: 'newer', problem };
  }
  if (found.pending.length > 0) {
    const words = found.pending.length === 1 ? '1 change' : `${found.pending.length} changes`;
    const problem = `It was made by an older version of the panel: the database has ${words} since (${found.pending.join(', ')}). It can be brought up to date first, in a copy.`;
    return { refusal: known.length === found.pending.length ? 'foreign' : 'older', problem };
  }
  return { refusal: null, problem: null };
}

function refuse(bytes: number, refusal: RestoreRefusal, problem: string): BackupReport {
  return { bytes, refusal, problem, ...nothing };
}

/** How a database differs from those of this version in its tables and columns, and in what acts by itself; null: it does not. */
export function whyOtherShape(file: string, migrations: string): string | null {
  const wanted = new Database(':memory:');
  const found = new Database(file, { readonly: true, fileMustExist: true });
  try {
    for (const { sql } of readMigrations(migrations)) wanted.exec(sql);
    const [strange] = actorsOf(found);
    // What runs by itself would go on doing so, whatever is set right in the panel afterwards.
    if (strange !== undefined) return `it has the ${strange.type} ${strange.name}`;
    const there = columnsOf(found);
    for (const [table, columns] of columnsOf(wanted)) {
      const missing = columns.filter((column) => there.get(table)?.includes(column) !== true);
      if (missing.length > 0) return `its table ${table} lacks ${missing.join(', ')}`;
    }
    return null;
  } finally {
    wanted.close();
    found.close();
  }
}

/** The panel has none. */
function actorsOf(database: Database.Database): { readonly type: string; readonly name: string }[] {
  return database
    .prepare<[], { type: string; name: string }>(
      `SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name`,
    )
    .all();
}

function columnsOf(database: Database.Database): Map<string, string[]> {
  const rows = database
    .prepare<[], { table: string; column: string }>(
      `SELECT m.name AS "table", c.name AS "column" FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'`,
    )
    .all();
  const columns = new Map<string, string[]>();
  for (const { table, column } of rows) columns.set(table, [...(columns.get(table) ?? []), column]);
  return columns;
}
