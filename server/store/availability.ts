import type { PrismaClient } from './generated/client';

/** What is kept of one person's features: JSON that only server/features understands. */
export interface AvailabilityRow {
  readonly number: string;
  readonly value: string;
}

/** Well below SQLite's limit of variables in one statement. */
const chunk = 500;

export class Availability {
  constructor(private readonly prisma: PrismaClient) {}

  load(pbx: string): Promise<readonly AvailabilityRow[]> {
    return this.prisma.availability.findMany({
      where: { pbx },
      select: { number: true, value: true },
      orderBy: { number: 'asc' },
    });
  }

  /** All or nothing; null removes the person. Of one number named twice the last one stays. */
  async save(pbx: string, rows: readonly { readonly number: string; readonly value: string | null }[]): Promise<void> {
    const last = [...new Map(rows.map(({ number, value }) => [number, value]))];
    if (last.length === 0) return;
    await this.prisma.$transaction(async (queries) => {
      for (let from = 0; from < last.length; from += chunk) {
        const part = last.slice(from, from + chunk);
        await queries.availability.deleteMany({ where: { pbx, number: { in: part.map(([number]) => number) } } });
        const kept = part.flatMap(([number, value]) => (value === null ? [] : [{ pbx, number, value }]));
        if (kept.length > 0) await queries.availability.createMany({ data: kept });
      }
    });
  }
}
