import { applyOp } from '../protocol/apply';
import type { Domain, Op, RecordOf } from '../protocol/state';
import type { World } from './facts';

/** Publish a record: an op with the changed top-level fields alone, none when nothing changed. */
export function put<D extends Domain>(world: World, domain: D, key: string, next: RecordOf<D>): void {
  const map = world.maps[domain] as ReadonlyMap<string, object>;
  const old = map.get(key) as Readonly<Record<string, unknown>> | undefined;
  if (old === undefined) {
    emit(world, [domain, key, next as Readonly<Record<string, unknown>>]);
    return;
  }
  const fields = changes(old, next as Record<string, unknown>);
  if (fields === null) return;
  world.ops.push([domain, key, fields]);
  // What applyOp would make of it, without another copy: `next` is new and now holds the old parts that are equal.
  (map as Map<string, object>).set(key, next);
}

export function remove(world: World, domain: Domain, key: string): void {
  if ((world.maps[domain] as ReadonlyMap<string, object>).has(key)) emit(world, [domain, key, null]);
}

function emit(world: World, op: Op): void {
  world.ops.push(op);
  applyOp(world.maps, op);
}

/** The fields of `next` that differ; in `next`, equal parts are replaced by the old ones. Null: nothing differs. */
function changes(old: Readonly<Record<string, unknown>>, next: Record<string, unknown>) {
  let fields: Record<string, unknown> | null = null;
  for (const key in next) {
    const before = old[key];
    const told = next[key];
    if (told === before) continue;
    const value = share(before, told);
    next[key] = value;
    if (value === before) continue;
    fields ??= {};
    fields[key] = value;
  }
  return fields;
}

/** `next`, with every part that equals `old` replaced by the old object, so that equal data keeps its identity. */
export function share<T>(old: unknown, next: T): T {
  if (old === next || typeof old !== 'object' || typeof next !== 'object' || old === null || next === null) return next;
  if (Array.isArray(next)) return (Array.isArray(old) ? shareArray(old, next) : next) as T;
  return shareObject(old as Record<string, unknown>, next as Record<string, unknown>) as T;
}

function shareArray(old: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const shared =
    old.length === next.length ? next.map((value, index) => share(old[index], value)) : shareById(old, next);
  return shared.length === old.length && shared.every((value, index) => value === old[index]) ? old : shared;
}

/** Rows were added or removed: the others have moved, but are still themselves. */
function shareById(old: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const byId = new Map<unknown, unknown>();
  for (const value of old) byId.set(idOf(value), value);
  return next.map((value) => share(byId.get(idOf(value)), value));
}

function idOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const row = value as { uniqueid?: unknown; interface?: unknown };
  return row.uniqueid ?? row.interface;
}

function shareObject(old: Record<string, unknown>, next: Record<string, unknown>): Record<string, unknown> {
  let shared: Record<string, unknown> | null = null;
  for (const key in next) {
    const value = next[key];
    const before = old[key];
    if (value === before) continue;
    const kept = share(before, value);
    if (kept === before) continue;
    shared ??= { ...next };
    shared[key] = kept;
  }
  if (shared === null) return old;
  for (const key in shared) if (shared[key] !== old[key]) shared[key] = share(old[key], shared[key]);
  return shared;
}
