import { expect, it } from 'vitest';
import { RowQueue } from './row-queue';

it('has one writer at a time, also when rows come while it flushes after a failure', async () => {
  const written: number[] = [];
  const answers: (() => void)[] = [];
  let refuse = true;
  let writing = 0;
  let most = 0;
  const queue = new RowQueue<number>({
    write: async (rows) => {
      if (refuse) throw new Error('full');
      writing += 1;
      most = Math.max(most, writing);
      const taken = [...rows];
      await new Promise<void>((resolve) => answers.push(resolve));
      writing -= 1;
      written.push(...taken);
    },
    onError: () => undefined,
    lost: () => null,
  });
  queue.append(1);
  await queue.flush();
  refuse = false;
  const flushed = queue.flush();
  queue.append(2);
  let over = false;
  void flushed.then(() => {
    over = true;
  });
  for (let turn = 0; turn < 50; turn += 1) {
    await Promise.resolve();
    answers.shift()?.();
    if (turn === 5) queue.append(3);
  }
  expect(over).toBe(true);
  await queue.flush();
  expect(written).toEqual([1, 2, 3]);
  expect(most).toBe(1);
});
