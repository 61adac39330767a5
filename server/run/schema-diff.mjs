/**
 * Prisma's own schema engine (its WebAssembly build, an ordinary npm package) comparing prisma/schema.prisma with the
 * database that prisma/migrations make: works where the native engine cannot be downloaded.
 *
 * `node server/run/schema-diff.mjs` prints the SQL that is missing and exits 2, or nothing and exits 0;
 * `node server/run/schema-diff.mjs NAME` writes it to prisma/migrations/<time>_NAME/migration.sql.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(import.meta.url);

async function loadEngine() {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasmFile = require.resolve('@prisma/schema-engine-wasm').replace(/schema_engine\.js$/, 'schema_engine_bg.wasm');
  const { instance } = await WebAssembly.instantiate(await readFile(wasmFile), { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return bindings.SchemaEngine;
}

/** A database in `file` made by every migration of the directory, in order of their names. */
async function applyAll(directory, file) {
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(file);
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  for (const name of names.sort()) {
    database.exec(await readFile(path.join(directory, name, 'migration.sql'), 'utf8'));
  }
  database.close();
}

/** The SQL that leads from the database in `file` to prisma/schema.prisma; null when they agree. */
export async function schemaDiff(file) {
  const schemaFile = path.join(root, 'prisma/schema.prisma');
  const content = await readFile(schemaFile, 'utf8');
  const { PrismaBetterSqlite3 } = await import('@prisma/adapter-better-sqlite3');
  const ofTheAdapter = createRequire(require.resolve('@prisma/adapter-better-sqlite3'));
  const { bindMigrationAwareSqlAdapterFactory } = ofTheAdapter('@prisma/driver-adapter-utils');
  const SchemaEngine = await loadEngine();
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaBetterSqlite3({ url: `file:${file}` }));
  const engine = await SchemaEngine.new({ datamodels: [[schemaFile, content]] }, () => {}, adapter);
  const { stdout } = await engine.diff({
    from: { tag: 'schemaDatasource', files: [{ path: schemaFile, content }], configDir: path.dirname(schemaFile) },
    to: { tag: 'schemaDatamodel', files: [{ path: schemaFile, content }] },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  const sql = stdout ?? '';
  return /^\s*(--[^\n]*\s*)*$/.test(sql) ? null : sql;
}

async function missingSql() {
  const directory = await mkdtemp(path.join(tmpdir(), 'cordboard-schema-'));
  try {
    const file = path.join(directory, 'shadow.db');
    await applyAll(path.join(root, 'prisma/migrations'), file);
    return await schemaDiff(file);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function main(name) {
  const sql = await missingSql();
  if (!sql) return 0;
  if (!name) {
    process.stdout.write(sql);
    return 2;
  }
  const stamp = new Date().toISOString().replace(/[-:T]/g, '').slice(0, 14);
  const directory = path.join(root, 'prisma/migrations', `${stamp}_${name}`);
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, 'migration.sql'), `${sql.trim()}\n`);
  console.log(`wrote ${path.relative(root, directory)}/migration.sql: read it before it is committed`);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv[2]);
