import { createWriteStream, renameSync, rmSync, statfsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { z } from 'zod';
import {
  type BackupFileRecord,
  type BackupReportRecord,
  type BackupSettings,
  type BackupsState,
  backupSettings,
  defaultBackups,
  type RestoreBody,
  type RestoreOutcome,
  type SaveBackups,
  type SavedBackups,
} from './protocol/backups';
import { makeBackup } from './store/backup';
import { type BackupReport, checkBackup } from './store/backup-check';
import { BackupBusyError, BackupError, diskWords, RestoreError } from './store/backup-errors';
import { type BackupFile, BackupFolder, outdated } from './store/backup-folder';
import { NotFoundError } from './store/errors';
import { privateDirectory } from './store/files';
import { type WrappedKey, wrapKey, wrappedKey } from './store/key-wrap';
import { type Prepared, prepareRestore } from './store/restore';
import { SavedSettings } from './store/saved-settings';
import { keyIdOf } from './store/secrets';
import type { Store } from './store/store';

export interface BackupPlace {
  /** The database of the panel. */
  readonly database: string;
  readonly folder: string;
  readonly migrations: string;
  readonly key: Buffer;
  /** Null: the key comes from CORDBOARD_KEY. */
  readonly keyFile: string | null;
  readonly version: string;
}

export interface BackupsDeps {
  readonly place: BackupPlace;
  readonly store: Pick<Store, 'settings' | 'incidents'>;
  /** Writes everything that waits, so that it is in the copy. */
  readonly flush: () => Promise<void>;
  readonly now: () => number;
  /** When this process began to serve, epoch ms. */
  readonly startedAt: number;
  readonly log: {
    info(fields: object, message: string): void;
    warn(fields: object, message: string): void;
    error(fields: object, message: string): void;
  };
  /** How the restart for a restore went; null: there was none. */
  readonly restored: RestoreOutcome | null;
}

/** What is saved: the settings, and the key locked with the passphrase, which itself is nowhere. */
const kept = backupSettings.extend({ key: wrappedKey.nullable() });
type Kept = z.infer<typeof kept>;

const minuteMs = 60_000;
/** After a failure, and before the first one of a panel that never made any. */
const againMs = 60 * minuteMs;
const firstMs = 10 * minuteMs;
/** A backup that somebody sends may not be larger, bytes. */
export const largestUpload = 4 * 1024 ** 3;

/** Backups: by hand, by night, what is in them, and the way back. One at a time. */
export class Backups {
  readonly folder: BackupFolder;
  readonly #saved: SavedSettings<Kept>;
  #last: BackupsState['last'] = null;
  #failedAt = Number.NEGATIVE_INFINITY;
  #busy: string | null = null;
  #running: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;

  constructor(private readonly deps: BackupsDeps) {
    this.folder = new BackupFolder(deps.place.folder);
    this.#saved = new SavedSettings<Kept>({
      settings: deps.store.settings,
      key: 'backups',
      initial: { ...defaultBackups, key: null },
      read(saved) {
        const { success, data } = kept.safeParse(saved);
        if (!success) deps.log.warn({}, 'saved settings of backups cannot be read: the default is in force');
        return data ?? { ...defaultBackups, key: null };
      },
    });
  }

  async load(): Promise<void> {
    await this.#saved.load();
    this.folder.sweep();
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.look(), minuteMs).unref();
  }

  /** What runs is waited for: a copy half made is no backup. */
  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    await this.#running;
  }

  settings(): SavedBackups {
    const { version, settings } = this.#saved.get();
    const { key, ...rest } = settings;
    return { version, settings: rest, hasPassphrase: key !== null };
  }

  /** Throws ConflictError. */
  async save({ version, settings, passphrase }: SaveBackups): Promise<SavedBackups> {
    const before = this.#saved.get().settings.key;
    const key = passphrase === undefined ? before : passphrase && (await this.#wrap(passphrase));
    await this.#saved.save({ version, settings: { ...settings, key: key || null } });
    return this.settings();
  }

  state(): BackupsState {
    return {
      files: this.folder.list().map(toRecord),
      folder: this.folder.directory,
      freeBytes: freeOf(this.folder.directory, this.deps.place.database),
      last: this.#last,
      nextAt: this.nextAt(),
      restored: this.deps.restored,
    };
  }

  /** ISO time; null: never by itself. */
  nextAt(): string | null {
    const { hour } = this.#saved.get().settings;
    if (hour === null) return null;
    const now = this.deps.now();
    const mark = markOf(now, hour);
    const due = this.#isDue(now, mark) ? Math.max(now, this.#failedAt + againMs) : nextMark(mark, hour);
    return new Date(due).toISOString();
  }

  /** Why the newest attempt failed; null: it did not. */
  get problem(): string | null {
    return this.#last !== null && !this.#last.ok ? this.#last.message : null;
  }

  /** Makes the backup of the night if it is time, and removes those that are too old. Never rejects. */
  async look(): Promise<void> {
    const { hour } = this.#saved.get().settings;
    const now = this.deps.now();
    if (hour === null || this.#busy !== null || now - this.#failedAt < againMs) return;
    if (!this.#isDue(now, markOf(now, hour))) return;
    // It is told, written down and tried again by itself.
    await this.#make('nightly', 'the panel', this.#saved.get().settings.key).catch(() => undefined);
  }

  /** Throws BackupError. `passphrase` left out: with the key, if the backups of the night have it. */
  async make(by: string, passphrase?: string): Promise<BackupFileRecord> {
    const key = passphrase === undefined ? this.#saved.get().settings.key : await this.#wrap(passphrase);
    return this.#make('manual', by, key);
  }

  /** The path of a backup. Throws NotFoundError. */
  pathOf(name: string): string {
    if (this.folder.find(name) === null) throw new NotFoundError('there is no such backup');
    return this.folder.pathOf(name);
  }

  /** Throws NotFoundError. */
  remove(name: string): void {
    if (!this.folder.remove(name)) throw new NotFoundError('there is no such backup');
  }

  /** Throws NotFoundError. */
  async report(name: string): Promise<BackupReportRecord> {
    return reportOf(name, await this.#check(this.pathOf(name)));
  }

  /** Takes a file that somebody sends. What could never be restored is refused and not kept. Throws RestoreError. */
  async take(content: Readable): Promise<BackupReportRecord> {
    return this.#alone('a backup is being sent', async () => {
      const { place, now } = this.deps;
      privateDirectory(place.folder);
      const target = this.folder.newPath('uploaded', now());
      const part = `${target}.upload`;
      try {
        await pipeline(content, limited, createWriteStream(part, { mode: 0o600 }));
        const found = await this.#check(part);
        const { refusal, problem } = found;
        if (refusal !== null && refusal !== 'older' && refusal !== 'newer')
          throw new RestoreError(refusal, problem ?? '');
        renameSync(part, target);
        return reportOf(nameOf(target), found);
      } catch (error) {
        if (error instanceof RestoreError) throw error;
        throw new RestoreError('disk', `The file was not taken: ${diskWords(error, place.folder)}.`);
      } finally {
        rmSync(part, { force: true });
      }
    });
  }

  /**
   * Checks all that can be checked, and keeps the present database in a backup. What is answered lies ready to be swapped
   * in (store/restore.ts), while nobody has the database open; until the panel was started anew with it, nothing else is
   * begun here. Throws RestoreError, BackupError, NotFoundError.
   */
  async prepare(name: string, by: string, body: RestoreBody): Promise<Prepared> {
    const source = this.pathOf(name);
    const restoring = 'a backup is being restored';
    const prepared = await this.#alone(restoring, async () => {
      const { place, now } = this.deps;
      const { database, migrations, key, keyFile } = place;
      const ready = await prepareRestore({ source, database, migrations, key, keyFile, ...body, now });
      await this.#copy('before-restore', by, this.#saved.get().settings.key);
      return ready;
    });
    // Another one would lay its own database in the place of this one, whose key is another.
    this.#busy = restoring;
    return prepared;
  }

  #isDue(now: number, mark: number): boolean {
    const newest = this.folder.list().find(({ kind }) => kind === 'nightly');
    return newest === undefined ? now - this.deps.startedAt >= firstMs : newest.at < mark;
  }

  async #make(kind: 'manual' | 'nightly', by: string, key: WrappedKey | null): Promise<BackupFileRecord> {
    const { now, log, store } = this.deps;
    const tell = (ok: boolean, name: string, message: string): void => {
      this.#last = { at: new Date(now()).toISOString(), ok, message };
      store.incidents.append({ at: now(), pbx: '', kind: 'backup', about: { ok, action: kind, name, message } });
    };
    try {
      const made = await this.#alone('a backup is being made', () => this.#copy(kind, by, key));
      tell(true, made.name, '');
      if (kind === 'nightly') this.#rotate();
      return toRecord(made);
    } catch (error) {
      if (error instanceof BackupBusyError) throw error;
      const message = error instanceof Error ? error.message : String(error);
      this.#failedAt = now();
      log.error({ err: error }, 'a backup failed');
      tell(false, '', message);
      throw error;
    }
  }

  async #copy(kind: 'manual' | 'nightly' | 'before-restore', by: string, key: WrappedKey | null): Promise<BackupFile> {
    const { place, now, flush, log } = this.deps;
    await flush();
    const target = this.folder.newPath(kind, now());
    const { database: source, version } = place;
    await makeBackup({ source, target, kind, by, version, keyId: keyIdOf(place.key), key, now: now() });
    const made = this.folder.find(nameOf(target));
    if (made === null) throw new BackupError(`the backup is not where it was made: ${target}`);
    log.info({ file: made.name, bytes: made.bytes }, 'backup made');
    return made;
  }

  #rotate(): void {
    const { keepDays: days, keepWeeks: weeks } = this.#saved.get().settings;
    for (const name of outdated(this.folder.list(), { days, weeks }, this.deps.now())) this.folder.remove(name);
  }

  #check(file: string): Promise<BackupReport> {
    const { migrations, key } = this.deps.place;
    return checkBackup({ file, migrations, keyId: keyIdOf(key) });
  }

  #wrap(passphrase: string): Promise<WrappedKey> {
    return wrapKey(this.deps.place.key, passphrase);
  }

  async #alone<T>(what: string, work: () => Promise<T>): Promise<T> {
    if (this.#busy !== null) throw new BackupBusyError(`${this.#busy} already: wait until it is done`);
    this.#busy = what;
    const running = work().finally(() => {
      this.#busy = null;
    });
    this.#running = running.catch(() => undefined);
    return running;
  }
}

