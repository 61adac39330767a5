import { randomUUID } from 'node:crypto';
import type { ConfiguredRow, PbxEvent } from '../pbx/events';
import {
  type ButtonConflict,
  type ButtonId,
  type ButtonKind,
  type ButtonPatch,
  type ButtonRecord,
  type ButtonsChanged,
  buttonKind,
  type FoundFields,
  foreignField,
  kindWords,
  nothingSet,
  notOfKind,
} from '../protocol/buttons';
import type { Failure } from '../protocol/errors';
import { breath } from '../store/breath';
import type { Buttons } from '../store/buttons';
import { ConflictError } from '../store/errors';
import { Mutex } from '../store/mutex';
import { concerned } from './concerned';
import { newRow, patched, type Row, readRow, recordOf, sameFound, toStored } from './row';

/** What the model knows of the PBX itself. */
export interface FoundPort {
  found(kind: ButtonKind, key: string): FoundFields | null;
  foundKeys(kind: ButtonKind): readonly string[];
}

export interface ButtonBookDeps {
  readonly store: Pick<Buttons, 'load' | 'save' | 'note' | 'remove'>;
  readonly model: FoundPort;
  /** To the model. */
  readonly emit: (event: PbxEvent) => void;
  readonly clock: {
    now(): number;
    setTimeout(run: () => void, ms: number): unknown;
    clearTimeout(timer: unknown): void;
  };
  readonly log: { error(fields: object, message: string): void };
}

/** One change of the administrator. */
export interface ButtonChange extends ButtonId {
  /** The one that was edited; left out: whatever it is now. */
  readonly version?: number | undefined;
  readonly set: ButtonPatch;
  /** By hand, where there is no such row yet. */
  readonly add?: boolean;
}

/** A field that a row of this kind does not have. */
export class ButtonFieldError extends Error {
  override readonly name = 'ButtonFieldError';
  readonly failure: Failure;
  constructor(field: string, message: string) {
    super(message);
    this.failure = { ok: false, error: 'invalid', message, field };
  }
}

/** News of the PBX gathers for so long before it is written down. */
const settleMs = 300;
/** Rows looked at in one go: nothing else runs meanwhile. */
const atOnce = 500;

/**
 * The administrator's table of everything on the panel: what the PBX has, what was set for it, and what vanished. Held in
 * memory, written to the database; the model shows it.
 */
