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
  /** What is seen besides oneself; left out: everything. The server sends nothing else. */
  sees: limit.optional(),
  /** The extension whose calls are "mine"; null: none. */
  extension: z.string().nullable(),
  /** False after the one-time link: a password must be set to come back. */
  hasPassword: z.boolean(),
  /** Another system checks who they are: no password is set here. */
  elsewhere: z.literal(true).optional(),
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
/** After the password: POST /api/v1/login/code takes the ticket and the code of the second factor, within five minutes. */
export const codeWanted = z.object({ next: z.literal('code'), ticket: z.string() });
/** Signed in, and served nothing until a second factor is set up (/api/v1/me/second-factor). */
export const enrolmentWanted = z.object({ next: z.literal('enrolment') });
/** What signing in is answered with. */
export const signInAnswer = z.union([codeWanted, enrolmentWanted, me]);
export type SignInAnswer = z.infer<typeof signInAnswer>;

const secretText = z.string().min(1).max(100);
/** A code of the authenticator app, or a recovery code. */
export const secondCode = z.string().trim().min(1, 'enter the code').max(40);

/** POST /api/v1/login/code */
export const codeBody = z.strictObject({ ticket: secretText, code: secondCode });
/** POST /api/v1/invitation: what a link is for. */
export const invitationBody = z.strictObject({ token: secretText });
/** POST /api/v1/invitation/accept: answered as a sign-in. */
export const acceptBody = z.strictObject({ token: secretText, password });
/** Who is invited, by whom, and as what. */
export const invitationShown = z.object({
  username: z.string(),
  name: z.string(),
  roleName: z.string(),
  by: z.string(),
  expiresAt: z.iso.datetime(),
  /** Whether a password was set before: the link sets another one. */
  hasPassword: z.boolean(),
  minLength: z.number().int(),
});
export type InvitationShown = z.infer<typeof invitationShown>;

/** POST /api/v1/setup/enter: the one-time code of the first start, signs the first admin in. */
export const enterBody = z.strictObject({ code: z.string().min(1).max(64) });
/** POST /api/v1/me/password; `current` may be left out only while the user has no password. */
export const passwordBody = z.strictObject({ current: z.string().max(256).optional(), next: password });
/** PATCH /api/v1/me */
export const profileBody = z.strictObject({
  name: z.string().trim().min(1).max(80).optional(),
  extension: z.string().max(40).nullable().optional(),
});

/** POST /api/v1/logout. `next`: where the session ends at the provider of single sign-on as well. */
export const signedOut = z.object({ ok: z.literal(true), next: z.url().optional() });

/** GET /api/v1/setup: what the sign-in page has to know before anybody is signed in. */
export const setupStatus = z.object({
  /** No administrator has a password yet: a one-time code is printed where the server runs. */
  needed: z.boolean(),
  demo: z.boolean(),
  version: z.string(),
  /** This browser is signed in and has to set up a second factor before it is served. */
  enrolment: z.boolean().default(false),
});
export type SetupStatus = z.infer<typeof setupStatus>;
