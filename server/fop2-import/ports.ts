import type { SavedAccess } from '../protocol/access';
import type { ButtonId, ButtonPatch, ButtonRecord, ButtonsChanged } from '../protocol/buttons';
import type { SavedRecording } from '../protocol/recording';
import type { ImportSummary, StoredImport } from '../store/imports';
import type { NewUser, StoredUser, UserChange } from '../store/users';
import type { Office } from './office';
import type { PlanAnswer, PlanWork } from './plan-answer';
import type { Connection } from './settings';

/** What the import stands on: the same services that the pages of the administration use. */
export interface ImportPorts {
  office(): Promise<Office>;
  pbxKey(): string;
  readonly access: { get(): SavedAccess; save(edited: SavedAccess): Promise<SavedAccess> };
  readonly users: {
    list(): Promise<readonly StoredUser[]>;
    /** Throws ConflictError, NotFoundError, LastAdminError. */
    update(id: string, change: UserChange, version: number): Promise<StoredUser>;
  };
  readonly buttons: {
    find(id: ButtonId): ButtonRecord | null;
    change(
      changes: readonly (ButtonId & { version?: number; set: ButtonPatch; add?: boolean })[],
      by: string,
    ): Promise<ButtonsChanged>;
    forget(ids: readonly ButtonId[]): Promise<unknown>;
  };
  readonly recording: { get(): Promise<SavedRecording>; save(edited: SavedRecording): Promise<SavedRecording> };
  readonly connection: {
    /** As it is kept, with its sealed secret; null: nothing is. */
    saved(): Promise<unknown>;
    save(connection: Connection, version: number): Promise<void>;
    /** Throws ConflictError when it was changed after `version`. */
    restore(saved: unknown, version: number): Promise<void>;
  };
  readonly invitations: { issue(userId: string, by: string): Promise<{ token: string; expiresAt: Date }> };
  readonly runs: {
    list(limit: number): Promise<ImportSummary[]>;
    summary(id: string): Promise<ImportSummary | null>;
    find(id: string): Promise<StoredImport | null>;
    add(run: Pick<StoredImport, 'at' | 'by' | 'report' | 'undo'>): Promise<StoredImport>;
    update(id: string, change: Partial<Pick<StoredImport, 'report' | 'undo' | 'undoneAt'>>): Promise<void>;
    addUsers(users: readonly NewUser[], at: Date, told: (count: number) => void): Promise<void>;
    removeUntouched(usernames: readonly string[], at: Date, told: (count: number) => void): Promise<string[]>;
    invitable(
      usernames: readonly string[],
      at: Date,
    ): Promise<
      readonly { id: string; username: string; name: string; extension: string | null; email: string | null }[]
    >;
  };
  /** Looks at the files, beside the panel's own work. Throws ImportRefused. */
  plan(work: PlanWork): Promise<PlanAnswer>;
  readonly now: () => number;
  readonly log: { error(fields: object, message: string): void };
}
