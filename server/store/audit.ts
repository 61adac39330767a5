import type { AuditRecord } from '../protocol/admin';
import { brokenSeal, type ChainPoint, ChainPoints, hashLine, origin } from './audit-chain';
import { type AuditVerdict, verifyChain } from './audit-verify';
import { breath } from './breath';
import type { Queries } from './database';
import type { Prisma, PrismaClient } from './generated/client';
import { oneLine } from './one-line';
import { RowQueue } from './row-queue';
import type { SecretBox } from './secrets';

export interface AuditLine {
  /** Epoch ms. */
  readonly at: number;
  readonly actor: string;
  /** Id of the session or token; only its beginning is written. Empty: none. */
  readonly session: string;
  readonly address: string;
  readonly action: string;
  readonly target: string;
  /** `ok`, or the error code, with a remark after a colon. */
  readonly result: string;
}

export interface AuditOptions {
  readonly prisma: PrismaClient;
  readonly secrets: SecretBox;
  readonly now: () => number;
  /** Told when lines could not be written; they are kept and tried again with the next line. */
  readonly onError: (error: unknown, waiting: number) => void;
  /** Told the newest line every `tellEvery` lines, for a place outside the database. */
  readonly onHead?: (head: ChainPoint) => void;
  /** At most this many lines wait in memory; the newest are dropped beyond it, and their number is written down. */
  readonly limit?: number;
}

/** What to look for; times are from (inclusive) to (exclusive). */
export interface AuditFilter {
  /** Part of the name of who did it. */
  readonly actor?: string | undefined;
  /** Part of the name of the command. */
  readonly action?: string | undefined;
  /** Part of whom or what it was done to. */
  readonly target?: string | undefined;
  /** Beginning of the session's id. */
  readonly session?: string | undefined;
  /** Part of the address. */
  readonly address?: string | undefined;
  readonly result?: 'ok' | 'refused' | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Only lines with a smaller id. */
  readonly before?: number | undefined;
}

export interface AuditPage {
  readonly entries: AuditRecord[];
  /** Give it as `before` to read on; null: that was the oldest. */
  readonly next: number | null;
}

type Row = Required<Omit<Prisma.AuditEntryCreateManyInput, 'id' | 'prev' | 'hash'>> & { readonly at: Date };

const tellEvery = 1_000;
/** How many lines are looked through at once: a search that finds nothing must not hold the panel up. */
const stride = 10_000;
const pageOfAll = 500;
/** How many are removed in one go: the panel stands still meanwhile. */
const atOnce = 1_000;

/** Who did what. `append` never waits and never fails: an operator's click does not hang on the disk. */
export class AuditLog {
  readonly #rows: RowQueue<AuditLine>;
  readonly #points: ChainPoints;

