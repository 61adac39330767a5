import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { DatabaseFileError } from './errors';

/** The path of a Prisma SQLite address (`file:./data/panel.db`), absolute. */
export function databaseFile(url: string, base: string = process.cwd()): string {
  const found = /^file:([^?]+)/.exec(url)?.[1];
  if (!found) throw new DatabaseFileError('DATABASE_URL must look like file:./data/panel.db');
  return path.resolve(base, found);
}

/** A directory that only its owner may look into. */
export function privateDirectory(directory: string): void {
  if (existsSync(directory)) return;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
}

/** Makes sure the file exists and is the owner's alone; SQLite gives -wal and -shm the same mode. */
export function privateFile(file: string): void {
  try {
    privateDirectory(path.dirname(file));
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
  } catch (cause) {
    throw new DatabaseFileError(
      `cannot write the database ${file}: ${cause instanceof Error ? cause.message : cause}; ` +
        'its folder and file must belong to the user who runs the panel, on a disk with room',
      { cause },
    );
  }
}
