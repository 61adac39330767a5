import { applyOp, emptyMaps, loadSnapshot } from '@/server/protocol/apply';
import { type Domain, domains } from '@/server/protocol/domains';
import type { Op, RecordOf, SnapshotLists } from '@/server/protocol/state';
import type { Topics } from './topics';

/** The fields by which lists are ordered, grouped and searched: only they make a list be laid out anew. */
const identityFields: Partial<Record<Domain, readonly string[]>> = {
  extensions: ['name', 'group', 'tags', 'hidden', 'kind'],
  queues: ['label', 'hidden'],
  parking: ['label', 'hidden'],
  conferences: ['label', 'hidden'],
  trunks: ['label', 'hidden'],
  calls: ['state'],
};

/** The records by domain and key, and who has to hear of a change. */
export class RecordStore {
  readonly #maps = emptyMaps();
  readonly #topics: Topics;

  constructor(topics: Topics) {
    this.#topics = topics;
  }

  get<D extends Domain>(domain: D, key: string): RecordOf<D> | undefined {
    return this.#maps[domain].get(key) as RecordOf<D> | undefined;
  }

  /** In the server's order. Not to be written to. */
  map<D extends Domain>(domain: D): ReadonlyMap<string, RecordOf<D>> {
    return this.#maps[domain] as ReadonlyMap<string, RecordOf<D>>;
  }

  load(lists: SnapshotLists): void {
    loadSnapshot(this.#maps, lists);
    for (const domain of domains) {
      this.#topics.touch(domain);
      this.#topics.touch(`${domain}#`);
    }
  }

  apply(op: Op): void {
    const [domain, key, fields] = op;
    const had = this.#maps[domain].has(key);
    applyOp(this.#maps, op);
    this.#topics.touch(domain);
    this.#topics.touch(`${domain}/${key}`);
    const regrouped = fields !== null && identityFields[domain]?.some((field) => field in fields);
    if (fields === null || !had || regrouped) this.#topics.touch(`${domain}#`);
  }
}
