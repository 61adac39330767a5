import { type Domain, domains } from '../protocol/domains';
import type { Op } from '../protocol/state';

/** What a batch knows of one record: the fields to set (null: gone), and whether it was removed first. */
export interface Change {
  readonly domain: Domain;
  readonly key: string;
  readonly removed: boolean;
  readonly fields: Readonly<Record<string, unknown>> | null;
}

/**
 * Ops that wait for the next frame, merged per record. Whatever happened in between, the merged change leads from any
 * state that the record had since the first of its ops to the last: so a snapshot may be cut while ops are pending. The
 * order of rows is not kept; those who show them sort them.
 */
export class Batch {
  private readonly changes: Record<Domain, Map<string, Change>> = {
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
  private count = 0;

  get size(): number {
    return this.count;
  }

  add([domain, key, fields]: Op): void {
    const changes = this.changes[domain];
    const known = changes.get(key);
    if (known === undefined) this.count += 1;
    if (fields === null) changes.set(key, { domain, key, removed: true, fields: null });
    else if (known === undefined) changes.set(key, { domain, key, removed: false, fields });
    else if (known.fields === null) changes.set(key, { domain, key, removed: true, fields });
    else changes.set(key, { ...known, fields: { ...known.fields, ...fields } });
  }

  /** Take out at most `limit` changes, oldest record of each domain first. */
  take(limit: number): Change[] {
    const taken: Change[] = [];
    for (const domain of domains) {
      const changes = this.changes[domain];
      for (const [key, change] of changes) {
        if (taken.length >= limit) break;
        taken.push(change);
        changes.delete(key);
      }
    }
    this.count -= taken.length;
    return taken;
  }
}

/** The ops of a change: `set` merges fields, so a record that was replaced is removed before it is set. */
export function opsOf({ domain, key, removed, fields }: Change): Op[] {
  if (fields === null) return [[domain, key, null]];
  if (!removed) return [[domain, key, fields]];
  return [
    [domain, key, null],
    [domain, key, fields],
  ];
}
