import { z } from 'zod';
import type { IncidentKind, IncidentPage } from '../protocol/health';
import { incidentKind } from '../protocol/health';
import { breath } from './breath';
import type { Prisma, PrismaClient } from './generated/client';
import { RowQueue } from './row-queue';

/**
 * What is told of an incident. `link`: `{link, problem, lastedMs}` (how long the state before lasted); `repair`: `{list,
 * repairs, keys}`; `tamper`: `{reason, channel, blocks}`; `restart`: `{startedAt}` of Asterisk; `backup`: `{ok, action,
 * name, message}`; `fault`: `{event, message}`.
 */
export interface NewIncident {
  /** Epoch ms. */
  readonly at: number;
  /** Key of the PBX (link.ts `pbxKeyOf`); empty: it is about the panel. */
  readonly pbx: string;
  readonly kind: IncidentKind;
  readonly about: Readonly<Record<string, unknown>>;
}

export interface IncidentsOptions {
  readonly prisma: PrismaClient;
  /** Told when incidents could not be written; they are kept and tried again with the next one. */
  readonly onError: (error: unknown, waiting: number) => void;
}

export interface IncidentFilter {
  readonly kind?: IncidentKind | undefined;
  /** Only rows with a smaller id. */
  readonly before?: number | undefined;
  readonly limit: number;
}

const about = z.record(z.string(), z.unknown());
const longest = 4_000;

/** What happened to the panel and its link. `append` never waits and never fails. */
export class Incidents {
  readonly #rows: RowQueue<NewIncident>;

  constructor(private readonly options: IncidentsOptions) {
    this.#rows = new RowQueue<NewIncident>({
      write: (rows) => options.prisma.incident.createMany({ data: rows.map(toRow) }),
      onError: options.onError,
      lost: () => null,
      limit: 2_000,
    });
  }

  append(incident: NewIncident): void {
    this.#rows.append(incident);
  }

  /** Resolves when everything appended so far was written, or could not be. */
  flush(): Promise<void> {
    return this.#rows.flush();
  }

  get queue(): { readonly waiting: number; readonly dropped: number } {
    return this.#rows.state;
  }

  /** Newest first. */
  async page({ kind, before, limit }: IncidentFilter): Promise<IncidentPage> {
    const rows = await this.options.prisma.incident.findMany({
      where: { ...(kind && { kind }), ...(before !== undefined && { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: limit + 1,
    });
    const page = rows.slice(0, limit);
    return { rows: page.flatMap(toRecord), next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
  }

  /** Removes what is older; answers how many. */
  async prune(before: Date): Promise<number> {
    await this.flush();
    const { count } = await this.options.prisma.incident.deleteMany({ where: { at: { lt: before } } });
    await breath();
    return count;
  }
}

function toRow({ at, about: told, ...rest }: NewIncident): Prisma.IncidentCreateManyInput {
  const text = JSON.stringify(told);
  return { ...rest, at: new Date(at), about: text.length > longest ? '{"tooLong":true}' : text };
}

/** A kind of another version is left out. */
function toRecord(row: Prisma.IncidentGetPayload<object>): IncidentPage['rows'] {
  const kind = incidentKind.safeParse(row.kind);
  if (!kind.success) return [];
  return [{ ...row, at: row.at.toISOString(), kind: kind.data, about: aboutOf(row.about) }];
}

function aboutOf(text: string): Record<string, unknown> {
  try {
    return about.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}
