import type { ListEvent, PbxEvent } from '../pbx/events';

export type Domain =
  | 'channels'
  | 'extensions'
  | 'devices'
  | 'features'
  | 'mwi'
  | 'queues'
  | 'parking'
  | 'conferences'
  | 'trunks';

const DOMAINS: Readonly<Record<string, Domain>> = {
  extension: 'extensions',
  device: 'devices',
  reachable: 'devices',
  phone: 'devices',
  held: 'features',
  mwi: 'mwi',
  queue: 'queues',
  parking: 'parking',
  parked: 'parking',
  unparked: 'parking',
  conference: 'conferences',
  trunk: 'trunks',
};

/** The list that a live event's records belong to: channels, unless named above; null for lists and the link itself. */
export function domainOf(event: PbxEvent): Domain | null {
  if (event.type === 'link' || event.type.startsWith('list.')) return null;
  const dot = event.type.indexOf('.');
  return DOMAINS[dot < 0 ? event.type : event.type.slice(0, dot)] ?? 'channels';
}

/** The events of one domain that came while its list was being read. */
export interface ReadWindow {
  /** Emit the lists, then once more what came since the read began. */
  publish(...lists: ListEvent[]): void;
  discard(): void;
}

/**
 * Why a list may be emitted late: its data is ahead of, or equal to, the event stream at the moment Asterisk wrote it.
 * What came after that moment is newer than the list, but may already have been emitted (a domain needs several
 * actions; even after one action, events of the same TCP segment are handled before an awaited list). Those events are
 * emitted once more after the list. Every event may arrive twice, so the state ends as new as its newest event.
 */
export class ReadWindows {
  readonly #open = new Map<Domain, Set<PbxEvent[]>>();

  constructor(private readonly emit: (event: PbxEvent) => void) {}

  record(event: PbxEvent): void {
    if (this.#open.size === 0) return;
    const domain = domainOf(event);
    const windows = domain === null ? undefined : this.#open.get(domain);
    if (windows === undefined) return;
    for (const events of windows) events.push(event);
  }

  open(domain: Domain): ReadWindow {
    const events: PbxEvent[] = [];
    const windows = this.#open.get(domain) ?? new Set();
    this.#open.set(domain, windows.add(events));
    const discard = (): void => {
      windows.delete(events);
      if (windows.size === 0 && this.#open.get(domain) === windows) this.#open.delete(domain);
    };
    const publish = (...lists: ListEvent[]): void => {
      discard();
      for (const list of lists) this.emit(list);
      for (const event of events) this.emit(event);
    };
    return { publish, discard };
  }
}
