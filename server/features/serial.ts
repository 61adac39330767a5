/** Runs tasks one after the other per key, in the order they were asked for: the last wish wins. */
export class Serial {
  private readonly lasts = new Map<string, Promise<unknown>>();

  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.lasts.get(key) ?? Promise.resolve();
    const result = before.then(task, task);
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    this.lasts.set(key, settled);
    void settled.then(() => {
      if (this.lasts.get(key) === settled) this.lasts.delete(key);
    });
    return result;
  }

  /** Keys with work under way. */
  get size(): number {
    return this.lasts.size;
  }
}
