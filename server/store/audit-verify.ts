import type { AuditVerdict } from '../protocol/admin';
import { brokenSeal, type ChainedLine, type ChainPoint, type ChainPoints, hashLine, origin } from './audit-chain';
import { breath } from './breath';
import type { Queries } from './database';
import type { PrismaClient } from './generated/client';

export type { AuditVerdict } from '../protocol/admin';

const batch = 1_000;

type Row = ChainedLine & { readonly prev: string; readonly hash: string };

/** Where looking begins, and what the end has to be. */
interface Ends {
  readonly anchor: ChainPoint;
  readonly head: ChainPoint;
  /** Newest line there is. */
  readonly last: number;
  readonly unchained: number;
  readonly rows: readonly Row[];
}

/**
 * Looks through the chain from its anchor to its head, a batch at a time. `from`: from that line on, which is then taken
 * as right itself.
 */
export async function verifyChain(prisma: PrismaClient, points: ChainPoints, from?: number): Promise<AuditVerdict> {
  for (;;) {
    const ends = await prisma.$transaction((queries) => readEnds(queries, points, from));
    if ('ok' in ends) return ends;
    const verdict = await walkChain(prisma, ends, from);
    if (verdict.ok) return verdict;
    const anchor = await points.read(prisma, 'anchor');
    // Old lines that the log removed itself meanwhile are not missing: once more, from where it begins now.
    if (typeof anchor === 'string' || anchor.id === ends.anchor.id) return verdict;
  }
}

async function walkChain(prisma: PrismaClient, ends: Ends, from?: number): Promise<AuditVerdict> {
  const walk = new Walk(ends, from);
  let { rows } = ends;
  while (rows.length > 0) {
    const broken = walk.take(rows);
    if (broken !== null) return broken;
    await breath();
    rows = await after(prisma, rows.at(-1)?.id ?? 0, ends.head.id);
  }
  return walk.end();
}

/** In one transaction: what is written or removed meanwhile changes both ends together. */
async function readEnds(queries: Queries, points: ChainPoints, from?: number): Promise<Ends | AuditVerdict> {
  const head = await points.read(queries, 'head');
  const anchor = await points.read(queries, 'anchor');
  const last = await queries.auditEntry.findFirst({ orderBy: { id: 'desc' } });
  const some = await queries.auditEntry.findFirst({ where: { hash: { not: '' } } });
  const empty = { ok: true, checked: 0, from: null, brokenAt: null, reason: null, unchained: 0, head: null } as const;
  if (head === 'missing' && anchor === 'missing' && some === null) {
    return { ...empty, unchained: await queries.auditEntry.count() };
  }
  const unsealed = whyUnsealed('newest', head) ?? whyUnsealed('oldest', anchor);
  if (unsealed !== null || typeof head === 'string' || typeof anchor === 'string') {
    return { ...empty, ok: false, reason: unsealed };
  }
  const unchained = await queries.auditEntry.count({ where: { id: { lte: anchor.id } } });
  const begin = from === undefined ? anchor.id : Math.max(anchor.id, from - 1);
  return { head, anchor, last: last?.id ?? 0, unchained, rows: await after(queries, begin, head.id) };
}

function whyUnsealed(which: string, point: ChainPoint | 'missing' | 'unreadable'): string | null {
  if (point === 'missing') return `The seal of the ${which} line is missing: it was removed from the database.`;
  if (point !== 'unreadable') return null;
  return `The seal of the ${which} line cannot be read: it was changed, or the key file is another one.`;
}

function after(queries: Queries, id: number, upTo: number): Promise<Row[]> {
  const { auditEntry } = queries;
  return auditEntry.findMany({ where: { id: { gt: id, lte: upTo } }, orderBy: { id: 'asc' }, take: batch });
}

class Walk {
  #point: ChainPoint;
  #checked = 0;
  #from: number | null = null;

  constructor(
    private readonly ends: Ends,
    /** The hash before the first line is taken from that line itself. */
    private readonly trusted?: number,
  ) {
    this.#point = ends.anchor;
  }

  /** Null: these are right. */
  take(rows: readonly Row[]): AuditVerdict | null {
    for (const row of rows) {
      if (this.#from === null && this.trusted !== undefined) this.#point = { id: row.id - 1, hash: row.prev };
      this.#from ??= row.id;
      const wrong = whyWrong(row, this.#point);
      if (wrong !== null) return this.#verdict(row.id, wrong);
      this.#point = { id: row.id, hash: row.hash };
      this.#checked += 1;
    }
    return null;
  }

  end(): AuditVerdict {
    const { anchor, head, last, unchained } = this.ends;
    if (this.#checked === 0 && this.trusted !== undefined) {
      return this.#verdict(this.trusted, `There is no line ${this.trusted} or newer in the chain.`);
    }
    if (this.#point.id !== head.id || this.#point.hash !== head.hash) {
      return this.#verdict(this.#point.id + 1, `The newest lines are missing: the log went up to line ${head.id}.`);
    }
    if (unchained > 0 && anchor.hash !== origin) {
      return this.#verdict(anchor.id, 'Somebody else added lines before the oldest one.');
    }
    if (last > head.id) return this.#verdict(head.id + 1, 'Somebody else added lines after the newest one.');
    return this.#verdict(null, null);
  }

  #verdict(brokenAt: number | null, reason: string | null): AuditVerdict {
    const { unchained, head } = this.ends;
    return { ok: reason === null, checked: this.#checked, from: this.#from, brokenAt, reason, unchained, head };
  }
}

function whyWrong(row: Row, before: ChainPoint): string | null {
  if (row.hash === '') return 'This line is not part of the chain: somebody else added it, or removed its hash.';
  if (row.prev !== before.hash) {
    return 'This line does not follow the one before it: lines were removed, added, moved or replaced here.';
  }
  if (hashLine(row.prev, row) !== row.hash) return 'This line was changed after it was written.';
  if (row.action === brokenSeal) return `The log was begun anew here: ${row.result}.`;
  return null;
}
