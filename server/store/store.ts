import path from 'node:path';
import { AuditLog } from './audit';
import type { ChainPoint } from './audit-chain';
import { Availability } from './availability';
import { Boards } from './boards';
import { Buttons } from './buttons';
import { CallLog } from './call-log';
import { CallNotes } from './call-notes';
import { type Database, openDatabase } from './database';
import type { PrismaClient } from './generated/client';
import { FeatureHistory } from './history';
import { Imports } from './imports';
import { Incidents } from './incidents';
import { Invitations } from './invitations';
import { Layouts } from './layouts';
import { type MigrateResult, migrate } from './migrate';
import { PausedMemberships } from './paused';
import { SecondFactors } from './second-factors';
import { createSecretBox, loadKey, type SecretBox } from './secrets';
import { Sessions } from './sessions';
import { Settings } from './settings';
import { ApiTokens } from './tokens';
import { Users } from './users';

export interface StoreLog {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface StoreOptions {
  /** Absolute path of the SQLite file; backups/ and secret.key are its neighbours. */
  readonly file: string;
  /** prisma/migrations */
  readonly migrations: string;
  /** CORDBOARD_KEY; undefined: the key file. */
  readonly key?: string;
  readonly now: () => number;
  readonly log: StoreLog;
  /** Told the newest line of the audit log now and then: where it is kept, a cut end of the log shows. */
  readonly auditHead?: (head: ChainPoint) => void;
}

/** Everything that survives a restart. */
export interface Store {
  readonly database: Database;
  readonly users: Users;
  readonly invitations: Invitations;
  readonly secondFactors: SecondFactors;
  readonly sessions: Sessions;
  readonly tokens: ApiTokens;
  readonly settings: Settings;
  readonly layouts: Layouts;
  readonly boards: Boards;
  readonly audit: AuditLog;
  readonly availability: Availability;
  readonly history: FeatureHistory;
  readonly calls: CallLog;
  readonly callNotes: CallNotes;
  readonly incidents: Incidents;
  readonly paused: PausedMemberships;
  readonly buttons: Buttons;
  readonly imports: Imports;
  readonly secrets: SecretBox;
  readonly migrated: MigrateResult;
  /** True when the database answers. */
  healthy(): Promise<boolean>;
  /** Writes what waits, then closes. */
  close(): Promise<void>;
}

/** Migrates, then opens. Throws MigrationError, UnknownDatabaseError, DatabaseFileError, SecretKeyError. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { file, log, now } = options;
  const home = path.dirname(file);
  const backups = path.join(home, 'backups');
  const migrated = await migrate({ file, directory: options.migrations, backups, now });
  if (migrated.applied.length > 0) log.info({ ...migrated }, 'database migrated');
  const secrets = createSecretBox(loadKey(path.join(home, 'secret.key'), options.key));
  const onReopen = (error: unknown) => log.error({ err: error }, 'a database transaction failed to commit');
  const database = await openDatabase({ file, onReopen });
  const { prisma } = database;
  const onError = (error: unknown, waiting: number) => log.error({ err: error, waiting }, 'cannot write the audit log');
  const { auditHead } = options;
  const audit = new AuditLog({ prisma, secrets, now, onError, ...(auditHead && { onHead: auditHead }) });
  const tellHead = async (): Promise<void> => {
    const head = auditHead === undefined ? null : await audit.head();
    if (head !== null) auditHead?.(head);
  };
  await tellHead();
  const history = openHistory(prisma, log);
  const calls = openCalls(prisma, log);
  const incidents = new Incidents({
    prisma,
    onError: (error, waiting) => log.error({ err: error, waiting }, 'cannot write down incidents'),
  });
  return {
    database,
    users: new Users(prisma),
    invitations: new Invitations(prisma),
    secondFactors: new SecondFactors(prisma),
    sessions: new Sessions(prisma),
    tokens: new ApiTokens(prisma),
    settings: new Settings(prisma),
    layouts: new Layouts(prisma),
    boards: new Boards(prisma),
    audit,
    availability: new Availability(prisma),
    history,
    calls,
    callNotes: new CallNotes(prisma),
    incidents,
    paused: new PausedMemberships(prisma),
    buttons: new Buttons(prisma),
    imports: new Imports(prisma),
    secrets,
    migrated,
    healthy: () =>
      database.dataVersion().then(
        () => true,
        () => false,
      ),
    async close() {
      await audit.flush();
      await history.flush();
      await calls.flush();
      await incidents.flush();
      await tellHead();
      await database.close();
    },
  };
}

function openHistory(prisma: PrismaClient, log: StoreLog): FeatureHistory {
  return new FeatureHistory({
    prisma,
    // A large PBX may have changed as a whole while the link was down.
    limit: 100_000,
    onError: (error, waiting) => log.error({ err: error, waiting }, 'cannot write the history of features'),
    onLost: (count) => log.error({ count }, 'changes of features are missing in the history: the disk was too slow'),
  });
}

function openCalls(prisma: PrismaClient, log: StoreLog): CallLog {
  return new CallLog({
    prisma,
    onError: (error, waiting) => log.error({ err: error, waiting }, 'cannot write the call log'),
    onLost: (count) => log.error({ count }, 'calls are missing in the call log: the disk was too slow'),
  });
}
