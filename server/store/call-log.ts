import { type CallNote, callOutcome, type LoggedCall } from '../protocol/call-log';
import type { Party } from '../protocol/records';
import { breath } from './breath';
import type { Queries } from './database';
import { Prisma, type PrismaClient } from './generated/client';
import { oneLine } from './one-line';
import { RowQueue } from './row-queue';

/** A call that is over, as it is written down; times in epoch ms. */
export interface CallToLog extends Omit<LoggedCall, 'notes' | 'extensions' | 'startedAt' | 'answeredAt' | 'endedAt'> {
  readonly startedAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number;
  readonly extensions: readonly string[];
}

export interface CallLogOptions {
  readonly prisma: PrismaClient;
  /** Told when calls could not be written; they are kept and tried again with the next one. */
  readonly onError: (error: unknown, waiting: number) => void;
  /** Told when too many waited and so many of the newest were dropped. */
  readonly onLost: (count: number) => void;
  /** At most this many calls wait in memory. */
  readonly limit?: number;
}

/** Calls in which one of these took part; lists may be long. */
export interface CallScope {
  readonly extensions: readonly string[];
  readonly queues: readonly string[];
}

export interface CallFilter {
  readonly pbx: string;
  /** Of one side, exactly. */
  readonly number?: string | undefined;
  /** Took part, or is one side. */
  readonly extension?: string | undefined;
  /** Only calls in every one of these; left out: all. */
  readonly scopes?: readonly CallScope[] | undefined;
  /** With `number` or `extension`: no calls in which one of these took part. */
  readonly without?: readonly string[] | undefined;
  /** Only rows with a smaller number. */
  readonly before?: number | undefined;
}

export interface StoredCalls {
  readonly rows: readonly LoggedCall[];
  /** Give it as `before` to read on; null: that was the oldest. */
  readonly next: number | null;
}

type Waiting = CallToLog & { readonly pbx: string };
type Stored = Prisma.LoggedCallGetPayload<object>;
type Kind = 'side' | 'extension' | 'queue';

const pageOfAll = 500;
/** How many are removed in one go: the panel stands still meanwhile. */
const atOnce = 200;

/** Calls that are over. `append` never waits and never fails; a call is in it once, by its id and its start. */
export class CallLog {
  readonly #rows: RowQueue<Waiting>;

  constructor(private readonly options: CallLogOptions) {
    const { prisma, onError, onLost, limit } = options;
    this.#rows = new RowQueue<Waiting>({
      write: (calls) => prisma.$transaction((queries) => writeNew(queries, calls)),
      onError,
      lost: (count) => {
        onLost(count);
        return null;
      },
      ...(limit === undefined ? {} : { limit }),
    });
  }

  append(pbx: string, call: CallToLog): void {
    this.#rows.append({ ...call, pbx });
  }

  /** Resolves when everything appended so far was written, or could not be. */
  flush(): Promise<void> {
    return this.#rows.flush();
  }

  get queue(): { readonly waiting: number; readonly dropped: number } {
    return this.#rows.state;
  }

  /** Newest first, with their notes. */
  async page(filter: CallFilter, limit: number): Promise<StoredCalls> {
    const { prisma } = this.options;
    const found = await prisma.$queryRaw<{ id: number | bigint }[]>(rowsOf(filter, limit + 1));
    const ids = found.slice(0, limit).map(({ id }) => Number(id));
    const rows = await prisma.loggedCall.findMany({ where: { id: { in: ids } }, orderBy: { id: 'desc' } });
    const notes = await this.#notesOf(filter.pbx, [...new Set(rows.map(({ call }) => call))]);
    const next = found.length > limit ? (ids.at(-1) ?? null) : null;
    return { rows: rows.map((row) => toCall(row, notes.get(row.call) ?? [])), next };
  }

  /** All of them, newest first, never more than a page in memory. */
  async *all(filter: CallFilter): AsyncGenerator<LoggedCall> {
    let { before } = filter;
    for (;;) {
      const { rows, next } = await this.page({ ...filter, before }, pageOfAll);
      yield* rows;
      await breath();
      if (next === null) return;
      before = next;
    }
  }

  /** The newest call of that id; null: there is none. */
  async find(pbx: string, id: string): Promise<LoggedCall | null> {
    await this.flush();
    const row = await this.options.prisma.loggedCall.findFirst({ where: { pbx, call: id }, orderBy: { id: 'desc' } });
    return row && toCall(row, (await this.#notesOf(pbx, [id])).get(id) ?? []);
  }

  /** Removes what is older, of all PBXs; answers how many rows. */
  async prune(before: Date): Promise<number> {
    const { loggedCall } = this.options.prisma;
    for (let removed = 0; ; ) {
      const old = await loggedCall.findMany({ where: { endedAt: { lt: before } }, select: { id: true }, take: atOnce });
      if (old.length === 0) return removed;
      removed += (await loggedCall.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } })).count;
      await breath();
    }
  }

  async #notesOf(pbx: string, calls: readonly string[]): Promise<ReadonlyMap<string, CallNote[]>> {
    const { callNote } = this.options.prisma;
    const rows = await callNote.findMany({ where: { pbx, call: { in: [...calls] } }, orderBy: { at: 'asc' } });
    const notes = new Map<string, CallNote[]>();
    for (const { call, by, at, text } of rows) {
      notes.set(call, [...(notes.get(call) ?? []), { by, at: at.toISOString(), text }]);
    }
    return notes;
  }
}

