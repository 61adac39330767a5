import { z } from 'zod';
import { limit } from './groups';
import { permission, role } from './permissions';

/** Who the browser's session belongs to. */
export const me = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  role,
  /** The role in words, as an administrator called it; empty: it is no more. */
  roleName: z.string().default(''),
  permissions: z.array(permission),
  /** Permissions that hold for some only; what is not named here holds for all. */
  limits: z.partialRecord(permission, limit).default({}),
  /** The extension whose calls are "mine"; null: none. */
  extension: z.string().nullable(),
  /** False after the one-time link: a password must be set to come back. */
  hasPassword: z.boolean(),
});
export type Me = z.infer<typeof me>;

export const username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._@-]{0,63}$/, 'use letters, digits, dot, dash or @');

/** At least 10 characters, at most 256; length is what counts (NIST SP 800-63B). */
export const password = z.string().min(10, 'use at least 10 characters').max(256, 'use at most 256 characters');

/** POST /api/v1/login */
export const loginBody = z.strictObject({ username: z.string().min(1).max(64), password: z.string().min(1).max(256) });
/** POST /api/v1/setup/enter: the one-time code of the first start, signs the first admin in. */
export const enterBody = z.strictObject({ code: z.string().min(1).max(64) });
/** POST /api/v1/me/password; `current` may be left out only while the user has no password. */
export const passwordBody = z.strictObject({ current: z.string().max(256).optional(), next: password });
/** PATCH /api/v1/me */
export const profileBody = z.strictObject({
  name: z.string().trim().min(1).max(80).optional(),
  extension: z.string().max(40).nullable().optional(),
});

/** GET /api/v1/setup: what the sign-in page has to know before anybody is signed in. */
export const setupStatus = z.object({
  /** No administrator has a password yet: a one-time code is printed where the server runs. */
  needed: z.boolean(),
  demo: z.boolean(),
  version: z.string(),
});
export type SetupStatus = z.infer<typeof setupStatus>;
