import { z } from 'zod';

const days = z.number().int('enter a whole number of days').min(1, 'at least one day').max(36_500, 'at most 100 years');
/** Null: for ever. */
const kept = days.nullable();

/** How long what is written down is kept, in days. */
export const retentionSettings = z.strictObject({
  /** Calls that are over, with their notes. */
  calls: kept,
  audit: kept,
  /** Changes of do-not-disturb, forwarding and presence. */
  changes: kept,
  /** What happened to the panel and its link. */
  incidents: kept,
  /** Recordings that this panel began, where it can reach their folder; null: never removed. */
  recordings: kept,
  /** The PBX's folder for recordings, as this machine sees it; empty: it cannot be reached. */
  recordingsFolder: z
    .string()
    .trim()
    .max(400)
    .regex(/^$|^\/[^\0]+$/, 'enter an absolute path, such as /var/spool/asterisk/monitor'),
});
export type RetentionSettings = z.infer<typeof retentionSettings>;

export const defaultRetention: RetentionSettings = {
  calls: 400,
  audit: 400,
  changes: 400,
  incidents: 400,
  recordings: null,
  recordingsFolder: '',
};

export const savedRetention = z.object({ version: z.number().int().nonnegative(), settings: retentionSettings });
export type SavedRetention = z.infer<typeof savedRetention>;

/** What is kept in one book. */
export const keptBook = z.enum(['calls', 'notes', 'audit', 'changes', 'incidents', 'recordings']);
export type KeptBook = z.infer<typeof keptBook>;

/** POST /api/v1/admin/retention/preview: what these settings would remove now. */
export const retentionPreview = z.object({
  books: z.array(
    z.object({
      book: keptBook,
      /** All there are, and those that would go. */
      total: z.number().int().nullable(),
      old: z.number().int(),
      /** Of recordings: their size. */
      bytes: z.number().nullable(),
      oldest: z.iso.datetime().nullable(),
      /** Why it cannot be said, such as a folder that is not there; null: it can. */
      problem: z.string().nullable(),
    }),
  ),
});
export type RetentionPreview = z.infer<typeof retentionPreview>;

/** POST /api/v1/admin/retention/purge: how many went, by what is in force. */
export const purgeResult = z.object({
  removed: z.array(z.object({ book: keptBook, count: z.number().int(), problem: z.string().nullable() })),
});
export type PurgeResult = z.infer<typeof purgeResult>;
