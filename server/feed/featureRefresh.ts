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
  mirror: boolean;
  running: boolean;
  /** A mirror event came while the value was being read. */
  again: boolean;
  /** AstDB is asked a second time when it disagrees with its mirror: some dialplans write the mirror first. */
  retried: boolean;
}

const CONCURRENCY = 4;
const SECOND_LOOK_MS = 500;

/**
 * AstDB writes raise no event, their Custom device-state mirrors do: each mirror event re-reads AstDB, which wins.
 * Events of one extension coalesce, a few extensions are read at a time.
 */
export class FeatureRefresh {
  readonly #pending = new Map<string, Pending>();
  readonly #queue: Pending[] = [];
  readonly #timers = new Set<unknown>();
  #running = 0;

  constructor(private readonly deps: FeatureRefreshDeps) {}

  changed(mirror: FeatureMirror, number: string, state: DeviceState): void {
    const key = `${mirror.feature}:${number}`;
    const known = this.#pending.get(key);
    if (known !== undefined) {
      known.mirror = mirrorIsOn(state);
      known.again = known.running;
      known.retried = false;
      return;
    }
    const { feature } = mirror;
    const job: Pending = { feature, number, mirror: mirrorIsOn(state), running: false, again: false, retried: false };
    this.#pending.set(key, job);
    this.#queue.push(job);
    this.#pump();
  }

  stop(): void {
    for (const timer of this.#timers) this.deps.clearTimeout(timer);
    this.#timers.clear();
    this.#queue.length = 0;
    this.#pending.clear();
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
      else if (on !== null && on !== job.mirror && !job.retried) this.#lookAgain(job);
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
    const on = value === 'refused' ? job.mirror : value !== null;
    this.#emit(job, 'dnd', on ? 'YES' : '', value !== 'refused' && on !== job.mirror);
    return value === 'refused' ? null : on;
  }

  async #forwards(job: Pending): Promise<boolean | null> {
    let always: boolean | null = null;
    for (const [kind, family] of Object.entries(FORWARD_FAMILIES) as [ForwardKind, string][]) {
      const to = await this.deps.read(family, job.number);
      if (!this.#isPending(job) || job.again) return null;
      if (to === 'refused') {
        // The mirror knows that calls are forwarded, not where to: only "off" can be shown.
        if (!job.mirror) this.#emit(job, 'always', '', false);
        return null;
      }
      const disagrees = kind === 'always' && (to !== null) !== job.mirror;
      this.#emit(job, kind, to ?? '', disagrees);
      if (kind === 'always') always = to !== null;
    }
    return always;
  }

  /** A mirror that still disagrees at the second look is wrong: AstDB decides. */
  #emit({ number, retried }: Pending, slot: string, held: string, disagrees: boolean): void {
    const mirror = disagrees && retried ? { mirror: 'wrong' as const } : {};
    this.deps.emit({ type: 'held', at: this.deps.now(), backend: 'astdb', number, slot, held, ...mirror });
  }
}
