import type { Me } from '../protocol/session';
import type { Identity } from './identity';

/** Remembers which users changed lately: one may lose a role while a socket of theirs is still being authenticated. */
export class ChangedLog {
  private readonly lately = new Map<string, { readonly at: number; readonly me: Me }>();
  private count = 0;

  constructor(private readonly keep = 1_000) {}

  /** How many changes there were so far; to be noted before authenticating. */
  get mark(): number {
    return this.count;
  }

  add(me: Me): void {
    this.count += 1;
    this.lately.delete(me.id);
    this.lately.set(me.id, { at: this.count, me });
    if (this.lately.size <= this.keep) return;
    const [oldest] = this.lately.keys();
    if (oldest !== undefined) this.lately.delete(oldest);
  }

  /** The user as changed since `mark`; null: not changed. */
  since(mark: number, { actor }: Identity): Me | null {
    const change = actor.kind === 'user' ? this.lately.get(actor.id) : undefined;
    return change !== undefined && change.at > mark ? change.me : null;
  }
}
