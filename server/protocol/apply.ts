import { type Domain, domainKeys, domains } from './domains';
import type { Op, RecordOf, SnapshotLists } from './state';

/** Snapshot lists as maps by key; insertion order is the order of the lists. */
export type StateMaps = { [D in Domain]: Map<string, RecordOf<D>> };

export function emptyMaps(): StateMaps {
  return {
    pbx: new Map(),
    extensions: new Map(),
    channels: new Map(),
    calls: new Map(),
    queues: new Map(),
    parking: new Map(),
    conferences: new Map(),
    trunks: new Map(),
    transfers: new Map(),
  };
}

/** Replace the contents of `maps` by a snapshot's lists. */
export function loadSnapshot(maps: StateMaps, lists: SnapshotLists): void {
  for (const domain of domains) loadDomain(maps, domain, lists[domain] as RecordOf<typeof domain>[]);
}

function loadDomain<D extends Domain>(maps: StateMaps, domain: D, rows: readonly RecordOf<D>[]): void {
  const key = domainKeys[domain] as string as keyof RecordOf<D>;
  const map = maps[domain] as Map<string, RecordOf<D>>;
  map.clear();
  for (const row of rows) map.set(String(row[key]), row);
}

/**
 * Apply one op in place: unchanged records stay the same object, a changed one is a new object. Removing what is not
 * there is harmless. This is the one helper that the browser, the tests and the property tests share.
 */
export function applyOp(maps: StateMaps, [domain, key, fields]: Op): void {
  const map = maps[domain] as Map<string, object>;
  if (fields === null) map.delete(key);
  else map.set(key, { ...map.get(key), ...fields });
}
