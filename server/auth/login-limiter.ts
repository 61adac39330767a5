/** Who tries to sign in, as whom. `device`: a browser that has signed in as this user before, by its sealed cookie. */
export interface Attempt {
  readonly address: string;
  readonly username: string;
  readonly device: string | null;
}

export type Verdict =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly retryAfterSeconds: number;
      /** The same was refused before, and nothing was tried in between. */
      readonly repeated: boolean;
    };

interface Record {
  failures: number;
  /** Epoch ms of the last attempt. */
  last: number;
  /** Whether somebody was refused since. */
  refused: boolean;
}

const freeTries = { pair: 5, address: 30 };
const longestWaitMs = 5 * 60_000;
const forgetAfterMs = 60 * 60_000;
const remembered = 20_000;
/** Password checks per second from browsers never seen before; the known ones have as many for themselves. */
const perSecond = 10;
const burst = 30;

/**
 * Slows guessing down without ever locking a user out: failures count per address and user name (and, more
 * generously, per address), never per user name alone, and a browser that has signed in before counts for itself.
 */
export class LoginLimiter {
  readonly #records = new Map<string, Record>();
  readonly #buckets = {
    known: { level: burst, at: 0, refused: false },
    unknown: { level: burst, at: 0, refused: false },
  };

  constructor(private readonly now: () => number) {}

  /** Counts the attempt as failed until `succeeded` says otherwise: parallel guesses do not slip through. */
  begin(attempt: Attempt): Verdict {
    const now = this.now();
    const keys = keysOf(attempt);
    const waits = keys.map(([key, free]) => [key, this.waitMs(key, free, now)] as const);
    const [key, wait] = waits.reduce((longest, next) => (next[1] > longest[1] ? next : longest));
    if (wait > 0) return refuse(wait, this.#records.get(key));
    const kind = attempt.device === null ? 'unknown' : 'known';
    const throttled = this.throttle(kind, now);
    if (throttled > 0) return refuse(throttled, this.#buckets[kind]);
    for (const [key] of keys) this.count(key, now);
    return { ok: true };
  }

  succeeded(attempt: Attempt): void {
    const [pair, address] = keysOf(attempt);
    if (pair) this.#records.delete(pair[0]);
    const record = address && this.#records.get(address[0]);
    // Others may have failed from this address: only this attempt is taken back.
    if (record) record.failures -= 1;
  }

  private waitMs(key: string, free: number, now: number): number {
    const record = this.#records.get(key);
    if (!record || record.failures < free) return 0;
    if (now - record.last >= forgetAfterMs) {
      this.#records.delete(key);
      return 0;
    }
    const pause = Math.min(longestWaitMs, 1000 * 2 ** Math.min(20, record.failures - free));
    return Math.max(0, record.last + pause - now);
  }

  private count(key: string, now: number): void {
    const record = this.#records.get(key) ?? { failures: 0, last: now, refused: false };
    record.failures += 1;
    record.last = now;
    record.refused = false;
    // Put last: the map forgets the longest unused first.
    this.#records.delete(key);
    this.#records.set(key, record);
    if (this.#records.size <= remembered) return;
    for (const oldest of this.#records.keys()) {
      this.#records.delete(oldest);
      break;
    }
  }

  private throttle(kind: 'known' | 'unknown', now: number): number {
    const bucket = this.#buckets[kind];
    bucket.level = Math.min(burst, bucket.level + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    if (bucket.level < 1) return 1000;
    bucket.level -= 1;
    bucket.refused = false;
    return 0;
  }
}

function refuse(waitMs: number, by: { refused: boolean } | undefined): Verdict {
  const repeated = by?.refused ?? false;
  if (by) by.refused = true;
  return { ok: false, retryAfterSeconds: Math.ceil(waitMs / 1000), repeated };
}

function keysOf(attempt: Attempt): readonly (readonly [key: string, free: number])[] {
  const name = attempt.username.toLowerCase();
  if (attempt.device !== null) return [[`device ${attempt.device} ${name}`, freeTries.pair]];
  const network = networkOf(attempt.address);
  return [
    [`pair ${network} ${name}`, freeTries.pair],
    [`address ${network}`, freeTries.address],
  ];
}

/** One customer has a whole IPv6 /64: it counts as one address. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
