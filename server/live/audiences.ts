import { type Domain, domainKeys, domains } from '../protocol/domains';
import type { Op, RecordOf, SnapshotLists } from '../protocol/state';
import { type Change, opsOf } from './batch';

/**
 * Who sees what. Browsers with the same key see the same and share one encoding. The view is taken on the server before
 * anything is encoded: what an audience may not see never leaves the process.
 */
export interface Audience {
  readonly key: string;
  /** Left out: everything as it is. A masked view is sent whole on each change, because a mask may depend on any field. */
  readonly open?: () => Eye;
}

/** How one stream of an audience sees the records. */
export interface Eye {
  /** The record as it may be seen (the same object, a masked copy, or null: hidden). */
  view<D extends Domain>(domain: D, record: RecordOf<D>): RecordOf<D> | null;
  /**
   * Takes note of changes, before any of them is viewed. Answers the other records that look different by them: a mask may
   * depend on more than the record itself.
   */
  settle?(changes: readonly Change[]): readonly Place[];
}

export type Place = readonly [domain: Domain, key: string];

/** Those who may see everything, and every token that may read the state. */
export const everyone: Audience = { key: 'all' };

/** Finds a record as it is now; undefined when there is none. */
export type FindRecord = <D extends Domain>(domain: D, key: string) => RecordOf<D> | undefined;

function viewList<D extends Domain>(eye: Eye | null, domain: D, rows: SnapshotLists[D]): RecordOf<D>[] {
  const list = rows as RecordOf<D>[];
  if (eye === null) return list;
  return list.flatMap((row) => eye.view(domain, row) ?? []);
}

/** The lists of a snapshot as an eye sees them; null: as they are. */
export function viewLists(eye: Eye | null, lists: SnapshotLists): SnapshotLists {
  return {
    pbx: viewList(eye, 'pbx', lists.pbx),
    extensions: viewList(eye, 'extensions', lists.extensions),
    channels: viewList(eye, 'channels', lists.channels),
    calls: viewList(eye, 'calls', lists.calls),
    queues: viewList(eye, 'queues', lists.queues),
    parking: viewList(eye, 'parking', lists.parking),
    conferences: viewList(eye, 'conferences', lists.conferences),
    trunks: viewList(eye, 'trunks', lists.trunks),
    transfers: viewList(eye, 'transfers', lists.transfers),
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
  private readonly eye: Eye | null;

  constructor(
    audience: Audience,
    private readonly find: FindRecord,
  ) {
    this.eye = audience.open?.() ?? null;
  }

  /** The lists as a snapshot of this audience shows them. */
  lists(all: SnapshotLists): SnapshotLists {
    const seen = viewLists(this.eye, all);
    if (this.eye !== null) {
      for (const domain of domains) {
        const field = domainKeys[domain];
        for (const row of seen[domain]) this.held[domain].add(String((row as Record<string, unknown>)[field]));
      }
    }
    return seen;
  }

  ops(changes: readonly Change[]): Op[] {
    const { eye } = this;
    if (eye === null) return changes.flatMap(opsOf);
    const others = eye.settle?.(changes) ?? [];
    const ops = changes.flatMap(({ domain, key, removed }) => this.masked(eye, domain, key, removed));
    if (others.length === 0) return ops;
    const changed = new Set(changes.map(({ domain, key }) => `${domain}/${key}`));
    const rest = others.filter(([domain, key]) => !changed.has(`${domain}/${key}`));
    return [...ops, ...rest.flatMap(([domain, key]) => this.masked(eye, domain, key, false))];
  }

  private masked(eye: Eye, domain: Domain, key: string, removed: boolean): Op[] {
    const record = this.find(domain, key);
    const seen = record === undefined ? null : eye.view(domain, record);
    const held = this.held[domain];
    if (seen === null) return held.delete(key) ? [[domain, key, null]] : [];
    const ops: Op[] = removed && held.has(key) ? [[domain, key, null]] : [];
    held.add(key);
    return [...ops, [domain, key, { ...seen }]];
  }
}
