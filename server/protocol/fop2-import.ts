import { z } from 'zod';
import { buttonKind } from './buttons';
import { role } from './permissions';
import { isoTime } from './records';

/** The import of FOP2's files: looked at first, then applied as it was looked at, and undone again. */

/** By what it must not hold: a pattern of the whole would be too deep for a file of 10 MB. */
const base64 = z.string().refine((text) => text.length % 4 === 0 && !/[^A-Za-z0-9+/=]/.test(text), 'must be Base64');

/** Base64 of a `fop2.cfg`, `buttons.cfg` or `buttons_custom.cfg`, whatever it is called, or of a zip archive of them. */
export const importFile = z.strictObject({ name: z.string().max(255), content: base64 });

export const importChoices = z.strictObject({
  /** The tenant (a section of `fop2.cfg`); null: the first that has users. */
  tenant: z.string().max(200).nullable().default(null),
  /** With the groups and roles that they need. */
  users: z.boolean().default(true),
  buttons: z.boolean().default(true),
  /** Buttons that the PBX does not have are added by hand. */
  missing: z.boolean().default(true),
  recording: z.boolean().default(true),
  /** The manager account of the files as connection to the PBX: it connects at once. */
  connection: z.boolean().default(false),
  /** Of users to whom the files permit nothing. */
  role: role.refine((id) => id !== 'admin', 'administrators are not imported').default('member'),
  /** Users there are already get the role and groups of the files; else they stay as they are. */
  change: z.boolean().default(false),
});
export type ImportChoices = z.infer<typeof importChoices>;

/** POST /api/v1/admin/import/fop2/plan */
export const importPlanBody = z.strictObject({
  files: z.array(importFile).min(1, 'choose a file').max(50, 'give at most 50 files at once'),
  choices: importChoices,
});
export type ImportPlanBody = z.infer<typeof importPlanBody>;

/** POST /api/v1/admin/import/fop2: the same files and choices, and the digest of the plan that was looked at. */
export const importApplyBody = importPlanBody.extend({ digest: z.string().length(64) });
export type ImportApplyBody = z.infer<typeof importApplyBody>;

/** `same`: it is already so. `kept`: it is otherwise, and stays. */
export const importChange = z.enum(['new', 'changed', 'same', 'kept']);
export type ImportChange = z.infer<typeof importChange>;

export const importUser = z.object({
  username: z.string(),
  name: z.string(),
  extension: z.string().nullable(),
  email: z.string().nullable(),
  role: z.string(),
  roleName: z.string(),
  /** Names of the groups that are seen; null: everything. */
  sees: z.array(z.string()).nullable(),
  /** Nobody else has these rights: they are this user's own, and not a role's. */
  ownRights: z.boolean(),
  change: importChange,
  /** What was not taken, or otherwise than it stands there. */
  notes: z.array(z.string()),
});
export type ImportUser = z.infer<typeof importUser>;

export const importGroup = z.object({
  name: z.string(),
  change: importChange,
  /** What it holds, in words. */
  holds: z.string(),
  notes: z.array(z.string()),
});
export type ImportGroup = z.infer<typeof importGroup>;

export const importRole = z.object({
  id: z.string(),
  name: z.string(),
  change: importChange,
  users: z.number().int(),
  permissions: z.array(z.object({ permission: z.string(), groups: z.array(z.string()).nullable() })),
  sees: z.array(z.string()).nullable(),
});
export type ImportRole = z.infer<typeof importRole>;

export const importButton = z.object({
  kind: buttonKind,
  key: z.string(),
  /** As the files name it, such as `SIP/620`. */
  device: z.string(),
  label: z.string(),
  change: importChange,
  /** The PBX does not have it: it is added by hand. */
  added: z.boolean(),
  fields: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
  notes: z.array(z.string()),
});
export type ImportButton = z.infer<typeof importButton>;

export const importSetting = z.object({
  title: z.string(),
  value: z.string(),
  /** Null: there is nothing like it to take it, or it was not chosen; `notes` says why. */
  change: importChange.nullable(),
  notes: z.array(z.string()),
});
export type ImportSetting = z.infer<typeof importSetting>;

/** What became of one line, or of several that were ignored for the same reason. Never a secret. */
export const importRow = z.object({
  file: z.string(),
  line: z.number().int().positive(),
  /** The last line of it. */
  to: z.number().int().positive(),
  /** What stands there: a key or a section; empty: nothing that could be told. */
  key: z.string(),
  outcome: z.enum(['taken', 'partly', 'notTaken', 'ignored']),
  words: z.string(),
});
export type ImportRow = z.infer<typeof importRow>;

export const importCounts = z.object({
  users: z.number().int(),
  groups: z.number().int(),
  roles: z.number().int(),
  buttons: z.number().int(),
  settings: z.number().int(),
});
export type ImportCounts = z.infer<typeof importCounts>;

export const importPlan = z.object({
  /** Of everything that would be changed, and of what it is changed from. */
  digest: z.string(),
  tenant: z.string(),
  tenants: z.array(z.object({ name: z.string(), users: z.number().int(), buttons: z.number().int() })),
  files: z.array(z.object({ name: z.string(), encoding: z.enum(['UTF-8', 'Latin-1']), lines: z.number().int() })),
  /** The PBX was not there: devices could not be looked up. */
  withoutPbx: z.boolean(),
  /** The files hold a manager account. */
  connection: z.object({ host: z.string(), port: z.number().int(), username: z.string() }).nullable(),
  /** How much would be changed. */
  changes: importCounts,
  users: z.array(importUser),
  groups: z.array(importGroup),
  roles: z.array(importRole),
  buttons: z.array(importButton),
  settings: z.array(importSetting),
  rows: z.array(importRow),
});
export type ImportPlan = z.infer<typeof importPlan>;

/**
 * A run. `running`: `done` of `total` steps; `failed`: it was taken back, and `problem` says why; `stopped`: the panel ended
 * while it ran, what it had done can be undone.
 */
export const importRun = z.object({
  id: z.string(),
  at: isoTime,
  by: z.string(),
  state: z.enum(['running', 'done', 'failed', 'stopped', 'undone']),
  undoing: z.boolean(),
  done: z.number().int(),
  total: z.number().int(),
  files: z.array(z.string()),
  tenant: z.string(),
  changes: importCounts,
  problem: z.string().nullable(),
  undoneAt: isoTime.nullable(),
  /** What an undo left as it is, and why. */
  left: z.array(z.string()),
});
export type ImportRun = z.infer<typeof importRun>;

/** Answer of POST …/runs/{id}/invitations: links for those it added and who never signed in; earlier ones end. */
export const importInvitations = z.object({
  links: z.array(
    z.object({
      username: z.string(),
      name: z.string(),
      extension: z.string().nullable(),
      email: z.string().nullable(),
      /** To be put after the panel's address. */
      path: z.string(),
      expiresAt: isoTime,
    }),
  ),
});
export type ImportInvitations = z.infer<typeof importInvitations>;

/** GET …/export: a `fop2.cfg` and a `buttons.cfg` that say what the panel has; `notes`: what these formats cannot say. */
export const importExport = z.object({ fop2: z.string(), buttons: z.string(), notes: z.array(z.string()) });
export type ImportExport = z.infer<typeof importExport>;
