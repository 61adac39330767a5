import { z } from 'zod';
import { permission } from './permissions';

/** Who may do what to whom: permissions are granted for all, or for named groups of extensions and queues. */

/** What a limited permission holds for; one's own extension is always meant as well. */
export const limit = z.object({
  extensions: z.array(z.string()),
  /** Every extension of these departments (`group` of its record). */
  departments: z.array(z.string()),
  queues: z.array(z.string()),
});
export type Limit = z.infer<typeof limit>;

const groupName = z
  .string()
  .trim()
  .min(1, 'enter a name')
  .max(60)
  .regex(/^[^\p{Cc}]*$/u, 'must be one line');
const key = z.string().trim().min(1).max(80);

export const accessGroup = z.strictObject({
  name: groupName,
  extensions: z.array(key).max(20_000),
  departments: z.array(key).max(2_000),
  queues: z.array(key).max(2_000),
});
export type AccessGroup = z.infer<typeof accessGroup>;

/** `groups` null: for all; else for the members of these groups (and for oneself). */
export const grant = z.strictObject({ permission, groups: z.array(groupName).max(100).nullable() });
export type Grant = z.infer<typeof grant>;