/** What is sent without saying how long it is must not fill the disk. */
async function* limited(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const piece of content) {
    bytes += piece.length;
    if (bytes > largestUpload) throw new RestoreError('disk', 'The file is larger than 4 GB.');
    yield piece;
  }
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

function toRecord({ at, ...file }: BackupFile): BackupFileRecord {
  return { ...file, at: new Date(at).toISOString() };
}

function reportOf(name: string, { meta, unknown: _, ...report }: BackupReport): BackupReportRecord {
  const made = meta && { at: meta.madeAt, by: meta.by, version: meta.version };
  return { name, ...report, made, pending: [...report.pending], users: [...report.users], sealed: [...report.sealed] };
}

/** The newest moment of that hour, by the server's clock and zone, that is over. */
export function markOf(now: number, hour: number): number {
  const mark = new Date(now);
  mark.setHours(hour, 0, 0, 0);
  if (mark.getTime() > now) mark.setDate(mark.getDate() - 1);
  return mark.getTime();
}

function nextMark(mark: number, hour: number): number {
  const next = new Date(mark);
  next.setDate(next.getDate() + 1);
  next.setHours(hour, 0, 0, 0);
  return next.getTime();
}

/** Room on the disk of the folder, or of the database while there is no folder yet; null: unknown. */
function freeOf(folder: string, database: string): number | null {
  for (const place of [folder, database]) {
    try {
      const { bavail, bsize } = statfsSync(place);
      return bavail * bsize;
    } catch {
      // The next one may be there.
    }
  }
  return null;
}

export type { BackupSettings };
