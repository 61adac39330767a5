import { z } from 'zod';
import { accessSettings, grants, savedAccess } from './access';
import { groupName } from './groups';
import { permission, role } from './permissions';

/** What the administration asks about rights beside the settings themselves. */

/** A group that has another name now: the users' own permissions go on meaning it. */
export const groupRename = z.strictObject({ from: groupName, to: groupName });
export type GroupRename = z.infer<typeof groupRename>;

/** PUT /api/v1/admin/access; `version` is the one that was edited. */
export const saveAccessBody = z.strictObject({
  ...savedAccess.shape,
  renamed: z.array(groupRename).max(500).default([]),
});

/** How many users, and the first of them by name. */
export const usedBy = z.object({
  count: z.number().int(),
  first: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type UsedBy = z.infer<typeof usedBy>;

/** GET /api/v1/admin/access/use: who has which role, and who has permissions or a sight of their own by which group. */
export const accessUse = z.object({
  roles: z.record(z.string(), usedBy),
  groups: z.record(z.string(), usedBy),
});
export type AccessUse = z.infer<typeof accessUse>;

/**
 * POST /api/v1/admin/access/preview: what somebody may see and do. `user`: as they are saved; what is given besides stands
 * instead. `settings` left out: the saved ones; `grants` and `sees` null: as the role.
 */
export const previewBody = z.strictObject({
  settings: accessSettings.optional(),
  user: z.string().max(64).optional(),
  role: role.optional(),
  grants: grants.nullable().optional(),
  sees: z.array(groupName).max(100).nullable().optional(),
  extension: z.string().trim().max(40).nullable().optional(),
});
export type PreviewBody = z.infer<typeof previewBody>;

/** How many, of how many there are, and the first of them in words. */
export const shown = z.object({ count: z.number().int(), of: z.number().int(), first: z.array(z.string()) });
export type Shown = z.infer<typeof shown>;

export const previewRight = z.object({
  permission,
  words: z.string(),
  /** `everybody`: all that are seen. `self`: oneself alone. */
  reach: z.enum(['everybody', 'groups', 'self']),
  extensions: shown,
  queues: shown,
});
export type PreviewRight = z.infer<typeof previewRight>;

export const accessPreview = z.object({
  /** Whether nothing is hidden. */
  everything: z.boolean(),
  sees: z.object({ extensions: shown, queues: shown, conferences: shown, parking: shown, trunks: shown }),
  can: z.array(previewRight),
  cannot: z.array(z.object({ permission, words: z.string() })),
});
export type AccessPreview = z.infer<typeof accessPreview>;
