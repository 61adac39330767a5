import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Queries } from './database';
import type { SecretBox } from './secrets';

/** What a line of the audit log is made of, as it is hashed. */
export interface ChainedLine {
  readonly id: number;
  readonly at: Date;
  readonly actor: string;
  readonly session: string;
  readonly address: string;
  readonly action: string;
  readonly target: string;
  readonly result: string;
}

/** A line and its hash: the newest that was written, or the last that stands before the chain. */
export interface ChainPoint {
  readonly id: number;
  readonly hash: string;
}

/** Follows the lines from before the chain. */
export const origin = '0'.repeat(64);

/** Written when the head was missing or unreadable: what stood before it can no longer be vouched for. */
export const brokenSeal = 'audit.seal';

/** SHA-256 over the hash before and the line, as lowercase hex. JSON tells where each field ends. */
export function hashLine(prev: string, line: ChainedLine): string {
  const { id, at, actor, session, address, action, target, result } = line;
  const canonical = JSON.stringify([1, id, at.getTime(), actor, session, address, action, target, result]);
  return createHash('sha256').update(`${prev}\n${canonical}`).digest('hex');
}

const points = { head: 'audit.head', anchor: 'audit.anchor' } as const;
const point = z.strictObject({ id: z.number().int().nonnegative(), hash: z.string().regex(/^[0-9a-f]{64}$/) });

/** `missing`: there is none. `unreadable`: it was changed, or sealed with another key. */
export type ReadPoint = ChainPoint | 'missing' | 'unreadable';

/**
 * The two ends of the chain, in the settings, sealed with the key file outside the database: `head` is the newest line,
 * `anchor` the last one that is not checked any more, removed by age or from before the chain.
 */
export class ChainPoints {
  constructor(private readonly secrets: SecretBox) {}

  async read(queries: Queries, which: keyof typeof points): Promise<ReadPoint> {
    const key = points[which];
    const row = await queries.setting.findUnique({ where: { key } });
    if (row === null) return 'missing';
    try {
      return point.parse(JSON.parse(this.secrets.open(row.value, key)));
    } catch {
      return 'unreadable';
    }
  }

  async write(queries: Queries, which: keyof typeof points, { id, hash }: ChainPoint): Promise<void> {
    const key = points[which];
    const value = this.secrets.seal(JSON.stringify({ id, hash }), key);
    await queries.setting.upsert({ where: { key }, create: { key, value, version: 1 }, update: { value } });
  }
}