async function writeNew(queries: Queries, calls: readonly Waiting[]): Promise<void> {
  const distinct = (of: (call: Waiting) => string): string[] => [...new Set(calls.map(of))];
  const known = await queries.loggedCall.findMany({
    where: { pbx: { in: distinct(({ pbx }) => pbx) }, call: { in: distinct(({ id }) => id) } },
    select: { pbx: true, call: true, startedAt: true },
  });
  const written = new Set(known.map(({ pbx, call, startedAt }) => keyOf(pbx, call, startedAt.getTime())));
  const fresh = calls.filter(({ pbx, id, startedAt }) => {
    const key = keyOf(pbx, id, startedAt);
    return !written.has(key) && written.add(key);
  });
  const rows = await queries.loggedCall.createManyAndReturn({
    data: fresh.map(toRow),
    select: { id: true, pbx: true, call: true, startedAt: true },
  });
  const rowOf = new Map(rows.map(({ id, pbx, call, startedAt }) => [keyOf(pbx, call, startedAt.getTime()), id]));
  const parties = fresh.flatMap((call) => {
    const callRow = rowOf.get(keyOf(call.pbx, call.id, call.startedAt));
    return callRow === undefined ? [] : partiesOf(call).map((party) => ({ callRow, pbx: call.pbx, ...party }));
  });
  await queries.callParty.createMany({ data: parties });
}

function keyOf(pbx: string, call: string, startedAt: number): string {
  return JSON.stringify([pbx, call, startedAt]);
}

function toRow({ pbx, id, from, to, queue, did, extensions, outcome, ...times }: Waiting) {
  return {
    pbx,
    call: id,
    startedAt: new Date(times.startedAt),
    answeredAt: times.answeredAt === null ? null : new Date(times.answeredAt),
    endedAt: new Date(times.endedAt),
    fromNumber: oneLine(from.number),
    fromName: oneLine(from.name),
    toNumber: oneLine(to.number),
    toName: oneLine(to.name),
    queue: queue === null ? null : oneLine(queue),
    did: did === null ? null : oneLine(did),
    outcome,
    extensions: JSON.stringify(extensions),
  };
}

/** By whom it will be found. */
function partiesOf(call: Waiting): { kind: Kind; key: string }[] {
  const sides = [call.from, call.to].map(({ number }) => oneLine(number));
  const keys: Record<Kind, readonly string[]> = {
    side: sides,
    extension: [...call.extensions, ...sides],
    queue: call.queue === null ? [] : [oneLine(call.queue)],
  };
  return (Object.keys(keys) as Kind[]).flatMap((kind) =>
    [...new Set(keys[kind])].filter((key) => key !== '').map((key) => ({ kind, key })),
  );
}

