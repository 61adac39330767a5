/** What one window of a user tells the others. */
export interface WindowNews {
  readonly id: string;
  /** The browser lets it make sounds: somebody has pressed something in it. */
  readonly audible: boolean;
  readonly focused: boolean;
  readonly gone?: boolean;
}

export interface WindowsPorts {
  readonly id: string;
  /** Reaches the other windows of the same user in this browser. */
  readonly post: (news: WindowNews) => void;
  /** Monotonic ms. */
  readonly now: () => number;
}

/** How often a window is heard of, and after how long it counts as gone, ms. */
export const newsEveryMs = 2_000;
const forgottenAfterMs = 6_000;
const answerAtMostEveryMs = 500;

/**
 * The windows of one user agree on the one that rings: one that can make sounds, then the one whose id is first. Each
 * answers what it hears, so that a window whose timers sleep is not forgotten.
 */
export class Windows {
  readonly #others = new Map<string, WindowNews & { readonly heard: number }>();
  #audible = false;
  #focused = false;
  #told = Number.NEGATIVE_INFINITY;

  constructor(private readonly ports: WindowsPorts) {}

  /** Tell how it is with this window; also from time to time without a change. */
  tell(audible: boolean, focused: boolean): void {
    this.#audible = audible;
    this.#focused = focused;
    this.#post();
  }

  /** What another window told. */
  hear(news: WindowNews): void {
    if (news.id === this.ports.id) return;
    const known = this.#others.has(news.id);
    if (news.gone) this.#others.delete(news.id);
    else this.#others.set(news.id, { ...news, heard: this.ports.now() });
    if (!news.gone && (!known || this.ports.now() - this.#told > answerAtMostEveryMs)) this.#post();
  }

  leave(): void {
    this.ports.post({ id: this.ports.id, audible: this.#audible, focused: false, gone: true });
  }

  /** Whether this window is the one that rings and notifies. */
  get leads(): boolean {
    const { id } = this.ports;
    return this.#alive().every(
      (other) => Number(other.audible) < Number(this.#audible) || (other.audible === this.#audible && id < other.id),
    );
  }

  /** Somebody looks at one of the windows. */
  get lookedAt(): boolean {
    return this.#focused || this.#alive().some(({ focused }) => focused);
  }

  #alive(): readonly WindowNews[] {
    const now = this.ports.now();
    return [...this.#others.values()].filter(({ heard }) => now - heard < forgottenAfterMs);
  }

  #post(): void {
    this.#told = this.ports.now();
    this.ports.post({ id: this.ports.id, audible: this.#audible, focused: this.#focused });
  }
}
