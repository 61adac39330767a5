import { existsSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { BackupKind } from './backup-meta';

/** A file in the folder of backups; `update`: the copy that was made before the database was changed for a new version. */
export interface BackupFile {
  readonly name: string;
  readonly kind: BackupKind | 'update';
  readonly bytes: number;
  /** Epoch ms: when it was made, by its name. */
  readonly at: number;
}

const shape =
  /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z-(manual|nightly|before-restore|uploaded|before-\d{14}_\w+)\.db$/;

/** The files of one folder that are backups; whatever else is in it is never touched. */
export class BackupFolder {
  constructor(readonly directory: string) {}

  /** Newest first. */
  list(): BackupFile[] {
    if (!existsSync(this.directory)) return [];
    const files = readdirSync(this.directory).flatMap((name) => this.find(name) ?? []);
    return files.sort((a, b) => b.at - a.at || (a.name < b.name ? 1 : -1));
  }

  /** Null: there is no such backup, or this is the name of something else. */
  find(name: string): BackupFile | null {
    const [, day, hour, minute, second, ms, kind = ''] = shape.exec(name) ?? [];
    if (day === undefined) return null;
    const stat = lstatSync(this.pathOf(name), { throwIfNoEntry: false });
    if (!stat?.isFile()) return null;
    const at = Date.parse(`${day}T${hour}:${minute}:${second}.${ms}Z`);
    return { name, kind: /^before-\d/.test(kind) ? 'update' : (kind as BackupKind), bytes: stat.size, at };
  }

  pathOf(name: string): string {
    return path.join(this.directory, name);
  }

  /** The path of a new one. */
  newPath(kind: BackupKind, now: number): string {
    return this.pathOf(`${new Date(now).toISOString().replace(/[:.]/g, '-')}-${kind}.db`);
  }

  /** False: there was none. */
  remove(name: string): boolean {
    if (this.find(name) === null) return false;
    rmSync(this.pathOf(name));
    rmSync(`${this.pathOf(name)}.key`, { force: true });
    return true;
  }

  /** What a process that was killed left half made. */
  sweep(): void {
    if (!existsSync(this.directory)) return;
    for (const name of readdirSync(this.directory)) {
      if (/\.(db\.part(-journal)?|upload)$/.test(name)) rmSync(path.join(this.directory, name), { force: true });
    }
  }
}

export interface KeepBackups {
  /** Of the nights, one for each of so many days, and one for each of so many weeks. */
  readonly days: number;
  readonly weeks: number;
}

const dayMs = 24 * 60 * 60_000;
const safetyCopies = 5;

/** The names that may go: nights beyond what is kept, and safety copies beyond the newest five. Never the newest night. */
export function outdated(files: readonly BackupFile[], { days, weeks }: KeepBackups, now: number): string[] {
  const newestFirst = [...files].sort((a, b) => b.at - a.at);
  const nights = newestFirst.filter(({ kind }) => kind === 'nightly');
  const kept = new Set<string>(nights.slice(0, 1).map(({ name }) => name));
  for (const [length, count] of [
    [dayMs, days],
    // The week that is not over yet has its days.
    [7 * dayMs, weeks === 0 ? 0 : weeks + 1],
  ] as const) {
    const seen = new Set<number>();
    for (const { name, at } of nights) {
      // Whole days and weeks of the calendar (UTC): what is kept of a week that is over stays the same one.
      const slot = Math.floor(now / length) - Math.floor(at / length);
      if (slot >= count || seen.has(slot)) continue;
      seen.add(slot);
      kept.add(name);
    }
  }
  const copies = newestFirst.filter(({ kind }) => kind === 'before-restore').slice(safetyCopies);
  return [...nights.filter(({ name }) => !kept.has(name)), ...copies].map(({ name }) => name);
}
