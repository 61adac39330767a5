import type { PrismaClient } from './generated/client';

export interface BookSize {
  readonly total: number;
  /** Those from before the day asked about. */
  readonly old: number;
  /** Epoch ms; null: there is none. */
  readonly oldest: number | null;
}

export type WrittenBook = 'calls' | 'notes' | 'audit' | 'changes' | 'incidents';

/** How much is written down, and how much of it is older; `before` null: nothing is too old. */
export async function sizeOf(prisma: PrismaClient, book: WrittenBook, before: Date | null): Promise<BookSize> {
  const lt = before ?? new Date(0);
  switch (book) {
    case 'calls': {
      const [total, old, ends] = await Promise.all([
        prisma.loggedCall.count(),
        prisma.loggedCall.count({ where: { endedAt: { lt } } }),
        prisma.loggedCall.aggregate({ _min: { endedAt: true } }),
      ]);
      return { total, old, oldest: ends._min.endedAt?.getTime() ?? null };
    }
    case 'notes':
      return sizeIn(prisma.callNote, lt);
    case 'audit':
      return sizeIn(prisma.auditEntry, lt);
    case 'changes':
      return sizeIn(prisma.featureChange, lt);
    case 'incidents':
      return sizeIn(prisma.incident, lt);
  }
}

interface Timed {
  count(query?: { where: { at: { lt: Date } } }): Promise<number>;
  aggregate(query: { _min: { at: true } }): Promise<{ _min: { at: Date | null } }>;
}

async function sizeIn(table: unknown, lt: Date): Promise<BookSize> {
  // The delegates of these tables differ in nothing that is asked here.
  const timed = table as Timed;
  const [total, old, ends] = [
    await timed.count(),
    await timed.count({ where: { at: { lt } } }),
    await timed.aggregate({ _min: { at: true } }),
  ];
  return { total, old, oldest: ends._min.at?.getTime() ?? null };
}
