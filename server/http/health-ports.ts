import type { Readable } from 'node:stream';
import type {
  BackupFileRecord,
  BackupReportRecord,
  BackupsState,
  RestoreBody,
  SaveBackups,
  SavedBackups,
} from '../protocol/backups';
import type { ConnectionRecord, Health, IncidentKind, IncidentPage } from '../protocol/health';
import type { PurgeResult, RetentionPreview, RetentionSettings, SavedRetention } from '../protocol/retention';
import type { Prepared } from '../store/restore';

/** How the panel does, and who is connected. */
export interface HealthPort {
  health(): Promise<Health>;
  incidents(query: {
    readonly kind?: IncidentKind | undefined;
    readonly before?: number | undefined;
    readonly limit: number;
  }): Promise<IncidentPage>;
  /** `own`: the id of the session that asks. */
  connections(own: string | null): ConnectionRecord[];
  /** Ends it at once; answers whose it was. Throws NotFoundError. */
  endSession(session: string): Promise<string>;
  /** A zip. `people`: with numbers and names as they are. */
  bundle(options: { readonly people: boolean }): Promise<Uint8Array>;
}

/** Backups and what is kept how long. */
export interface DataPort {
  /** May throw BackupError, RestoreError, NotFoundError, ConflictError. */
  readonly backups: {
    settings(): SavedBackups;
    save(body: SaveBackups): Promise<SavedBackups>;
    state(): BackupsState;
    make(by: string, passphrase?: string): Promise<BackupFileRecord>;
    pathOf(name: string): string;
    remove(name: string): void;
    report(name: string): Promise<BackupReportRecord>;
    take(content: Readable): Promise<BackupReportRecord>;
    prepare(name: string, by: string, body: RestoreBody): Promise<Prepared>;
  };
  readonly retention: {
    get(): SavedRetention;
    save(edited: SavedRetention): Promise<SavedRetention>;
    preview(settings: RetentionSettings): Promise<RetentionPreview>;
    purge(): Promise<PurgeResult>;
  };
  /** Exchanges the database for what was prepared and starts the panel anew; to be called when the answer is out. */
  restart(prepared: Prepared, about: { readonly by: string; readonly name: string }): void;
}
