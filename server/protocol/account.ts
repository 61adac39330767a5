import { z } from 'zod';
import { nameLine } from './name-line';
import { tokenScope } from './permissions';
import { secondCode } from './session';

/** GET /api/v1/me/second-factor */
export const secondFactorState = z.object({
  /** Since when it is asked for; null: none is on. */
  since: z.iso.datetime().nullable(),
  recoveryLeft: z.number().int().nonnegative(),
  /** The role asks for one when signing in with a password. */
  required: z.boolean(),
  /** What changes to it are proved with besides the code. */
  hasPassword: z.boolean(),
});
export type SecondFactorState = z.infer<typeof secondFactorState>;

const currentPassword = z.string().max(256).optional();

/** POST /api/v1/me/second-factor: begins to set it up; `password` may be left out by who has none. */
export const enrolBody = z.strictObject({ password: currentPassword });
/** What is shown once: the key to type (base32), the link for this device, and the QR code as an SVG path. */
export const enrolment = z.object({
  secret: z.string(),
  uri: z.string(),
  /** Modules per side, the quiet zone included: the viewBox. */
  qr: z.object({ size: z.number().int(), path: z.string() }),
});
export type Enrolment = z.infer<typeof enrolment>;

/** POST /api/v1/me/second-factor/enable */
export const enableBody = z.strictObject({ code: secondCode });
/** POST /api/v1/me/second-factor/recovery, …/off */
export const provedBody = z.strictObject({ password: currentPassword, code: secondCode });
/** Shown now and never again; each signs in once. */
export const recoveryCodes = z.object({ codes: z.array(z.string()) });

/** A signed-in browser; GET /api/v1/me/sessions, GET /api/v1/admin/users/{id}/sessions: the last used first. */
export const sessionRecord = z.object({
  /** Beginning of the hash by which the server knows it: it signs nobody in. */
  id: z.string(),
  userAgent: z.string(),
  address: z.string(),
  via: z.enum(['password', 'oidc', 'code', 'invitation']),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  /** The one that asks. */
  current: z.boolean(),
});
export type SessionRecord = z.infer<typeof sessionRecord>;
/** How many ended. */
export const endedSessions = z.object({ ok: z.literal(true), ended: z.number().int() });

/** POST /api/v1/admin/users/{id}/invitation: an earlier link of this user ends. */
export const inviteBody = z.strictObject({ days: z.number().int().min(1).max(30).default(7) });
/** Shown once: the link is `/setup/#invite=` and the token. */
export const issuedInvitation = z.object({ token: z.string(), expiresAt: z.iso.datetime() });
export type IssuedInvitation = z.infer<typeof issuedInvitation>;

/** A row of GET /api/v1/admin/tokens. */
export const tokenRecord = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(tokenScope),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
export type TokenRecord = z.infer<typeof tokenRecord>;

/** POST /api/v1/admin/tokens; `expiresAt` null: it works until it is revoked. */
export const createTokenBody = z.strictObject({
  name: nameLine(80),
  scopes: z.array(tokenScope).min(1, 'choose what it may do').max(tokenScope.options.length),
  expiresAt: z.iso.datetime({ offset: true }).nullable(),
});
/** Shown once. */
export const createdToken = z.object({ token: z.string(), record: tokenRecord });
