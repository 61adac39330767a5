/** Callbacks by name: who listens to what, called once per batch however often the topic was touched. */
export class Topics {
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #versions = new Map<string, number>();
  #touched = new Set<string>();

  subscribe(topic: string, listener: () => void): () => void {
    const set = this.#listeners.get(topic) ?? new Set();
    set.add(listener);
    this.#listeners.set(topic, set);
    return () => {
      set.delete(listener);
      if (set.size === 0 && this.#listeners.get(topic) === set) this.#listeners.delete(topic);
    };
  }

  /** Grows with every touch: tells whether something computed from the topic is still good. */
  version(topic: string): number {
    return this.#versions.get(topic) ?? 0;
  }

  touch(topic: string): void {
    if (!topic.includes('/')) this.#versions.set(topic, this.version(topic) + 1);
    this.#touched.add(topic);
  }

  touchAll(): void {
    for (const topic of this.#listeners.keys()) this.#touched.add(topic);
  }

  /** Call everyone who listens to a touched topic. */
  flush(): void {
    const touched = this.#touched;
    if (touched.size === 0) return;
    this.#touched = new Set();
    for (const topic of touched) {
      for (const listener of [...(this.#listeners.get(topic) ?? [])]) listener();
    }
  }
}
