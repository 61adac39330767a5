import { z } from 'zod';
import { wrappedKey } from './key-wrap';

/** The table that a backup has beside those of the panel: one text per key. docs/backup.md tells the format. */
export const metaTable = '_cordboard_backup';

export const backupKind = z.enum(['manual', 'nightly', 'before-restore', 'uploaded']);
export type BackupKind = z.infer<typeof backupKind>;

export const backupMeta = z.object({
  format: z.literal('1'),
  version: z.string().max(40),
  madeAt: z.iso.datetime(),
  by: z.string().max(120),
  kind: z.string().max(20),
  /** Names of the migrations the database had, as a JSON list. */
  migrations: z.string(),
  /** By which sealed values say their key; see secrets.ts. */
  keyId: z.string().regex(/^[0-9a-f]{8}$/),
  /** JSON of key-wrap.ts; empty: the key is not in this backup. */
  key: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type BackupMeta = z.infer<typeof backupMeta>;

/** Null: the key is not in it, or not in a way that this version knows. */
export function wrappedKeyOf({ key }: BackupMeta) {
  if (key === '') return null;
  try {
    return wrappedKey.safeParse(JSON.parse(key)).data ?? null;
  } catch {
    return null;
  }
}
