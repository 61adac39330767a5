import { type Domain, domainKeys, domains } from '../protocol/domains';
import type { Op, RecordOf, SnapshotLists } from '../protocol/state';
import { type Change, opsOf } from './batch';

/**
 * Who sees what. Browsers with the same key see the same and share one encoding. The view is taken on the server before
 * anything is encoded: what an audience may not see never leaves the process.
 */
export interface Audience {
  readonly key: string;
  /**
   * The record as this audience may see it (the same object, a masked copy, or null: hidden); must be pure. Left out:
   * everything as it is. A masked view is sent whole on each change, because a mask may depend on any field.
   */
  readonly view?: <D extends Domain>(domain: D, record: RecordOf<D>) => RecordOf<D> | null;
}

/** Every signed-in user, and every token that may read the state. */
export const everyone: Audience = { key: 'all' };

/** Finds a record as it is now; undefined when there is none. */
export type FindRecord = <D extends Domain>(domain: D, key: string) => RecordOf<D> | undefined;

function viewList<D extends Domain>(audience: Audience, domain: D, rows: SnapshotLists[D]): RecordOf<D>[] {
  const { view } = audience;
  const list = rows as RecordOf<D>[];
  if (view === undefined) return list;
  return list.flatMap((row) => view(domain, row) ?? []);
}

/** The lists of a snapshot as the audience sees them. */
export function viewLists(audience: Audience, lists: SnapshotLists): SnapshotLists {
  return {
    pbx: viewList(audience, 'pbx', lists.pbx),
    extensions: viewList(audience, 'extensions', lists.extensions),
    channels: viewList(audience, 'channels', lists.channels),
    calls: viewList(audience, 'calls', lists.calls),
    queues: viewList(audience, 'queues', lists.queues),
    parking: viewList(audience, 'parking', lists.parking),
    conferences: viewList(audience, 'conferences', lists.conferences),
    trunks: viewList(audience, 'trunks', lists.trunks),
    transfers: viewList(audience, 'transfers', lists.transfers),
  };
}

/**
 * Turns changes into the ops of one audience. It remembers which records the audience may hold, so that a record that is
 * hidden from it leaves no trace, not even a removal.
 */
export class AudienceView {
  private readonly held: Record<Domain, Set<string>> = {
    pbx: new Set(),
    extensions: new Set(),
    channels: new Set(),
    calls: new Set(),
    queues: new Set(),
    parking: new Set(),
    conferences: new Set(),
    trunks: new Set(),
    transfers: new Set(),
  };

  constructor(
    readonly audience: Audience,
    private readonly find: FindRecord,
  ) {}

  /** The lists as a snapshot of this audience shows them. */
  lists(all: SnapshotLists): SnapshotLists {
    const seen = viewLists(this.audience, all);
    if (this.audience.view !== undefined) {
      for (const domain of domains) {
        const field = domainKeys[domain];
        for (const row of seen[domain]) this.held[domain].add(String((row as Record<string, unknown>)[field]));
      }
    }
    return seen;
  }

  ops(changes: readonly Change[]): Op[] {
    if (this.audience.view === undefined) return changes.flatMap(opsOf);
    return changes.flatMap((change) => this.masked(change));
  }

  private masked({ domain, key, removed }: Change): Op[] {
    const record = this.find(domain, key);
    const seen = record === undefined ? null : (this.audience.view?.(domain, record) ?? null);
    const held = this.held[domain];
    if (seen === null) return held.delete(key) ? [[domain, key, null]] : [];
    const ops: Op[] = removed && held.has(key) ? [[domain, key, null]] : [];
    held.add(key);
    return [...ops, [domain, key, { ...seen }]];
  }
}
