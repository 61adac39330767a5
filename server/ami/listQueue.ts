import { AmiListOverflowError } from './errors';
import type { AmiMessage } from './types';

/** Items between the socket, which is never paused, and a reader that may be slow. */
export class ListQueue {
  readonly #action: string;
  readonly #limit: number;
  #items: AmiMessage[] = [];
  #taken = 0;
  #end: { readonly error: Error | null } | null = null;
  #wake: (() => void) | null = null;

  /** `limit`: unread items after which the list is given up with AmiListOverflowError. */
  constructor(action: string, limit: number) {
    this.#action = action;
    this.#limit = limit;
  }

  push(item: AmiMessage): void {
    if (this.#end !== null) return;
    if (this.#items.length - this.#taken >= this.#limit) {
      this.#items = [];
      this.#taken = 0;
      this.finish(new AmiListOverflowError(this.#action, this.#limit));
      return;
    }
    this.#items.push(item);
    this.#signal();
  }

  /** No more items; an error is thrown to the reader after the items that came before it. */
  finish(error: Error | null): void {
    if (this.#end !== null) return;
    this.#end = { error };
    this.#signal();
  }

  get finished(): boolean {
    return this.#end !== null;
  }

  /** The next item; undefined at the end. */
  async next(): Promise<AmiMessage | undefined> {
    for (;;) {
      const item = this.#items[this.#taken];
      if (item !== undefined) {
        this.#taken++;
        if (this.#taken === this.#items.length) {
          this.#items = [];
          this.#taken = 0;
        }
        return item;
      }
      if (this.#end !== null) {
        if (this.#end.error !== null) throw this.#end.error;
        return undefined;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #signal(): void {
    const wake = this.#wake;
    this.#wake = null;
    wake?.();
  }
}
