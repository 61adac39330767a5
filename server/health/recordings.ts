import { lstat, opendir, realpath, rmdir, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { RecordingSettings } from '../protocol/recording';

export interface OldRecordings {
  /** Of this panel's shape. */
  readonly total: number;
  readonly old: number;
  /** Of those that are old. */
  readonly bytes: number;
  /** Epoch ms of the oldest; null: there is none. */
  readonly oldest: number | null;
}

export interface RecordingsQuery {
  /** Absolute path of the PBX's folder for recordings. */
  readonly folder: string;
  readonly settings: Pick<RecordingSettings, 'template'>;
  /** Files that were not written to since, epoch ms. */
  readonly before: number;
}

const formats = 'wav|WAV|gsm|ulaw|alaw|g722';
/** As commands/calls/recording-name.ts writes them. */
const shapes: Readonly<Record<string, string>> = {
  date: '\\d{8}',
  time: '\\d{6}',
  uniqueid: '[A-Za-z0-9_.-]{1,150}',
};
const anyValue = '[A-Za-z0-9+_-]{1,40}';
/** A folder with more is not looked through to its end in one go. */
const mostFiles = 500_000;

/** What the names of this template look like, below the folder. */
export function shapeOf(template: string): RegExp {
  const parts = template.split(/(\{[a-z]+\})/).map((part) => {
    const field = /^\{([a-z]+)\}$/.exec(part)?.[1];
    return field === undefined ? part.replace(/[.+]/g, '\\$&') : (shapes[field] ?? anyValue);
  });
  return new RegExp(`^${parts.join('')}\\.(?:${formats})$`);
}

/** Throws in words when the folder cannot be read. Looks at files alone: a link is not one, wherever it leads. */
export async function findRecordings(query: RecordingsQuery): Promise<OldRecordings> {
  let [total, old, bytes] = [0, 0, 0];
  let oldest: number | null = null;
  for await (const { size, at } of recordings(query)) {
    total += 1;
    oldest = Math.min(oldest ?? at, at);
    if (at >= query.before) continue;
    old += 1;
    bytes += size;
  }
  return { total, old, bytes, oldest };
}

/** Removes those that are old, and folders that are empty then; answers how many files. Throws as `findRecordings`. */
export async function removeRecordings(query: RecordingsQuery): Promise<number> {
  let removed = 0;
  const root = await rootOf(query.folder);
  for await (const { file, at } of recordings(query)) {
    if (at >= query.before) continue;
    // Somebody may have put a link in the place of a folder meanwhile.
    const parent = await realpath(path.dirname(file));
    if (parent !== path.dirname(file) || !isWithin(root, parent)) continue;
    await unlink(file);
    removed += 1;
    if (parent !== root) await rmdir(parent).catch(() => undefined);
  }
  return removed;
}

async function* recordings({ folder, settings }: RecordingsQuery): AsyncGenerator<{
  file: string;
  size: number;
  at: number;
}> {
  const root = await rootOf(folder);
  const shape = shapeOf(settings.template);
  const depth = settings.template.split('/').length;
  let seen = 0;
  for await (const file of filesBelow(root, depth)) {
    seen += 1;
    if (seen > mostFiles) return;
    if (!shape.test(path.relative(root, file))) continue;
    const stat = await lstat(file).catch(() => null);
    if (stat?.isFile()) yield { file, size: stat.size, at: stat.mtimeMs };
  }
}

/** Only plain files in plain folders. */
async function* filesBelow(directory: string, depth: number): AsyncGenerator<string> {
  const folders: string[] = [];
  for await (const entry of await opendir(directory)) {
    const full = path.join(directory, entry.name);
    if (entry.isFile()) yield full;
    else if (entry.isDirectory()) folders.push(full);
  }
  if (depth <= 1) return;
  for (const folder of folders) yield* filesBelow(folder, depth - 1);
}

async function rootOf(folder: string): Promise<string> {
  try {
    const root = await realpath(folder);
    if (!(await lstat(root)).isDirectory()) throw new Error('it is no folder');
    if (root === '/') throw new Error('it is the whole disk');
    return root;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT') throw new Error(`There is no folder ${folder} on this machine.`);
    if (code === 'EACCES') throw new Error(`The panel may not look into ${folder}.`);
    throw new Error(`The folder ${folder} cannot be used: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function isWithin(root: string, directory: string): boolean {
  return directory === root || directory.startsWith(`${root}${path.sep}`);
}
