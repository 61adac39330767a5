import type { SessionEnd } from '../protocol/socket';

export interface SessionEnded {
  readonly sessionId: string;
  readonly userId: string;
  readonly reason: SessionEnd;
}

type Listener<T> = (event: T) => void;

class Signal<T> {
  readonly #listeners = new Set<Listener<T>>();

  /** Answers the function that takes the listener off again. */
  on(listener: Listener<T>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: T): void {
    for (const listener of [...this.#listeners]) listener(event);
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
}
