import { type Algorithm, hash, verify } from '@node-rs/argon2';

/** Too many password checks wait already. */
export class TooBusyError extends Error {
  override readonly name = 'TooBusyError';
}

const cost = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 47_104, timeCost: 1, parallelism: 1 } as const;
const current = '$argon2id$v=19$m=47104,t=1,p=1$';
const atOnce = 4;
const mayWait = 64;

/** Argon2id, at most four at once (46 MiB each). */
export class Passwords {
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  /** Of a password nobody has: checked for unknown users, so that the time tells nothing. */
  #nobody: Promise<string> | null = null;

  hash(password: string): Promise<string> {
    return this.limited(() => hash(password.normalize('NFKC'), cost));
  }

  /** Null: there is no such user, or no password; takes as long as a real check. Throws TooBusyError. */
  async verify(stored: string | null, password: string): Promise<boolean> {
    this.#nobody ??= hash(`nobody ${Math.random()}`, cost);
    const against = stored ?? (await this.#nobody);
    const same = await this.limited(() => verify(against, password.normalize('NFKC')));
    return same && stored !== null;
  }

  /** True when it was hashed at another cost than today's. */
  outdated(stored: string): boolean {
    return !stored.startsWith(current);
  }

  private async limited<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= atOnce) {
      if (this.#waiting.length >= mayWait) throw new TooBusyError('too many sign-ins at once: try again in a moment');
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
