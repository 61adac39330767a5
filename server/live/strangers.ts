/**
 * Connections that have not shown who they are. There is room for so many sockets only, and strangers must not take it
 * all: beyond the limit the one that has waited longest is cut off.
 */
export class Strangers<C> {
  private readonly waiting = new Set<C>();

  constructor(
    private readonly limit: number,
    private readonly cut: (connection: C) => void,
  ) {}

  get size(): number {
    return this.waiting.size;
  }

  add(connection: C): void {
    this.waiting.add(connection);
    if (this.waiting.size <= this.limit) return;
    const [longest] = this.waiting;
    if (longest === undefined) return;
    this.waiting.delete(longest);
    this.cut(longest);
  }

  remove(connection: C): void {
    this.waiting.delete(connection);
  }
}
