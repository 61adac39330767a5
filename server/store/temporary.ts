import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openStore, type Store } from './store';

export const migrationsDirectory = path.resolve(import.meta.dirname, '../../prisma/migrations');

export interface TemporaryStore {
  readonly store: Store;
  readonly directory: string;
  readonly file: string;
  dispose(): Promise<void>;
}

export const silentLog = { info() {}, warn() {}, error() {} };

/** A migrated database in a directory of its own, for tests. */
export async function temporaryStore(now: () => number = Date.now): Promise<TemporaryStore> {
  const directory = mkdtempSync(path.join(tmpdir(), 'cordboard-store-'));
  const file = path.join(directory, 'panel.db');
  const store = await openStore({ file, migrations: migrationsDirectory, now, log: silentLog });
  return {
    store,
    directory,
    file,
    async dispose() {
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