  constructor(private readonly options: AuditOptions) {
    const { onError, limit } = options;
    this.#points = new ChainPoints(options.secrets);
    this.#rows = new RowQueue({
      write: (lines) => this.#write(lines),
      onError,
      lost: (count) => this.#own('audit.lost', '', `${count} lines lost: the disk was too slow`),
      ...(limit === undefined ? {} : { limit }),
    });
  }

  append(line: AuditLine): void {
    this.#rows.append(line);
  }

  /** Resolves when everything appended so far was written, or could not be. */
  flush(): Promise<void> {
    return this.#rows.flush();
  }

  get queue(): { readonly waiting: number; readonly dropped: number } {
    return this.#rows.state;
  }

  get dropped(): number {
    return this.#rows.dropped;
  }

  /** The newest line that was written; null: none, or its seal cannot be read. */
  async head(): Promise<ChainPoint | null> {
    const head = await this.#points.read(this.options.prisma, 'head');
    return typeof head === 'string' ? null : head;
  }

  /** Newest first. */
  async page(limit: number, filter: AuditFilter = {}): Promise<AuditPage> {
    const { auditEntry } = this.options.prisma;
    const ends = await auditEntry.aggregate({ _min: { id: true }, _max: { id: true } });
    const oldest = ends._min.id ?? 0;
    let upTo = Math.min((ends._max.id ?? 0) + 1, filter.before ?? Number.POSITIVE_INFINITY);
    const entries: AuditRecord[] = [];
    while (entries.length <= limit && upTo > oldest) {
      const rows = await auditEntry.findMany({
        where: { ...toWhere(filter), id: { lt: upTo, gte: upTo - stride } },
        orderBy: { id: 'desc' },
        take: limit + 1 - entries.length,
        omit: { prev: true, hash: true },
      });
      entries.push(...rows.map((row) => ({ ...row, at: row.at.toISOString() })));
      upTo -= stride;
      await breath();
    }
    const page = entries.slice(0, limit);
    return { entries: page, next: entries.length > limit ? (page.at(-1)?.id ?? null) : null };
  }

  /** All of them, newest first, never more than a page in memory. */
  async *all(filter: AuditFilter): AsyncGenerator<AuditRecord> {
    let { before } = filter;
    for (;;) {
      const { entries, next } = await this.page(pageOfAll, { ...filter, before });
      yield* entries;
      await breath();
      if (next === null) return;
      before = next;
    }
  }

  /** Looks through the whole chain, or from line `from` on. Lines that wait are written first. */
  async verify(from?: number): Promise<AuditVerdict> {
    await this.flush();
    return verifyChain(this.options.prisma, this.#points, from);
  }

  /**
   * Removes the lines before the first that is not older; answers how many. The last of them becomes the anchor, so that
   * the rest can still be checked.
   */
  async prune(before: Date): Promise<number> {
    await this.flush();
    let removed = 0;
    for (let count = atOnce; count === atOnce; removed += count) {
      count = await this.options.prisma.$transaction((queries) => this.#prune(queries, before));
      await breath();
    }
    const words = removed === 1 ? 'ok: 1 line' : `ok: ${removed} lines`;
    if (removed > 0) this.append(this.#own('audit.prune', `before ${before.toISOString()}`, words));
    return removed;
  }

  /** Of the oldest no more than `atOnce`. */
  async #prune(queries: Queries, before: Date): Promise<number> {
    const { auditEntry } = queries;
    const [kept] = await auditEntry.findMany({ where: { at: { gte: before } }, orderBy: { id: 'asc' }, take: 1 });
    const old = await auditEntry.findMany({
      ...(kept && { where: { id: { lt: kept.id } } }),
      orderBy: { id: 'asc' },
      take: atOnce,
    });
    const last = old.at(-1);
    if (last === undefined) return 0;
    if (last.hash !== '') await this.#points.write(queries, 'anchor', { id: last.id, hash: last.hash });
    return (await auditEntry.deleteMany({ where: { id: { lte: last.id } } })).count;
  }

  async #write(lines: readonly AuditLine[]): Promise<void> {
    const { prisma, onHead } = this.options;
    const { first, head } = await prisma.$transaction((queries) => this.#chain(queries, lines));
    if (Math.floor(head.id / tellEvery) > Math.floor((first - 1) / tellEvery)) onHead?.(head);
  }

  /** The write lock is held: another process (the command line) chains its lines before or after these. */
  async #chain(queries: Queries, lines: readonly AuditLine[]): Promise<{ first: number; head: ChainPoint }> {
    const sealed = await this.#points.read(queries, 'head');
    const last = await queries.auditEntry.findFirst({ orderBy: { id: 'desc' } });
    const rows = lines.map(toRow);
    const begun = typeof sealed === 'string' ? await this.#begin(queries, sealed, last) : { point: sealed, line: null };
    if (begun.line !== null) rows.unshift(toRow(begun.line));
    let prev = begun.point.hash;
    // An id that somebody else took must not keep the log from being written.
    let id = Math.max(begun.point.id, last?.id ?? 0);
    const first = id + 1;
    const data = rows.map((row) => {
      id += 1;
      const hash = hashLine(prev, { id, ...row });
      const chained = { id, ...row, prev, hash };
      prev = hash;
      return chained;
    });
    await queries.auditEntry.createMany({ data });
    const head = { id, hash: prev };
    await this.#points.write(queries, 'head', head);
    return { first, head };
  }

  /** No head to go on from: the first line ever, the first since there is a chain, or somebody removed the seal. */
  async #begin(
    queries: Queries,
    sealed: 'missing' | 'unreadable',
    last: { readonly id: number; readonly hash: string } | null,
  ): Promise<{ point: ChainPoint; line: AuditLine | null }> {
    const anchor = await this.#points.read(queries, 'anchor');
    const chained = await queries.auditEntry.findFirst({ where: { hash: { not: '' } }, orderBy: { id: 'asc' } });
    const before = { id: last?.id ?? 0, hash: origin };
    if (sealed === 'missing' && anchor === 'missing' && chained === null) {
      await this.#points.write(queries, 'anchor', before);
      return { point: before, line: null };
    }
    if (typeof anchor === 'string') {
      const found = chained === null ? before : { id: chained.id - 1, hash: chained.prev };
      await this.#points.write(queries, 'anchor', found);
    }
    const words = `${sealed}: the seal of the newest line; lines before this one may be wanting`;
    return { point: { ...before, hash: last?.hash || origin }, line: this.#own(brokenSeal, '', words) };
  }

  #own(action: string, target: string, result: string): AuditLine {
    return { at: this.options.now(), actor: 'system', session: '', address: '', action, target, result };
  }
}

function toWhere({
  actor,
  action,
  target,
  session,
  address,
  result,
  from,
  to,
}: AuditFilter): Prisma.AuditEntryWhereInput {
  const done: Prisma.AuditEntryWhereInput = { OR: [{ result: 'ok' }, { result: { startsWith: 'ok:' } }] };
  return {
    ...(actor === undefined ? {} : { actor: { contains: actor } }),
    ...(action === undefined ? {} : { action: { contains: action } }),
    ...(target === undefined ? {} : { target: { contains: target } }),
    ...(session === undefined ? {} : { session: { startsWith: session } }),
    ...(address === undefined ? {} : { address: { contains: address } }),
    ...(result === undefined ? {} : result === 'ok' ? done : { NOT: done }),
    at: { ...(from === undefined ? {} : { gte: new Date(from) }), ...(to === undefined ? {} : { lt: new Date(to) }) },
  };
}

/** Enough to tell sessions apart, too little to be one. */
const sessionLength = 12;

function toRow(line: AuditLine): Row {
  return {
    at: new Date(line.at),
    actor: oneLine(line.actor),
    session: oneLine(line.session).slice(0, sessionLength),
    address: oneLine(line.address),
    action: oneLine(line.action),
    target: oneLine(line.target),
    result: oneLine(line.result),
  };
}
