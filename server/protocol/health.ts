import { z } from 'zod';
import { backendHealth, linkState, missingFunction } from './records';

const time = z.iso.datetime();
const count = z.number().int().nonnegative();

export const incidentKind = z.enum(['link', 'repair', 'tamper', 'restart', 'backup', 'fault']);
export type IncidentKind = z.infer<typeof incidentKind>;

/** Something that happened to the panel or its link. `about` by kind: server/store/incidents.ts. */
export const incident = z.object({
  id: z.number().int(),
  at: time,
  pbx: z.string(),
  kind: incidentKind,
  about: z.record(z.string(), z.unknown()),
});
export type IncidentRecord = z.infer<typeof incident>;

/** GET /api/v1/admin/incidents, newest first. */
export const incidentQuery = z.object({
  kind: incidentKind.optional(),
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const incidentPage = z.object({ rows: z.array(incident), next: z.number().int().nullable() });
export type IncidentPage = z.infer<typeof incidentPage>;

const waiting = z.object({ waiting: count, dropped: count });

/** GET /api/v1/admin/health. */
export const health = z.object({
  at: time,
  panel: z.object({
    version: z.string(),
    node: z.string(),
    startedAt: time,
    /** Bytes. */
    memory: z.number(),
    heap: z.number(),
    /** Of the last minute, ms: how late the event loop was at worst, and in 99 of 100 cases. */
    loop: z.object({ p99: z.number(), max: z.number() }),
  }),
  pbx: z.object({
    name: z.string(),
    demo: z.boolean(),
    link: linkState,
    since: time,
    problem: z.string().nullable(),
    asteriskVersion: z.string().nullable(),
    missing: z.array(missingFunction),
    backends: z.array(backendHealth),
    reconnects: count,
    /** Milliseconds from a Ping to its answer; null: not asked yet. */
    pingMs: z.number().nullable(),
    /** How long the first read of this connection took, and the last one. */
    firstReadMs: z.number().nullable(),
    lastReadMs: z.number().nullable(),
    reads: count,
    failedReads: count,
  }),
  events: z.object({
    perSecond: z.number(),
    /** Events a second in each minute of the last hour, oldest first; null: the panel did not run yet. */
    hour: z.array(z.number().nullable()),
    total: count,
  }),
  /** Since the start of the process. */
  repairs: count,
  faults: count,
  tampered: count,
  writes: z.object({ audit: waiting, changes: waiting, calls: waiting, incidents: waiting }),
  database: z.object({
    healthy: z.boolean(),
    bytes: z.number(),
    walBytes: z.number(),
    /** Room on its disk; null: unknown. */
    freeBytes: z.number().nullable(),
  }),
  backups: z.object({
    count,
    newestAt: time.nullable(),
    nextAt: time.nullable(),
    /** Why the last one failed; null: it did not. */
    problem: z.string().nullable(),
  }),
  /** What an administrator should know now, in words, the gravest first. */
  warnings: z.array(z.object({ id: z.string(), message: z.string(), section: z.enum(['health', 'data']) })),
});
export type Health = z.infer<typeof health>;

/** A row of GET /api/v1/admin/connections: one session, token or wallboard with its open windows. */
export const connection = z.object({
  /** The first 12 characters, as in the audit log. */
  session: z.string(),
  kind: z.enum(['user', 'token', 'board']),
  name: z.string(),
  username: z.string(),
  role: z.string(),
  extension: z.string().nullable(),
  addresses: z.array(z.string()),
  /** In words, from the User-Agent header. */
  device: z.string(),
  since: time,
  lastSeenAt: time.nullable(),
  windows: count,
  /** Waited for because it reads too slowly. */
  slow: z.boolean(),
  /** The session that asks. */
  own: z.boolean(),
});
export type ConnectionRecord = z.infer<typeof connection>;
