import { z } from 'zod';

/** When backups are made by themselves, and how many of those are kept; hours are the server's own time. */
export const backupSettings = z.strictObject({
  /** 0 to 23; null: never. */
  hour: z.number().int().min(0).max(23).nullable(),
  /** One for each of so many days, and one for each of so many weeks. */
  keepDays: z.number().int('enter a whole number').min(1, 'keep at least one day').max(366, 'at most 366 days'),
  keepWeeks: z.number().int('enter a whole number').min(0).max(520, 'at most 520 weeks'),
});
export type BackupSettings = z.infer<typeof backupSettings>;

export const defaultBackups: BackupSettings = { hour: 3, keepDays: 7, keepWeeks: 4 };

export const passphrase = z
  .string()
  .min(12, 'at least 12 characters: who has the backup can try as often as they like')
  .max(200, 'at most 200 characters');

/** GET /api/v1/admin/backups/settings. `hasPassphrase`: backups of the night carry the key, locked with it. */
export const savedBackups = z.object({
  version: z.number().int().nonnegative(),
  settings: backupSettings,
  hasPassphrase: z.boolean(),
});
export type SavedBackups = z.infer<typeof savedBackups>;

/** PUT of the same; `passphrase` left out: as it is; null: the key stays out of the backups. */
export const saveBackups = z.strictObject({
  version: z.number().int().nonnegative(),
  settings: backupSettings,
  passphrase: passphrase.nullable().optional(),
});
export type SaveBackups = z.infer<typeof saveBackups>;

/** `update`: made by the panel before a new version changed the database. */
export const backupFile = z.object({
  name: z.string(),
  kind: z.enum(['manual', 'nightly', 'before-restore', 'uploaded', 'update']),
  bytes: z.number().int(),
  at: z.iso.datetime(),
});
export type BackupFileRecord = z.infer<typeof backupFile>;

/** How the last attempt went; `message` says why not. */
const attempt = z.object({ at: z.iso.datetime(), ok: z.boolean(), message: z.string() });

/** How the last restore since the start of the process went: what the one who restored reads. */
export const restoreOutcome = attempt.extend({ by: z.string(), name: z.string() });
export type RestoreOutcome = z.infer<typeof restoreOutcome>;

/** GET /api/v1/admin/backups. */
export const backupsState = z.object({
  files: z.array(backupFile),
  /** On the server's disk. */
  folder: z.string(),
  freeBytes: z.number().nullable(),
  last: attempt.nullable(),
  /** When the next one is made by itself; null: never. */
  nextAt: z.iso.datetime().nullable(),
  restored: restoreOutcome.nullable(),
});
export type BackupsState = z.infer<typeof backupsState>;

/** POST /api/v1/admin/backups. */
export const makeBackupBody = z.strictObject({ passphrase: passphrase.optional() });

/** What is in a backup: GET /api/v1/admin/backups/{name}/report. */
export const backupReport = z.object({
  name: z.string(),
  bytes: z.number().int(),
  /** Null: it can be restored as it is. `older`: with `upgrade`. */
  refusal: z.string().nullable(),
  problem: z.string().nullable(),
  /** Null: a plain copy of a database, for whose content nothing vouches. */
  made: z.object({ at: z.iso.datetime(), by: z.string(), version: z.string() }).nullable(),
  pending: z.array(z.string()),
  counts: z.record(z.string(), z.number()),
  calls: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }).nullable(),
  users: z.array(z.object({ username: z.string(), role: z.string() })),
  pbx: z.string().nullable(),
  secrets: z.enum(['none', 'ours', 'others']),
  hasKey: z.boolean(),
  sealed: z.array(z.string()),
});
export type BackupReportRecord = z.infer<typeof backupReport>;

/** POST /api/v1/admin/backups/{name}/restore. */
export const restoreBody = z.strictObject({
  passphrase: z.string().max(200).optional(),
  upgrade: z.boolean().optional(),
  withoutSecrets: z.boolean().optional(),
});
export type RestoreBody = z.infer<typeof restoreBody>;
