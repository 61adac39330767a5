/**
 * Prisma's own schema engine (its WebAssembly build, an ordinary npm package) comparing prisma/schema.prisma with the
 * database that prisma/migrations make: works where the native engine cannot be downloaded.
 *
 * `node server/run/schema-diff.mjs` prints the SQL that is missing and exits 2, or nothing and exits 0;
 * `node server/run/schema-diff.mjs NAME` writes it to prisma/migrations/<time>_NAME/migration.sql.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
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

async function migrationList(directory) {
  const names = (await readdir(directory, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const migrationDirectories = await Promise.all(
    names
      .map((entry) => entry.name)
      .sort()
      .map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok', value: await readFile(path.join(directory, name, 'migration.sql'), 'utf8') },
        },
      })),
  );
  const lockfile = {
    path: 'migration_lock.toml',
    content: await readFile(path.join(directory, 'migration_lock.toml'), 'utf8').catch(() => null),
  };
  return { baseDir: directory, lockfile, shadowDbInitScript: '', migrationDirectories };
}

/** The SQL that leads from the migrations to the schema; null when they agree. */
export async function schemaDiff(migrations = path.join(root, 'prisma/migrations')) {
  const schemaFile = path.join(root, 'prisma/schema.prisma');
  const files = [{ path: schemaFile, content: await readFile(schemaFile, 'utf8') }];
  const { PrismaBetterSqlite3 } = await import('@prisma/adapter-better-sqlite3');
  const { bindMigrationAwareSqlAdapterFactory } = createRequire(require.resolve('@prisma/adapter-better-sqlite3'))(
    '@prisma/driver-adapter-utils',
  );
  const SchemaEngine = await loadEngine();
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaBetterSqlite3({ url: ':memory:' }));
  const engine = await SchemaEngine.new({ datamodels: [[schemaFile, files[0].content]] }, () => {}, adapter);
  const list = await migrationList(migrations);
  const { stdout } = await engine.diff({
    from: list.migrationDirectories.length === 0 ? { tag: 'empty' } : { tag: 'migrations', ...list },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  const sql = stdout ?? '';
  return /^\s*(--[^\n]*\s*)*$/.test(sql) ? null : sql;
}

async function main(name) {
  const sql = await schemaDiff();
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
