import { z } from 'zod';
import { grants } from './access';
import { groupName } from './groups';
import { role } from './permissions';
import { password, username } from './session';

/** GET /api/v1/admin/pbx: the connection without its secret. */
export const pbxSettings = z.object({
  /** `environment`: AMI_URL decides and the form is read-only; `demo`: nothing is configured. */
  source: z.enum(['environment', 'saved', 'demo']),
  host: z.string(),
  port: z.number().int(),
  tls: z.boolean(),
  /** PEM of the CA that signed the PBX's certificate; empty: the system's. */
  ca: z.string(),
  /** SHA-256 of the PBX's certificate, to pin a self-signed one; empty: not pinned. */
  fingerprint: z.string(),
  username: z.string(),
  hasSecret: z.boolean(),
  version: z.number().int(),
});
export type PbxSettings = z.infer<typeof pbxSettings>;

const noControl = /^[^\p{Cc}]*$/u;

/** PUT /api/v1/admin/pbx and POST /api/v1/admin/pbx/test; `secret` left out keeps the saved one (same host and user only). */
export const pbxSettingsBody = z.strictObject({
  host: z
    .string()
    .trim()
    .min(1, 'enter a host name or address')
    .max(253)
    .regex(/^[^\s/@]+$/, 'enter a host name or address'),
  port: z.coerce.number().int().min(1).max(65_535),
  tls: z.boolean(),
  ca: z.string().max(20_000).default(''),
  fingerprint: z
    .string()
    .trim()
    .regex(/^$|^([0-9A-Fa-f]{2}:?){32}$/, 'paste the SHA-256 fingerprint: 64 hexadecimal digits')
    .default(''),
  username: z.string().trim().min(1, 'enter the manager.conf user').max(80).regex(noControl, 'no control characters'),
  secret: z.string().min(1).max(256).regex(noControl, 'no control characters').optional(),
  /** The version that was edited; 0 for the first. */
  version: z.number().int().nonnegative(),
});
export type PbxSettingsBody = z.infer<typeof pbxSettingsBody>;

/** A certificate as it was shown, unchecked. */
export const pbxCertificate = z.object({
  /** SHA-256, 64 hexadecimal digits with colons. */
  fingerprint: z.string(),
  subject: z.string(),
  issuer: z.string(),
  selfSigned: z.boolean(),
  validTo: z.iso.datetime(),
});
export type PbxCertificate = z.infer<typeof pbxCertificate>;

/** POST /api/v1/admin/pbx/certificate: null, nothing there speaks TLS. */
export const pbxCertificateBody = pbxSettingsBody.pick({ host: true, port: true });
export const pbxCertificateAnswer = z.object({ certificate: pbxCertificate.nullable() });

/** Why a connection does not work. `silent`: it is taken and nothing is said; `closed`: it is ended at once. */
export const pbxTestCause = z.enum([
  'unknownHost',
  'refused',
  'unreachable',
  'timeout',
  'silent',
  'closed',
  'notAsterisk',
  'tlsWanted',
  'tlsNotWanted',
  'certificate',
  'tls',
  'badSecret',
  'inUse',
  'starting',
  'tooOld',
  'noRights',
]);
export type PbxTestCause = z.infer<typeof pbxTestCause>;

/** How many things a first read found. */
export const pbxFound = z.object({
  extensions: z.number().int(),
  queues: z.number().int(),
  conferences: z.number().int(),
  parking: z.number().int(),
  trunks: z.number().int(),
  channels: z.number().int(),
});
export type PbxFound = z.infer<typeof pbxFound>;

/** Answer of the connection test: what is wrong, in words, and what would not work. */
export const pbxTestResult = z.object({
  ok: z.boolean(),
  message: z.string(),
  /** What to do about it; null: nothing, or `message` says it. */
  advice: z.string().nullable(),
  /** Null: it works. */
  cause: pbxTestCause.nullable(),
  asteriskVersion: z.string().nullable(),
  missing: z.array(z.object({ feature: z.string(), needs: z.string(), message: z.string() })),
  found: pbxFound.nullable(),
  /** What the PBX showed, where that is what is wrong. */
  certificate: pbxCertificate.nullable(),
  /** The address the panel comes from, as far as this machine knows. */
  ownAddress: z.string().nullable(),
});
export type PbxTestResult = z.infer<typeof pbxTestResult>;

