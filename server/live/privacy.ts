import { createHash } from 'node:crypto';
import type { Actor } from '../commands/actor';
import type { StateMaps } from '../protocol/apply';
import type { Limit } from '../protocol/groups';

import { type Audience, everyone } from './audiences';
import { NumbersEye } from './numbers-eye';

/** Whose calls somebody may see with the numbers of those outside: their own, and those that the limit reaches. */
export interface Sight {
  readonly own: string | null;
  readonly limit: Limit | null;
}

/** The records as they are now, and whose phone a device is. */
export interface KnownPbx {
  readonly maps: StateMaps;
  readonly findExtensionByDevice: (device: string) => { readonly number: string } | undefined;
}

/** Null: all numbers. A machine sees them: its token was made for that. */
export function sightOf({
  kind,
  permissions,
  limits,
  extension,
}: Pick<Actor, 'kind' | 'permissions' | 'limits' | 'extension'>): Sight | null {
  const limit = limits.callernumbers;
  if (kind === 'token') return null;
  if (!permissions.includes('callernumbers')) return { own: extension, limit: null };
  return limit === undefined ? null : { own: extension, limit };
}

/** The audience of those who see the same: who sees all numbers shares one. */
export function audienceOf(sight: Sight | null, pbx: KnownPbx): Audience {
  if (sight === null) return everyone;
  return { key: keyOf(sight), open: () => new NumbersEye(sight, pbx) };
}

function keyOf({ own, limit }: Sight): string {
  const sorted = (list: readonly string[] = []): string[] => [...list].sort();
  const parts = [own, sorted(limit?.extensions), sorted(limit?.departments), sorted(limit?.queues)];
  return `numbers:${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)}`;
}
