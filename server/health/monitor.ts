import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { AmiPort } from '../ami/types';

export interface MonitorDeps {
  readonly ami: () => AmiPort | null;
  /** AMI blocks received since the session began. */
  readonly eventsSeen: () => number;
  readonly now: () => number;
  /** When Asterisk says it was started, by its own clock. */
  readonly started: (at: string) => void;
}

const sampleMs = 5_000;
const minutes = 60;
const minuteMs = 60_000;
const resolutionMs = 20;

/** Measures what nobody tells: events a second, how long the PBX takes to answer, how late the event loop is. */
export class Monitor {
  #loop: IntervalHistogram | null = null;
  #loopAt = 0;
  #lastLoop: { p99: number; max: number } | null = null;
  #seen = 0;
  #total = 0;
  #sampledAt: number;
  #perSecond = 0;
  /** Events in each minute, by its number since the epoch. */
  readonly #byMinute = new Map<number, number>();
  readonly #begun: number;
  #pingMs: number | null = null;
  #asked = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(private readonly deps: MonitorDeps) {
    this.#sampledAt = deps.now();
    this.#begun = Math.floor(deps.now() / minuteMs);
  }

  start(): void {
    this.#loop = monitorEventLoopDelay({ resolution: resolutionMs });
    this.#loop.enable();
    this.#loopAt = this.deps.now();
    this.#timer ??= setInterval(() => void this.sample(), sampleMs).unref();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.#loop?.disable();
  }

  /** What the timer does. Never rejects. */
  async sample(): Promise<void> {
    const now = this.deps.now();
    const seen = this.deps.eventsSeen();
    // Another session counts from nothing.
    const fresh = seen >= this.#seen ? seen - this.#seen : seen;
    this.#seen = seen;
    this.#total += fresh;
    this.#perSecond = fresh / Math.max(0.001, (now - this.#sampledAt) / 1_000);
    this.#sampledAt = now;
    const minute = Math.floor(now / minuteMs);
    this.#byMinute.set(minute, (this.#byMinute.get(minute) ?? 0) + fresh);
    for (const old of this.#byMinute.keys()) if (old < minute - minutes) this.#byMinute.delete(old);
    if (this.#loop !== null && now - this.#loopAt >= minuteMs) {
      this.#lastLoop = delaysOf(this.#loop);
      this.#loop.reset();
      this.#loopAt = now;
    }
    await this.#ping();
  }

  /** To be called when the link is up. Never rejects. */
  async askWhenStarted(): Promise<void> {
    try {
      const answer = await this.deps.ami()?.action('CoreStatus', {}, { timeoutMs: 5_000 });
      const [day, time] = [answer?.get('CoreStartupDate'), answer?.get('CoreStartupTime')];
      if (day !== undefined && time !== undefined) this.deps.started(`${day} ${time}`);
    } catch {
      // An account that may not ask does without.
    }
  }

  get events(): { perSecond: number; hour: (number | null)[]; total: number } {
    const now = Math.floor(this.deps.now() / minuteMs);
    const hour = Array.from({ length: minutes }, (_, at) => {
      const minute = now - minutes + 1 + at;
      // The minute that runs has not all of its seconds yet.
      const seconds = minute === now ? Math.max(5, (this.deps.now() % minuteMs) / 1_000) : 60;
      return minute < this.#begun ? null : round((this.#byMinute.get(minute) ?? 0) / seconds);
    });
    return { perSecond: round(this.#perSecond), hour, total: this.#total };
  }

  get pingMs(): number | null {
    return this.#pingMs;
  }

  /** The worse of the last minute and this one. */
  get loop(): { p99: number; max: number } {
    const running = this.#loop === null ? { p99: 0, max: 0 } : delaysOf(this.#loop);
    const last = this.#lastLoop ?? running;
    return { p99: Math.max(running.p99, last.p99), max: Math.max(running.max, last.max) };
  }

  async #ping(): Promise<void> {
    const ami = this.deps.ami();
    if (this.#asked || ami === null) return;
    if (ami.status.state !== 'ready') {
      this.#pingMs = null;
      return;
    }
    this.#asked = true;
    const begun = performance.now();
    try {
      await ami.action('Ping', {}, { timeoutMs: 5_000 });
      this.#pingMs = round(performance.now() - begun);
    } catch {
      this.#pingMs = null;
    } finally {
      this.#asked = false;
    }
  }
}

/** The histogram counts from one tick of its own to the next. */
function delaysOf(histogram: IntervalHistogram): { p99: number; max: number } {
  const late = (ns: number): number => (Number.isFinite(ns) ? Math.max(0, round(ns / 1e6 - resolutionMs)) : 0);
  if (histogram.count === 0) return { p99: 0, max: 0 };
  return { p99: late(histogram.percentile(99)), max: late(histogram.max) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