/** A row of GET /api/v1/admin/users. */
export const userRecord = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  role,
  extension: z.string().nullable(),
  /** What they may do instead of what the role may; null: as the role. An administrator may do everything. */
  grants: grants.nullable(),
  /** Names of the groups they see instead of what the role sees; null: as the role. */
  sees: z.array(z.string()).nullable().default(null),
  disabled: z.boolean(),
  hasPassword: z.boolean(),
  email: z.string().nullable().default(null),
  /** Who checks who they are: this panel, the provider of single sign-on, or the directory. */
  origin: z.enum(['local', 'oidc', 'ldap']).default('local'),
  /** Whether a second factor is on. */
  secondFactor: z.boolean().default(false),
  /** Until when a link to set a password is open; null: none is. */
  invitedUntil: z.iso.datetime().nullable().default(null),
  lastSeenAt: z.iso.datetime().nullable(),
  version: z.number().int(),
});
export type UserRecord = z.infer<typeof userRecord>;

const displayName = z.string().trim().min(1, 'enter a name').max(80);
const ownSight = z.array(groupName).max(100).nullable();
const ownExtension = z.string().trim().max(40).nullable();
/** Where to write to; the panel itself sends no mail. */
export const emailAddress = z
  .string()
  .trim()
  .max(254)
  .regex(/^[^\s@]+@[^\s@]+$/, 'enter an e-mail address, such as anna@example.com')
  .nullable();

/** POST /api/v1/admin/users */
export const createUserBody = z.strictObject({
  username,
  name: displayName,
  role,
  extension: ownExtension,
  email: emailAddress.optional(),
  grants: grants.nullable().optional(),
  sees: ownSight.optional(),
  /** Left out: an invitation, or single sign-on, lets them in. */
  password: password.optional(),
});
export type CreateUserBody = z.infer<typeof createUserBody>;

/** PATCH /api/v1/admin/users/{id}; `version` is the one that was edited. */
export const updateUserBody = z.strictObject({
  name: displayName.optional(),
  role: role.optional(),
  extension: ownExtension.optional(),
  email: emailAddress.optional(),
  /** Null: as the role again. */
  grants: grants.nullable().optional(),
  /** Null: as the role again. An empty list: themselves alone. */
  sees: ownSight.optional(),
  disabled: z.boolean().optional(),
  password: password.optional(),
  version: z.number().int(),
});

/** A row of GET /api/v1/admin/audit, newest first. `session`: the beginning of the id of a session or token. */
export const auditRecord = z.object({
  id: z.number().int(),
  at: z.iso.datetime(),
  actor: z.string(),
  session: z.string(),
  address: z.string(),
  action: z.string(),
  target: z.string(),
  result: z.string(),
});
export type AuditRecord = z.infer<typeof auditRecord>;

const part = z.string().trim().min(1).max(80);
const moment = z.iso.datetime({ offset: true });

/** GET /api/v1/admin/audit.csv, and with `limit` GET /api/v1/admin/audit. */
export const auditFilter = z.object({
  /** Part of the name of who did it. */
  actor: part.optional(),
  /** Part of the name of the command. */
  action: part.optional(),
  /** Part of whom or what it was done to. */
  target: part.optional(),
  /** Beginning of the session's id. */
  session: part.optional(),
  /** Part of the address it came from. */
  address: part.optional(),
  result: z.enum(['ok', 'refused']).optional(),
  from: moment.optional(),
  /** Exclusive. */
  to: moment.optional(),
  /** Only entries with a smaller id: the last one of the page before. */
  before: z.coerce.number().int().positive().optional(),
});
export const auditQuery = auditFilter.extend({ limit: z.coerce.number().int().min(1).max(500).default(100) });

/** GET /api/v1/admin/audit/verify. */
export const auditVerdict = z.object({
  ok: z.boolean(),
  /** How many lines follow each other as they were written. */
  checked: z.number().int().nonnegative(),
  /** First line that was looked at; null: there was none. */
  from: z.number().int().nullable(),
  /** First line that is not as it was written; null where `reason` is not about one line. */
  brokenAt: z.number().int().nullable(),
  /** In words; null: the chain is intact. */
  reason: z.string().nullable(),
  /** Lines from before there was a chain. */
  unchained: z.number().int().nonnegative(),
  /** The newest line, to compare with the one in the panel's log file. */
  head: z.object({ id: z.number().int(), hash: z.string() }).nullable(),
});
export type AuditVerdict = z.infer<typeof auditVerdict>;