export class ButtonBook {
  readonly #rows: Readonly<Record<ButtonKind, Map<string, Row>>> = {
    extension: new Map(),
    queue: new Map(),
    ringgroup: new Map(),
    conference: new Map(),
    park: new Map(),
    trunk: new Map(),
  };
  #pbx = '';
  readonly #epoch = randomUUID().slice(0, 8);
  #changes = 0;
  /** What the PBX told news of; null: of all that are of this kind. */
  #news = new Map<ButtonKind, Set<string> | null>();
  /** Rows as found, on their way to the disk. */
  #unwritten = new Set<Row>();
  #timer: unknown = null;
  readonly #mutex = new Mutex();

  constructor(private readonly deps: ButtonBookDeps) {}

  /** The rows of this PBX from now on; to be awaited before its first event. */
  async follow(pbx: string): Promise<void> {
    // At once: what the former PBX lost by being left is not told of this one, nor of that.
    this.#forgetNews();
    const unwritten = [...this.#unwritten];
    this.#unwritten.clear();
    const former = this.#pbx;
    await this.#mutex.run(async () => {
      await this.#note(former, unwritten);
      const rows = await this.deps.store.load(pbx);
      this.#forgetNews();
      this.#unwritten.clear();
      this.#pbx = pbx;
      this.#changes += 1;
      for (const kind of buttonKind.options) this.#rows[kind].clear();
      for (const row of rows) this.#rows[row.kind].set(row.key, readRow(row));
      const at = this.deps.clock.now();
      this.deps.emit({ type: 'configured.clear', at });
      const shown = this.#all().filter((row) => row.added || row.own !== nothingSet);
      this.deps.emit({ type: 'configured', at, rows: shown.map(configuredOf) });
    });
  }

  /** Every event, after the model has had it. */
  observe(event: PbxEvent): void {
    const about = concerned(event);
    if (about === null) return;
    const { kind, key } = about;
    const news = this.#news.get(kind);
    if (key === null || news === null) this.#news.set(kind, null);
    else if (news === undefined) this.#news.set(kind, new Set([key]));
    else news.add(key);
    this.#arm();
  }

  /** All rows, in the order of their kinds; changes with the digest. */
  list(): ButtonRecord[] {
    this.#look();
    const rooms = this.deps.model.foundKeys('conference').filter((key) => !this.#rows.conference.has(key));
    return [...this.#all(), ...rooms.map((key) => newRow('conference', key))].map(recordOf);
  }

  /** One row as it is now; null: there is none. */
  find({ kind, key }: ButtonId): ButtonRecord | null {
    const row = this.#row(kind, key);
    return row === null ? null : recordOf(row);
  }

  /** Another one whenever an administrator changed something, or rows came or went. */
  get digest(): string {
    return `${this.#epoch}.${this.#changes}`;
  }

  /**
   * Changes rows, all at once; what somebody else changed since `version` is left as it is, and told. With a `digest`
   * it is all or nothing: throws ConflictError when that is not the present one. Throws ButtonFieldError.
   */
  change(changes: readonly ButtonChange[], by: string, digest?: string): Promise<ButtonsChanged> {
    return this.#mutex.run(async () => {
      if (digest !== undefined && digest !== this.digest) throw new ConflictError(changedMeanwhile);
      const conflicts: ButtonConflict[] = [];
      const rows = new Map<string, Row>();
      for (const [index, one] of changes.entries()) {
        const foreign = foreignField(one.kind, one.set);
        if (foreign !== null) throw new ButtonFieldError(`edits.${index}.set.${foreign}`, notOfKind(one.kind, foreign));
        const id = `${one.kind} ${one.key}`;
        const next = this.#changed(one, by, rows.get(id));
        if ('message' in next) conflicts.push(next);
        else rows.set(id, next);
      }
      if (digest !== undefined && conflicts.length > 0) throw new ConflictError(changedMeanwhile);
      await this.#save([...rows.values()].filter((row) => row !== this.#rows[row.kind].get(row.key)));
      return { digest: this.digest, changed: [...rows.values()].map(recordOf), conflicts };
    });
  }

  /** A row by hand. Throws ConflictError when there is one already. */
  async add({ kind, key, set }: ButtonId & { readonly set: ButtonPatch }, by: string): Promise<ButtonRecord> {
    const known = this.#row(kind, key);
    if (known !== null && known.vanishedAt === null) {
      throw new ConflictError(`there is already a row for the ${kindWords[kind]} ${key}`);
    }
    const { changed } = await this.change([{ kind, key, set, add: true }], by);
    return changed[0] as ButtonRecord;
  }

  /** Removes rows that the PBX does not have; of others a row that was added by hand is one no more. */
  forget(ids: readonly ButtonId[]): Promise<{ digest: string; forgotten: number; conflicts: ButtonConflict[] }> {
    return this.#mutex.run(async () => {
      this.#look();
      const rows = ids.flatMap(({ kind, key }) => this.#rows[kind].get(key) ?? []);
      const gone = rows.filter((row) => this.deps.model.found(row.kind, row.key) === null);
      const stay = rows.filter((row) => !gone.includes(row));
      await this.deps.store.remove(this.#pbx, gone);
      for (const row of gone) {
        this.#rows[row.kind].delete(row.key);
        this.#unwritten.delete(row);
      }
      if (gone.length > 0) this.#changes += 1;
      this.#emit(gone.map((row) => ({ ...row, own: nothingSet, added: false })));
      await this.#save(stay.filter(({ added }) => added).map((row) => ({ ...row, added: false })));
      const conflicts = stay.filter(({ added }) => !added).map(inUse);
      return { digest: this.digest, forgotten: rows.length - conflicts.length, conflicts };
    });
  }

  /** Resolves when what was found so far is written, or could not be. */
  async flush(): Promise<void> {
    this.deps.clock.clearTimeout(this.#timer);
    await this.#settle();
  }

  #all(): Row[] {
    return buttonKind.options.flatMap((kind) => [...this.#rows[kind].values()]);
  }

  /** A row that is not there yet is, as soon as the PBX has such a thing. */
  #row(kind: ButtonKind, key: string): Row | null {
    const known = this.#rows[kind].get(key);
    if (known !== undefined) return known;
    const found = this.deps.model.found(kind, key);
    return found === null ? null : newRow(kind, key, found);
  }

  #changed(one: ButtonChange, by: string, before: Row | undefined): Row | ButtonConflict {
    const { kind, key, version, set, add = false } = one;
    const known = before ?? this.#row(kind, key);
    if (known === null && !add) return { kind, key, message: `There is no ${kindWords[kind]} ${key}.`, now: null };
    const row = known ?? newRow(kind, key);
    if (version !== undefined && version !== row.version) {
      const who = row.by ?? 'Somebody else';
      return { kind, key, message: `${who} changed this row in the meantime.`, now: recordOf(row) };
    }
    const own = patched(row.own, set);
    const byHand = row.added || (add && this.deps.model.found(kind, key) === null);
    if (own === row.own && byHand === row.added) return row;
    const vanishedAt = byHand ? null : row.vanishedAt;
    return { ...row, own, added: byHand, vanishedAt, version: row.version + 1, by };
  }

  /** On the disk, then in memory, then on the panel. */
  async #save(rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return;
    await this.deps.store.save(this.#pbx, rows.map(toStored));
    for (const row of rows) {
      const before = this.#rows[row.kind].get(row.key);
      if (before) this.#unwritten.delete(before);
      this.#rows[row.kind].set(row.key, row);
    }
    this.#changes += 1;
    this.#emit(rows);
    // What the PBX has may have changed while the disk was busy.
    for (const { kind, key } of rows) this.#lookAt(kind, key);
    if (this.#unwritten.size > 0) this.#arm();
  }

  #emit(rows: readonly Row[]): void {
    if (rows.length === 0) return;
    this.deps.emit({ type: 'configured', at: this.deps.clock.now(), rows: rows.map(configuredOf) });
  }

  #arm(): void {
    this.#timer ??= this.deps.clock.setTimeout(() => void this.#settle(), settleMs);
  }

  #forgetNews(): void {
    this.deps.clock.clearTimeout(this.#timer);
    this.#timer = null;
    this.#news = new Map();
  }

  /** Takes over at once what the PBX told. */
  #look(): void {
    for (const [kind, key] of this.#takeNews()) this.#lookAt(kind, key);
  }

  #takeNews(): [ButtonKind, string][] {
    const news = this.#news;
    this.#news = new Map();
    return [...news].flatMap(([kind, keys]) => {
      const all = keys ?? new Set([...this.deps.model.foundKeys(kind), ...this.#rows[kind].keys()]);
      return [...all].map((key): [ButtonKind, string] => [kind, key]);
    });
  }

  #lookAt(kind: ButtonKind, key: string): void {
    const row = this.#rows[kind].get(key);
    const found = this.deps.model.found(kind, key);
    // Rooms come and go with those in them.
    if (kind === 'conference' || (row === undefined && found === null)) return;
    const next = row === undefined ? newRow(kind, key, found ?? undefined) : this.#asFound(row, found);
    if (next === row) return;
    if (row !== undefined) this.#unwritten.delete(row);
    this.#rows[kind].set(key, next);
    this.#unwritten.add(next);
    if (row === undefined || row.vanishedAt !== next.vanishedAt) this.#changes += 1;
  }

  #asFound(row: Row, found: FoundFields | null): Row {
    if (found === null) {
      return row.vanishedAt !== null || row.added ? row : { ...row, vanishedAt: this.deps.clock.now() };
    }
    if (row.vanishedAt === null && sameFound(row.found, found)) return row;
    return { ...row, found, vanishedAt: null };
  }

  async #settle(): Promise<void> {
    this.#timer = null;
    await this.#mutex.run(async () => {
      const pbx = this.#pbx;
      for (const [index, [kind, key]] of this.#takeNews().entries()) {
        if (index % atOnce === atOnce - 1) await breath();
        if (this.#pbx !== pbx) return;
        this.#lookAt(kind, key);
      }
      const rows = [...this.#unwritten];
      this.#unwritten.clear();
      if (!(await this.#note(pbx, rows))) for (const row of rows) this.#unwritten.add(row);
    });
  }

  /** False when the disk refused. */
  async #note(pbx: string, rows: readonly Row[]): Promise<boolean> {
    try {
      if (rows.length > 0) await this.deps.store.note(pbx, rows.map(toStored));
      return true;
    } catch (error) {
      this.deps.log.error({ err: error, rows: rows.length }, 'what the PBX has was not written down');
      return false;
    }
  }
}

const changedMeanwhile = 'the table changed in the meantime: look at it again';

function configuredOf({ kind, key, own, added }: Row): ConfiguredRow {
  return { kind, key, own, added };
}

function inUse(row: Row): ButtonConflict {
  const { kind, key } = row;
  const message = `The PBX has the ${kindWords[kind]} ${key}: it can be hidden, not forgotten.`;
  return { kind, key, message, now: recordOf(row) };
}
