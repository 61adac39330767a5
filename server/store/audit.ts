import type { AuditRecord } from '../protocol/admin';
import type { PrismaClient } from './generated/client';

export interface AuditLine {
  /** Epoch ms. */
  readonly at: number;
  readonly actor: string;
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

const batch = 200;

/** Who did what. `append` never waits and never fails: an operator's click does not hang on the disk. */
export class AuditLog {
  readonly #waiting: AuditLine[] = [];
  #dropped = 0;
  #writing: Promise<void> | null = null;

  constructor(private readonly options: AuditOptions) {}

  append(line: AuditLine): void {
    if (this.#waiting.length >= (this.options.limit ?? 10_000)) {
      this.#dropped += 1;
      return;
    }
    this.#waiting.push(line);
    this.kick();
  }

  /** Resolves when everything appended so far was written, or could not be. */
  async flush(): Promise<void> {
    while (this.#writing) await this.#writing;
    if (this.#waiting.length > 0) await this.write();
  }

  get dropped(): number {
    return this.#dropped;
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

  private kick(): void {
    this.#writing ??= this.write().then((written) => {
      this.#writing = null;
      if (written && this.#waiting.length > 0) this.kick();
    });
  }

  /** False when the database refused; what waits is tried again with the next line. */
  private async write(): Promise<boolean> {
    try {
      // Lets the lines of one tick gather.
      await Promise.resolve();
      while (this.#waiting.length > 0) {
        const lines = this.#waiting.slice(0, batch);
        await this.options.prisma.auditEntry.createMany({ data: lines.map(toRow) });
        this.#waiting.splice(0, lines.length);
        this.noteDropped();
      }
      return true;
    } catch (error) {
      this.options.onError(error, this.#waiting.length);
      return false;
    }
  }

  private noteDropped(): void {
    if (this.#dropped === 0) return;
    const result = `${this.#dropped} lines lost: the disk was too slow`;
    this.#dropped = 0;
    this.#waiting.push({
      at: this.options.now(),
      actor: 'system',
      address: '',
      action: 'audit.lost',
      target: '',
      result,
    });
  }
}

function toRow(line: AuditLine) {
  return {
    at: new Date(line.at),
    actor: tidy(line.actor),
    address: tidy(line.address),
    action: tidy(line.action),
    target: tidy(line.target),
    result: tidy(line.result),
  };
}

/** Text of callers and browsers: one line, of bounded length. */
function tidy(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').slice(0, 300);
}
