import { describe, expect, it } from 'vitest';
import { Serial } from './serial';

describe('Serial', () => {
  it('runs different keys side by side, goes on after a failure and forgets what is done', async () => {
    const serial = new Serial();
    const order: string[] = [];
    let release: () => void = () => undefined;
    const first = serial.run('a', () => new Promise<void>((resolve) => (release = resolve)));
    const second = serial.run('a', async () => {
      order.push('a2');
      throw new Error('no');
    });
    const third = serial.run('a', async () => void order.push('a3'));
    await serial.run('b', async () => void order.push('b1'));
    expect(order).toEqual(['b1']);
    release();
    await first;
    await expect(second).rejects.toThrow('no');
    await third;
    expect(order).toEqual(['b1', 'a2', 'a3']);
    await Promise.resolve();
    await Promise.resolve();
    expect(serial.size).toBe(0);
  });
});
