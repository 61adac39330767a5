import { createHash } from 'node:crypto';
import type { Actor } from '../commands/actor';
import type { StateMaps } from '../protocol/apply';
import type { Limit } from '../protocol/groups';
import { type Audience, type Eye, everyone } from './audiences';
import type { Sight } from './circle';
import { DiscreetEye } from './discreet-eye';
import { NumbersEye } from './numbers-eye';
import { SightEye, TwoEyes } from './sight-eye';

/** What somebody may see; null: everything. */
export interface Viewer {
  /** Whose calls are seen with the numbers of those outside: one's own, and those that the limit reaches. */
  readonly numbers: Sight | null;
  /** Which extensions, queues and places are seen, and with them their calls. */
  readonly records: Sight | null;
  /** Whose own calls are shown though the extension is discreet; left out: nothing is discreet to this one (a machine). */
  readonly discreet?: { readonly own: string | null };
}

/** The records as they are now, and whose phone a device is. */
export interface KnownPbx {
  readonly maps: StateMaps;
  readonly findExtensionByDevice: (device: string) => { readonly number: string } | undefined;
  /** Extensions that tell nobody else whom they speak with outside, as an administrator set; left out: none. */
  readonly discreet?: () => ReadonlySet<string>;
}

type Seeing = Pick<Actor, 'kind' | 'permissions' | 'limits' | 'sees' | 'extension'>;

/** Null: all numbers. A machine sees them: its token was made for that. */
export function sightOf({ kind, permissions, limits, extension }: Omit<Seeing, 'sees'>): Sight | null {
  const limit = limits.callernumbers;
  if (kind === 'token') return null;
  if (!permissions.includes('callernumbers')) return { own: extension, limit: null };
  return limit === undefined ? null : { own: extension, limit };
}

export function viewerOf(actor: Seeing): Viewer {
  const { sees, extension, kind } = actor;
  const viewer = { numbers: sightOf(actor), records: sees === undefined ? null : { own: extension, limit: sees } };
  return kind === 'token' ? viewer : { ...viewer, discreet: { own: extension } };
}

/** The audience of those who see the same: who sees everything shares one. */
export function audienceOf({ numbers, records, discreet }: Viewer, pbx: KnownPbx): Audience {
  const quiet = discreet === undefined ? undefined : pbx.discreet?.();
  const own = discreet?.own ?? null;
  const lowered = quiet !== undefined && quiet.size > 0;
  if (numbers === null && records === null && !lowered) return everyone;
  const known = numbers === null ? 'all' : keyOf(numbers);
  const seen = records === null ? 'all' : keyOf(records);
  // Those whose own extension is not discreet see the same.
  const told = lowered ? ` discreet:${own !== null && quiet.has(own) ? own : ''}` : '';
  return {
    key: `numbers:${known} records:${seen}${told}`,
    open: () => {
      const eyes: Eye[] = [];
      // Numbers first: what they are hidden by is in the whole record.
      if (lowered) eyes.push(new DiscreetEye(own, pbx));
      if (numbers !== null) eyes.push(new NumbersEye(numbers, pbx));
      if (records !== null) eyes.push(new SightEye(records, pbx));
      return eyes.reduce((first, next) => new TwoEyes(first, next));
    },
  };
}

/** Lists may be long, and everybody of a role is asked for at once. */
const digests = new WeakMap<Limit, string>();

function digestOf(limit: Limit): string {
  const known = digests.get(limit);
  if (known !== undefined) return known;
  const { groups: _, ...means } = limit;
  const sorted = Object.entries(means).map(([field, list]) => [field, [...list].sort()] as const);
  const digest = createHash('sha256').update(JSON.stringify(sorted.sort())).digest('hex').slice(0, 32);
  digests.set(limit, digest);
  return digest;
}

function keyOf({ own, limit }: Sight): string {
  return `${JSON.stringify(own)}:${limit === null ? 'nobody' : digestOf(limit)}`;
}
