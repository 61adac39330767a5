import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

export type SqlRow = Readonly<Record<string, unknown>>;

export interface SqlStep {
  readonly sql: string;
  readonly values?: readonly (string | number | null)[];
}

export interface SqlWork {
  readonly file: string;
  readonly steps: readonly SqlStep[];
  readonly write?: boolean;
}

/** SQLite refused; `code` is its own, such as `SQLITE_CORRUPT`. */
export class SqlThreadError extends Error {
  override readonly name = 'SqlThreadError';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const body = `
const { parentPort, workerData } = require('node:worker_threads');
const { library, file, steps, write } = workerData;
try {
  const Database = require(library);
  const database = new Database(file, { readonly: !write, fileMustExist: true, timeout: 5000 });
  try {
    database.pragma('trusted_schema = OFF');
    const rows = steps.map(({ sql, values = [] }) => {
      const statement = database.prepare(sql);
      if (statement.reader) return statement.all(...values);
      statement.run(...values);
      return [];
    });
    parentPort.postMessage({ rows });
  } finally {
    database.close();
  }
} catch (error) {
  parentPort.postMessage({ failed: String(error.message), code: String(error.code ?? '') });
}
`;

const library = createRequire(import.meta.url).resolve('better-sqlite3');

/**
 * Runs statements on a database file in a thread of its own: looking through a large file takes seconds, in which the panel
 * goes on. Answers the rows of each. Throws SqlThreadError. For copies that nobody else has open: nothing is left beside
 * the file.
 */
export async function inSqlThread(work: SqlWork): Promise<readonly (readonly SqlRow[])[]> {
  const worker = new Worker(body, { eval: true, workerData: { ...work, library } });
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', (said: { rows?: SqlRow[][]; failed?: string; code?: string }) => {
        if (said.rows === undefined) reject(new SqlThreadError(said.code ?? '', said.failed ?? 'unknown'));
        else resolve(said.rows);
      });
      worker.once('error', reject);
      worker.once('exit', () => reject(new SqlThreadError('', 'the thread ended without an answer')));
    });
  } finally {
    await worker.terminate();
    for (const suffix of ['-wal', '-shm']) rmSync(`${work.file}${suffix}`, { force: true });
  }
}
