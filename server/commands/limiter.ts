export interface BucketOptions {
  /** How many may come at once. */
  readonly burst: number;
  /** How many come back per second. */
  readonly perSecond: number;
}

/** A token bucket; `now` is epoch ms and may jump. */
export class TokenBucket {
  private level: number;
  private at: number | null = null;

  constructor(private readonly options: BucketOptions) {
    this.level = options.burst;
  }

  /** False: too many, try later. */
  take(now: number): boolean {
    const elapsed = Math.max(0, now - (this.at ?? now));
    this.at = now;
    this.level = Math.min(this.options.burst, this.level + (elapsed / 1_000) * this.options.perSecond);
    if (this.level < 1) return false;
    this.level -= 1;
    return true;
  }
}

/** `allowed`; or not, `first` telling the first refusal from those that follow it. */
export interface Verdict {
  readonly allowed: boolean;
  readonly first: boolean;
}

export interface Limiter {
  take(key: string): Verdict;
}

interface Entry {
  readonly bucket: TokenBucket;
  refused: boolean;
}

/** One bucket per key; at most `maxKeys` are remembered, the longest idle is forgotten first. */
export class KeyedLimiter implements Limiter {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly options: BucketOptions & { readonly now: () => number; readonly maxKeys?: number }) {}

  take(key: string): Verdict {
    const entry = this.entries.get(key) ?? { bucket: new TokenBucket(this.options), refused: false };
    this.entries.delete(key);
    this.entries.set(key, entry);
    this.forgetIdle();
    const allowed = entry.bucket.take(this.options.now());
    const first = !allowed && !entry.refused;
    entry.refused = !allowed;
    return { allowed, first };
  }

  private forgetIdle(): void {
    if (this.entries.size <= (this.options.maxKeys ?? 10_000)) return;
    const oldest = this.entries.keys().next();
    if (!oldest.done) this.entries.delete(oldest.value);
  }
}
