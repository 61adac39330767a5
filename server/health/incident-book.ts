import type { PbxEvent } from '../pbx/events';
import type { Op } from '../protocol/state';
import type { NewIncident } from '../store/incidents';

export interface IncidentBookDeps {
  readonly append: (incident: NewIncident) => void;
  readonly pbxKey: () => string;
  readonly now: () => number;
}

/** What the model made of an event. */
export interface Reduced {
  readonly ops: readonly Op[];
  readonly repairs: number;
  readonly fault?: unknown;
}

export interface Tampering {
  readonly at: number;
  readonly reason: string;
  readonly excerpt: string;
}

type LinkEvent = Extract<PbxEvent, { type: 'link' }>;

/** Whoever forges blocks must not fill the disk with what is told of it: a row for each of so long, ms. */
const gatherMs = 60_000;
const mostKeys = 20;

/** Makes incidents of what happens: the link, repairs, forged blocks, faults of the model, restarts of Asterisk. */
export class IncidentBook {
  #link: { readonly state: LinkEvent['link']; readonly since: number } | null = null;
  #problem: string | null = null;
  #problemAt = Number.NEGATIVE_INFINITY;
  #syncingSince: number | null = null;
  #startedAt = new Map<string, string>();
  readonly #gathered = new Map<string, { at: number; more: number; timer: NodeJS.Timeout | null }>();
  #firstReadMs: number | null = null;
  #tampered = 0;
  #repairs = 0;
  #faults = 0;

  constructor(private readonly deps: IncidentBookDeps) {}

  /** Since the start of the process, and how long the first read of this connection took. */
  get counts(): { repairs: number; faults: number; tampered: number; firstReadMs: number | null } {
    return {
      repairs: this.#repairs,
      faults: this.#faults,
      tampered: this.#tampered,
      firstReadMs: this.#firstReadMs,
    };
  }

  /** Every event, with what the model made of it. */
  observe(event: PbxEvent, { ops, repairs, fault }: Reduced): void {
    if (event.type === 'link') this.#linkSaid(event);
    if (repairs > 0) {
      this.#repairs += repairs;
      const keys = ops.slice(0, mostKeys).map(([domain, key, fields]) => `${domain}/${key}${fieldsOf(fields)}`);
      this.#tell('repair', { list: event.type, repairs, keys });
    }
    if (fault !== undefined) {
      this.#faults += 1;
      const message = fault instanceof Error ? fault.message : String(fault);
      this.#gather(`fault ${event.type}`, 'fault', { event: event.type, message: message.slice(0, 300) });
    }
  }

  /** A block that looks forged was dropped. */
  tamper({ reason, excerpt }: Tampering): void {
    this.#tampered += 1;
    const [, channel] = /(?:^|\\n|\n|\\r)\s*Channel: ([\w/@.;-]{1,80})/.exec(excerpt) ?? [];
    const [, event] = /^Event: (\w{1,40})/.exec(excerpt) ?? [];
    this.#gather(`tamper ${reason}`, 'tamper', { reason, event: event ?? null, channel: channel ?? null });
  }

  /** When Asterisk says it was started; another time than before is a restart. */
  asteriskStarted(at: string): void {
    const pbx = this.deps.pbxKey();
    const before = this.#startedAt.get(pbx);
    this.#startedAt.set(pbx, at);
    if (before !== undefined && before !== at) this.#tell('restart', { startedAt: at, before });
  }

  /** What was gathered is told now. */
  close(): void {
    for (const key of [...this.#gathered.keys()]) this.#flush(key);
  }

  #linkSaid({ link, problem = null, at }: LinkEvent): void {
    const before = this.#link;
    if (link === before?.state) {
      // A link that stays down may do so for another reason, which is worth a line, but not one for every try.
      if (link !== 'down' || problem === this.#problem || at - this.#problemAt < gatherMs) return;
    } else {
      if (link === 'syncing') this.#syncingSince = at;
      if (link === 'up' && this.#syncingSince !== null) this.#firstReadMs = at - this.#syncingSince;
      this.#link = { state: link, since: at };
    }
    this.#problem = problem;
    this.#problemAt = at;
    // Before the first try there is nothing to tell.
    if (before === null && link === 'down') return;
    const lastedMs = before === null || before.state === link ? null : at - before.since;
    this.#tell('link', { link, problem: link === 'down' ? problem : null, lastedMs });
  }

  /** The first at once, those of the same kind within a minute in one line afterwards. */
  #gather(key: string, kind: 'tamper' | 'fault', about: Readonly<Record<string, unknown>>): void {
    const now = this.deps.now();
    const known = this.#gathered.get(key);
    if (known !== undefined) {
      known.more += 1;
      known.timer ??= setTimeout(() => this.#flush(key), gatherMs).unref();
      return;
    }
    this.#gathered.set(key, { at: now, more: 0, timer: setTimeout(() => this.#flush(key), gatherMs).unref() });
    this.#tell(kind, { ...about, blocks: 1 });
  }

  #flush(key: string): void {
    const known = this.#gathered.get(key);
    if (known === undefined) return;
    this.#gathered.delete(key);
    if (known.timer) clearTimeout(known.timer);
    if (known.more === 0) return;
    const [kind = 'fault', reason = ''] = key.split(' ');
    const about = kind === 'tamper' ? { reason, event: null, channel: null } : { event: reason, message: '' };
    this.#tell(kind === 'tamper' ? 'tamper' : 'fault', { ...about, blocks: known.more });
  }

  #tell(kind: NewIncident['kind'], about: Readonly<Record<string, unknown>>): void {
    this.deps.append({ at: this.deps.now(), pbx: this.deps.pbxKey(), kind, about });
  }
}

/** ` state, dnd`: what of the record was mended. */
function fieldsOf(fields: unknown): string {
  if (typeof fields !== 'object' || fields === null) return '';
  return ` ${Object.keys(fields).slice(0, 6).join(', ')}`;
}
