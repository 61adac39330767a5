import { expect, it } from 'vitest';
import type { Outcome } from '../../auth/api';
import { forMany } from './many';

it('does all, at most four at a time, and answers in their order with what failed', async () => {
  let running = 0;
  let most = 0;
  const progress: number[] = [];
  const items = Array.from({ length: 11 }, (_, at) => at);
  const done = await forMany<number, number>(
    items,
    async (item): Promise<Outcome<number>> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, item % 3));
      running -= 1;
      return item === 5 ? { ok: false, error: 'conflict', message: 'No.' } : { ok: true, value: item * 2 };
    },
    (count) => progress.push(count),
  );
  expect(most).toBe(4);
  expect(done.map(({ item }) => item)).toEqual(items);
  expect(done.filter(({ outcome }) => !outcome.ok).map(({ item }) => item)).toEqual([5]);
  expect(progress.at(-1)).toBe(11);
});
