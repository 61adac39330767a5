import type { SessionEnd } from '../protocol/socket';

export interface SessionEnded {
  readonly sessionId: string;
  readonly userId: string;
  readonly reason: SessionEnd;
}

/** A promise that it answers is waited for by those who `tell`. */
type Listener<T> = (event: T) => unknown;

class Signal<T> {
  readonly #listeners = new Set<Listener<T>>();

  /** Answers the function that takes the listener off again. */
  on(listener: Listener<T>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: T): void {
    void this.tell(event);
  }

  /** Resolves when all who heard it have done what they have to. */
  async tell(event: T): Promise<void> {
    await Promise.all([...this.#listeners].map((listener) => listener(event)));
  }
}

/** What open connections have to know at once. */
export class SessionEvents {
  /** The session must not be served any longer. */
  readonly ended = new Signal<SessionEnded>();
  /** Id of an API token that was revoked or expired. */
  readonly tokenEnded = new Signal<string>();
  /** Id of a user whose name, extension, role or password changed: read it again. */
  readonly userChanged = new Signal<string>();
  /** What roles grant, or who is in which group. */
  readonly accessChanged = new Signal<null>();
}