/**
 * The row numbers, newest first. Each way leads along an index in the order wanted, so that a million calls do not slow
 * down a page of five.
 */
export function rowsOf(filter: CallFilter, limit: number): Prisma.Sql {
  const { pbx, number, extension, scopes = [], without = [], before } = filter;
  const upTo = before ?? Number.MAX_SAFE_INTEGER;
  const [kind, key] = number !== undefined ? ['side', number] : ['extension', extension];
  const [scope, ...others] = scopes;
  if (key === undefined && scope !== undefined) return rowsOfScope(pbx, scope, others, upTo, limit);
  if (key === undefined) {
    // The plus keeps SQLite from an index that would find all calls of the PBX first and sort them then.
    return Prisma.sql`SELECT "id" FROM "LoggedCall" WHERE +"pbx" = ${pbx} AND "id" < ${upTo} ORDER BY "id" DESC LIMIT ${limit}`;
  }
  const also = scopes.map(inScope);
  if (without.length > 0) also.push(Prisma.sql`NOT ${inScope({ extensions: without, queues: [] })}`);
  if (number !== undefined && extension !== undefined) also.push(hasParty('extension', extension));
  return Prisma.sql`SELECT p."callRow" AS "id" FROM "CallParty" p
    WHERE p."pbx" = ${pbx} AND p."kind" = ${kind} AND p."key" = ${key} AND p."callRow" < ${upTo} ${allOf(also)}
    ORDER BY p."callRow" DESC LIMIT ${limit}`;
}

function allOf(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.empty : Prisma.sql`AND ${Prisma.join([...conditions], ' AND ')}`;
}

function hasParty(kind: Kind, key: string): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM "CallParty" o WHERE o."callRow" = p."callRow" AND o."kind" = ${kind} AND o."key" = ${key})`;
}

function inScope(scope: CallScope): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM "CallParty" o JOIN json_each(${keysOf(scope)}) k
    ON o."kind" = k."value"->>0 AND o."key" = k."value"->>1 WHERE o."callRow" = p."callRow")`;
}

/** Of each extension and queue no more than a page, and of these the newest; further scopes need to look at all. */
function rowsOfScope(
  pbx: string,
  scope: CallScope,
  others: readonly CallScope[],
  upTo: number,
  limit: number,
): Prisma.Sql {
  const page = Prisma.sql`AND p."callRow" >= COALESCE((SELECT q."callRow" FROM "CallParty" q
    WHERE q."pbx" = ${pbx} AND q."kind" = k."value"->>0 AND q."key" = k."value"->>1 AND q."callRow" < ${upTo}
    ORDER BY q."callRow" DESC LIMIT 1 OFFSET ${limit}), 0)`;
  return Prisma.sql`SELECT DISTINCT p."callRow" AS "id" FROM json_each(${keysOf(scope)}) k CROSS JOIN "CallParty" p
    WHERE p."pbx" = ${pbx} AND p."kind" = k."value"->>0 AND p."key" = k."value"->>1 AND p."callRow" < ${upTo}
      ${others.length === 0 ? page : allOf(others.map(inScope))}
    ORDER BY p."callRow" DESC LIMIT ${limit}`;
}

function keysOf({ extensions, queues }: CallScope): string {
  return JSON.stringify([...extensions.map((key) => ['extension', key]), ...queues.map((key) => ['queue', key])]);
}

function toCall(row: Stored, notes: readonly CallNote[]): LoggedCall {
  const party = (number: string, name: string): Party => ({ number, name });
  // Of another version: an outcome that this one does not know.
  const outcome = callOutcome.safeParse(row.outcome);
  return {
    id: row.call,
    from: party(row.fromNumber, row.fromName),
    to: party(row.toNumber, row.toName),
    queue: row.queue,
    did: row.did,
    startedAt: row.startedAt.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
    endedAt: row.endedAt.toISOString(),
    outcome: outcome.success ? outcome.data : row.answeredAt === null ? 'missed' : 'answered',
    extensions: (JSON.parse(row.extensions) as unknown[]).map(String),
    notes: [...notes],
  };
}
