import type { SessionVia } from '../store/sessions';
import { hashToken, randomToken } from '../store/tokens';

export const ticketMs = 5 * 60_000;
const tries = 5;
const remembered = 10_000;

/** Who has shown a password and has to show a code. */
export interface Ticket {
  readonly userId: string;
  /** Of that password: another one since then ends the ticket. Null: the directory checked it. */
  readonly passwordHash: string | null;
  readonly via: SessionVia;
}

interface Kept extends Ticket {
  readonly until: number;
  left: number;
}

/** Between the password and the code: five minutes, five tries, one sign-in. In this process's memory alone. */
export class Tickets {
  readonly #kept = new Map<string, Kept>();

  constructor(private readonly now: () => number) {}

  issue(ticket: Ticket): string {
    const token = randomToken();
    for (const [key, { until }] of this.#kept) {
      if (until > this.now() && this.#kept.size < remembered) break;
      this.#kept.delete(key);
    }
    this.#kept.set(hashToken(token), { ...ticket, until: this.now() + ticketMs, left: tries });
    return token;
  }

  /** Null: there is none, or its time or its tries are over. Counts as a try. */
  take(token: string): Ticket | null {
    const key = hashToken(token);
    const kept = this.#kept.get(key);
    if (!kept) return null;
    if (kept.until <= this.now() || kept.left <= 0) {
      this.#kept.delete(key);
      return null;
    }
    kept.left -= 1;
    return kept;
  }

  /** False: another request was faster. */
  use(token: string): boolean {
    return this.#kept.delete(hashToken(token));
  }
}
