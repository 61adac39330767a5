import type { Outcome } from '../../auth/api';

export interface Done<T, R> {
  readonly item: T;
  readonly outcome: Outcome<R>;
}

const atOnce = 4;

/** Does it for each, a few at a time and in their order; one that fails keeps nobody else back. */
export async function forMany<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<Outcome<R>>,
  onProgress: (count: number) => void,
): Promise<Done<T, R>[]> {
  const done: Done<T, R>[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const at = next;
      next += 1;
      const item = items[at] as T;
      done[at] = { item, outcome: await work(item) };
      onProgress(done.filter(Boolean).length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return done;
}
