import { z } from 'zod';
import { nameLine } from './name-line';

/** Who and what belongs together: groups that permissions and what is seen are limited to. */

/** Kinds of things a group can hold, and can hold all of: those that come later too. */
export const groupKind = z.enum(['extensions', 'queues', 'conferences', 'parking', 'trunks']);
export type GroupKind = z.infer<typeof groupKind>;

/** What a limited permission holds for, or somebody sees; one's own extension is always meant as well. */
export const limit = z.object({
  /** Names of the groups that it is made of, for words; empty: for oneself alone. */
  groups: z.array(z.string()).default([]),
  extensions: z.array(z.string()),
  /** Every extension of these departments (`group` of its record). */
  departments: z.array(z.string()),
  queues: z.array(z.string()),
  conferences: z.array(z.string()).default([]),
  /** Names of parking lots. */
  parking: z.array(z.string()).default([]),
  trunks: z.array(z.string()).default([]),
  /** Everything of these kinds, whatever the lists name. */
  all: z.array(groupKind).default([]),
});
export type Limit = z.infer<typeof limit>;

/** For oneself alone. */
export const nobodyElse: Limit = {
  groups: [],
  extensions: [],
  departments: [],
  queues: [],
  conferences: [],
  parking: [],
  trunks: [],
  all: [],
};

export const groupName = nameLine(60);
const key = z.string().trim().min(1).max(80);

export const accessGroup = z.strictObject({
  name: groupName,
  extensions: z.array(key).max(20_000),
  departments: z.array(key).max(2_000),
  queues: z.array(key).max(2_000),
  conferences: z.array(key).max(2_000).default([]),
  parking: z.array(key).max(2_000).default([]),
  trunks: z.array(key).max(2_000).default([]),
  all: z.array(groupKind).max(groupKind.options.length).default([]),
});
export type AccessGroup = z.infer<typeof accessGroup>;

/** A group of nobody, to begin with. */
export function emptyGroup(name: string): AccessGroup {
  const { groups: _, ...nothing } = nobodyElse;
  return { name, ...nothing };
}

/** What these groups hold together. */
export function limitOf(groups: readonly AccessGroup[]): Limit {
  const together = <F extends Exclude<keyof AccessGroup, 'name'>>(field: F): AccessGroup[F] =>
    [...new Set(groups.flatMap((group) => group[field] as string[]))] as AccessGroup[F];
  return {
    groups: groups.map(({ name }) => name),
    extensions: together('extensions'),
    departments: together('departments'),
    queues: together('queues'),
    conferences: together('conferences'),
    parking: together('parking'),
    trunks: together('trunks'),
    all: together('all'),
  };
}
