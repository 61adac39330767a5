import { type FeatureChange, featureChange, type HistoryPage, type HistoryQuery } from '../protocol/availability';
import type { Prisma, PrismaClient } from './generated/client';
import { oneLine } from './one-line';
import { RowQueue } from './row-queue';

export interface HistoryOptions {
  readonly prisma: PrismaClient;
  /** Told when changes could not be written; they are kept and tried again with the next one. */
  readonly onError: (error: unknown, waiting: number) => void;
  /** Told when too many waited and so many of the newest were dropped. */
  readonly onLost: (count: number) => void;
  /** At most this many changes wait in memory. */
  readonly limit?: number;
}

/** What to look for; times are from (inclusive) to (exclusive). */
export type HistoryFilter = Omit<HistoryQuery, 'limit'> & { readonly pbx: string };

type Row = Omit<Prisma.FeatureChangeCreateManyInput, 'id'>;

const pageOfAll = 500;

/** Every change of do-not-disturb, forwarding and presence. `append` never waits and never fails. */
export class FeatureHistory {
  readonly #rows: RowQueue<Row>;

  constructor(private readonly options: HistoryOptions) {
    const { prisma, onError, onLost, limit } = options;
    this.#rows = new RowQueue<Row>({
      write: (rows) => prisma.featureChange.createMany({ data: [...rows] }),
      onError,
      lost: (count) => {
        onLost(count);
        return null;
      },
      ...(limit === undefined ? {} : { limit }),
    });
  }

  append(pbx: string, change: Omit<FeatureChange, 'id'>): void {
    this.#rows.append(toRow(pbx, change));
  }

  /** Resolves when everything appended so far was written, or could not be. */
  flush(): Promise<void> {
    return this.#rows.flush();
  }

  get queue(): { readonly waiting: number; readonly dropped: number } {
    return this.#rows.state;
  }

  /** Newest first. */
  async page({ limit, ...filter }: HistoryQuery & { readonly pbx: string }): Promise<HistoryPage> {
    const found = await this.options.prisma.featureChange.findMany({
      where: toWhere(filter),
      orderBy: { id: 'desc' },
      take: limit + 1,
    });
    const page = found.slice(0, limit);
    return { rows: page.flatMap(toChange), next: found.length > limit ? (page.at(-1)?.id ?? null) : null };
  }

  /** All of them, newest first, never more than a page in memory; what is appended meanwhile is not among them. */
  async *all(filter: HistoryFilter): AsyncGenerator<FeatureChange> {
    let before = filter.before;
    for (;;) {
      const { rows, next } = await this.page({ ...filter, before, limit: pageOfAll });
      yield* rows;
      if (next === null) return;
      before = next;
    }
  }

  /** Removes what is older, of all PBXs; answers how many rows. */
  async prune(before: Date): Promise<number> {
    return (await this.options.prisma.featureChange.deleteMany({ where: { at: { lt: before } } })).count;
  }
}

function toWhere({ pbx, extension, feature, from, to, before }: HistoryFilter): Prisma.FeatureChangeWhereInput {
  return {
    pbx,
    ...(extension === undefined ? {} : { number: extension }),
    ...(feature === undefined ? {} : { feature }),
    ...(before === undefined ? {} : { id: { lt: before } }),
    at: { ...(from === undefined ? {} : { gte: new Date(from) }), ...(to === undefined ? {} : { lt: new Date(to) }) },
  };
}

function toRow(pbx: string, change: Omit<FeatureChange, 'id'>): Row {
  const { at, number, feature, from, to, source, by, note, until } = change;
  return {
    pbx,
    at: new Date(at),
    number,
    feature,
    from: oneLine(from),
    to: oneLine(to),
    source,
    by: by === null ? null : oneLine(by),
    note: note === null ? null : oneLine(note),
    until: until === null ? null : new Date(until),
  };
}

/** A row of another version, of a feature or source that this one does not know, is left out. */
function toChange({ pbx: _, ...row }: Prisma.FeatureChangeGetPayload<object>): FeatureChange[] {
  const { at, until } = row;
  const known = featureChange.safeParse({ ...row, at: at.toISOString(), until: until?.toISOString() ?? null });
  return known.success ? [known.data] : [];
}
