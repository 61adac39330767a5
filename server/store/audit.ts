import type { AuditRecord } from '../protocol/admin';
import type { PrismaClient } from './generated/client';
import { oneLine } from './one-line';
import { RowQueue } from './row-queue';

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
  readonly now: () => number;
  /** Told when lines could not be written; they are kept and tried again with the next line. */
  readonly onError: (error: unknown, waiting: number) => void;
  /** At most this many lines wait in memory; the newest are dropped beyond it, and their number is written down. */
  readonly limit?: number;
}

export interface AuditPage {
  readonly entries: AuditRecord[];
  /** Give it as `before` to read on; null: that was the oldest. */
  readonly next: number | null;
}

/** Who did what. `append` never waits and never fails: an operator's click does not hang on the disk. */
export class AuditLog {
  readonly #rows: RowQueue<AuditLine>;

  constructor(private readonly options: AuditOptions) {
    const { prisma, onError, limit } = options;
    this.#rows = new RowQueue({
      write: (lines) => prisma.auditEntry.createMany({ data: lines.map(toRow) }),
      onError,
      lost: (count) => this.#lost(count),
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

  get dropped(): number {
    return this.#rows.dropped;
  }

  /** Newest first. */
  async page(limit: number, before?: number): Promise<AuditPage> {
    const rows = await this.options.prisma.auditEntry.findMany({
      where: before === undefined ? {} : { id: { lt: before } },
      orderBy: { id: 'desc' },
      take: limit + 1,
    });
    const entries = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }));
    return { entries, next: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
  }

  /** Removes what is older; answers how many lines. */
  async prune(before: Date): Promise<number> {
    return (await this.options.prisma.auditEntry.deleteMany({ where: { at: { lt: before } } })).count;
  }

  #lost(count: number): AuditLine {
    const result = `${count} lines lost: the disk was too slow`;
    return {
      at: this.options.now(),
      actor: 'system',
      session: '',
      address: '',
      action: 'audit.lost',
      target: '',
      result,
    };
  }
}

function toRow(line: AuditLine) {
  return {
    at: new Date(line.at),
    actor: oneLine(line.actor),
    address: oneLine(line.address),
    action: oneLine(line.action),
    target: oneLine(line.target),
    result: oneLine(line.result),
  };
}
