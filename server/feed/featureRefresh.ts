import type { DeviceState, PbxEvent } from '../pbx/events';
import { type FeatureMirror, FORWARD_FAMILIES, type ForwardKind, mirrorIsOn } from './features';

export interface FeatureRefreshDeps {
  /** AstDB value, null when there is none, `refused` when AstDB may not be read; rejects when the link is gone. */
  readonly read: (family: string, key: string) => Promise<string | null | 'refused'>;
  readonly emit: (event: PbxEvent) => void;
  readonly now: () => number;
  readonly setTimeout: (run: () => void, ms: number) => unknown;
  readonly clearTimeout: (timer: unknown) => void;
}

interface Pending {
  readonly feature: 'dnd' | 'forward';
  readonly number: string;
  /** What the mirror said last; null: it is not why AstDB is read. */
  mirror: boolean | null;
  running: boolean;
  /** A mirror event came while the value was being read. */
  again: boolean;
  /** AstDB is asked a second time when it disagrees with its mirror: some dialplans write the mirror first. */
  retried: boolean;
}

const CONCURRENCY = 4;
const SECOND_LOOK_MS = 500;

/**
 * AstDB writes raise no event, their Custom device-state mirrors do: each mirror event re-reads AstDB, which wins. So does
 * the end of a call to a feature code, as not every code has a mirror.
 * Events of one extension coalesce, a few extensions are read at a time.
 */
export class FeatureRefresh {
  readonly #pending = new Map<string, Pending>();
  readonly #queue: Pending[] = [];
  readonly #timers = new Set<unknown>();
  #running = 0;

  constructor(private readonly deps: FeatureRefreshDeps) {}

  changed({ feature }: FeatureMirror, number: string, state: DeviceState): void {
    this.#ask(feature, number, mirrorIsOn(state));
  }

  /** Something may have changed that no mirror tells of. */
  reread(number: string): void {
    this.#ask('dnd', number, null);
    this.#ask('forward', number, null);
  }

  stop(): void {
    for (const timer of this.#timers) this.deps.clearTimeout(timer);
    this.#timers.clear();
    this.#queue.length = 0;
    this.#pending.clear();
  }

  #ask(feature: Pending['feature'], number: string, mirror: boolean | null): void {
    const key = `${feature}:${number}`;
    const known = this.#pending.get(key);
    if (known !== undefined) {
      known.mirror = mirror ?? known.mirror;
      known.again = known.running;
      known.retried = false;
      return;
    }
    const job: Pending = { feature, number, mirror, running: false, again: false, retried: false };
    this.#pending.set(key, job);
    this.#queue.push(job);
    this.#pump();
  }

  #pump(): void {
    while (this.#running < CONCURRENCY) {
      const job = this.#queue.shift();
      if (job === undefined) return;
      this.#running++;
      void this.#run(job).finally(() => {
        this.#running--;
        this.#pump();
      });
    }
  }

  async #run(job: Pending): Promise<void> {
    job.running = true;
    job.again = false;
    try {
      const on = job.feature === 'dnd' ? await this.#dnd(job) : await this.#forwards(job);
      if (!this.#isPending(job)) return;
      if (job.again) this.#queue.push(job);
      else if (on !== null && disagrees(job, on) && !job.retried) this.#lookAgain(job);
      else this.#pending.delete(`${job.feature}:${job.number}`);
    } catch {
      // The link is gone: the next connection reads everything.
      this.#pending.delete(`${job.feature}:${job.number}`);
    } finally {
      job.running = false;
    }
  }

  #isPending(job: Pending): boolean {
    return this.#pending.get(`${job.feature}:${job.number}`) === job;
  }

  #lookAgain(job: Pending): void {
    job.retried = true;
    const timer = this.deps.setTimeout(() => {
      this.#timers.delete(timer);
      this.#queue.push(job);
      this.#pump();
    }, SECOND_LOOK_MS);
    this.#timers.add(timer);
  }

  /** What AstDB says; null when it may not be read and the mirror was taken instead. */
  async #dnd(job: Pending): Promise<boolean | null> {
    const value = await this.deps.read('DND', job.number);
    if (!this.#isPending(job) || job.again) return null;
    if (value === 'refused') {
      if (job.mirror !== null) this.#emit(job, 'dnd', job.mirror ? 'YES' : '', false);
      return null;
    }
    const on = value !== null;
    this.#emit(job, 'dnd', on ? 'YES' : '', disagrees(job, on));
    return on;
  }

  async #forwards(job: Pending): Promise<boolean | null> {
    let always: boolean | null = null;
    for (const [kind, family] of Object.entries(FORWARD_FAMILIES) as [ForwardKind, string][]) {
      const to = await this.deps.read(family, job.number);
      if (!this.#isPending(job) || job.again) return null;
      if (to === 'refused') {
        // The mirror knows that calls are forwarded, not where to: only "off" can be shown.
        if (job.mirror === false) this.#emit(job, 'always', '', false);
        return null;
      }
      this.#emit(job, kind, to ?? '', kind === 'always' && disagrees(job, to !== null));
      if (kind === 'always') always = to !== null;
    }
    return always;
  }

  /** A mirror that still says otherwise at the second look is wrong: AstDB decides. */
  #emit({ number, retried }: Pending, slot: string, held: string, contradicted: boolean): void {
    const mirror = contradicted && retried ? { mirror: 'wrong' as const } : {};
    this.deps.emit({ type: 'held', at: this.deps.now(), backend: 'astdb', number, slot, held, ...mirror });
  }
}

function disagrees({ mirror }: Pending, on: boolean): boolean {
  return mirror !== null && mirror !== on;
}
