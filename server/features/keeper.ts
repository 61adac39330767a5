import { z } from 'zod';
import { featureKey, featureOrigin, presenceState } from '../protocol/records';
import { newPerson, type PersonState } from './person';
import type { FeatureValues } from './values';

/** Rows of the database: one JSON text per person and PBX. */
export interface Rows {
  load(pbx: string): Promise<readonly { readonly number: string; readonly value: string }[]>;
  /** `value` null: the row goes. */
  save(pbx: string, rows: readonly { readonly number: string; readonly value: string | null }[]): Promise<void>;
}

const forward = z.object({ to: z.string().nullable(), ringCount: z.number().nullable() });
const presence = z.object({ state: presenceState, subtype: z.string(), message: z.string() });
const kept = z.object({
  values: z.object({ dnd: z.boolean(), always: forward, busy: forward, noAnswer: forward, presence }),
  circumstances: z.partialRecord(
    featureKey,
    featureOrigin.extend({ note: z.string().nullable(), until: z.string().nullable() }),
  ),
  presenceBefore: presence.nullable(),
  untilBefore: z.string().nullable().default(null),
  established: z.array(featureKey),
  /** What each slot held, by `backend/slot`. */
  held: z.record(z.string(), z.string()),
  /** What was being written to those that held something else: found there, it is an echo. */
  due: z.record(z.string(), z.string()).default({}),
});

/** SPEC S1: what is written down of a person; null: nothing worth it. */
export function toRow(state: PersonState): string | null {
  if (state.circumstances.size === 0) return null;
  const due = [...state.slots].flatMap(([key, { backend, name, held }]) => {
    const wanted = backend.view(name, state.values);
    return held === null || held === wanted ? [] : [[key, wanted] as const];
  });
  const held = [...state.slots].flatMap(([key, slot]) => (slot.held === null ? [] : [[key, slot.held] as const]));
  const row: z.infer<typeof kept> = {
    values: state.values,
    circumstances: Object.fromEntries(state.circumstances),
    presenceBefore: state.presenceBefore,
    untilBefore: state.untilBefore,
    established: [...state.established],
    held: { ...Object.fromEntries(state.kept), ...Object.fromEntries(held) },
    due: Object.fromEntries(due),
  };
  return JSON.stringify(row);
}

/** Null: not of this shape; it is then as if never met. */
export function fromRow(number: string, value: string): PersonState | null {
  const parsed = kept.safeParse(parse(value));
  if (!parsed.success) return null;
  const { held, due } = parsed.data;
  const state = newPerson(number, new Map(Object.entries(held)), new Map(Object.entries(due)));
  state.values = parsed.data.values satisfies FeatureValues;
  state.presenceBefore = parsed.data.presenceBefore;
  state.untilBefore = parsed.data.untilBefore;
  for (const [key, circumstance] of Object.entries(parsed.data.circumstances)) {
    if (circumstance !== undefined) state.circumstances.set(featureKey.parse(key), circumstance);
  }
  for (const key of parsed.data.established) state.established.add(key);
  return state;
}

function parse(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

export interface KeeperDeps {
  readonly rows: Rows;
  readonly find: (number: string) => PersonState | undefined;
  readonly setTimeout: (run: () => void, ms: number) => unknown;
  readonly error: (error: unknown) => void;
}

const gatherMs = 200;
/** Rows of one transaction: the database gives up one that takes long, and would so with every attempt. */
const mostAtOnce = 1_000;
/** A database that refused is asked again after so long, ms. */
const retryMs = 5_000;

/** Writes changed persons down, a moment's changes together, one transaction after the other. */
export class Keeper {
  #pbx = '';
  readonly #changed = new Set<string>();
  #planned = false;
  #writing: Promise<void> = Promise.resolve();
  #shared: Promise<void> | null = null;

  constructor(private readonly deps: KeeperDeps) {}

  /** The rows of another PBX from now on; what waits is written under the former one first. */
  async open(pbx: string): Promise<PersonState[]> {
    await this.flush();
    // What could not be written of the former one must not be written under this one.
    this.#changed.clear();
    this.#pbx = pbx;
    const rows = await this.deps.rows.load(pbx);
    return rows.flatMap(({ number, value }) => fromRow(number, value) ?? []);
  }

  changed(number: string): void {
    this.#changed.add(number);
    this.#plan(gatherMs);
  }

  /** As `flush`, for many at once: those who wait for the same transaction share it. */
  written(): Promise<void> {
    this.#shared ??= this.#writing.then(() => {
      this.#shared = null;
      return this.flush();
    });
    return this.#shared;
  }

  /** Resolves when everything that changed so far is written, or has failed and been reported. */
  flush(): Promise<void> {
    const pbx = this.#pbx;
    const numbers = [...this.#changed];
    this.#changed.clear();
    if (numbers.length === 0) return this.#writing;
    const rows = numbers.map((number) => {
      const state = this.deps.find(number);
      return { number, value: state === undefined ? null : toRow(state) };
    });
    for (let from = 0; from < rows.length; from += mostAtOnce) {
      const part = rows.slice(from, from + mostAtOnce);
      this.#writing = this.#writing.then(() => this.#save(pbx, part));
    }
    return this.#writing;
  }

  async #save(pbx: string, rows: Parameters<Rows['save']>[1]): Promise<void> {
    try {
      await this.deps.rows.save(pbx, rows);
    } catch (error) {
      this.deps.error(error);
      // What is in memory is right, and written later.
      for (const { number } of rows) this.#changed.add(number);
      this.#plan(retryMs);
    }
  }

  #plan(ms: number): void {
    if (this.#planned) return;
    this.#planned = true;
    this.deps.setTimeout(() => {
      this.#planned = false;
      void this.flush();
    }, ms);
  }
}
