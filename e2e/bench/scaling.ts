import { fork } from 'node:child_process';
import path from 'node:path';
import type { Noise } from './noise';
import { median, type Row, row } from './table';

const child = path.join(process.cwd(), '.cache/bench/js/e2e/bench/child-scaling.mjs');
const sizes = [100, 1_000, 10_000] as const;

function cost(extensions: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const process = fork(child, [String(extensions)]);
    process.once('message', (message) => resolve((message as { microseconds: number }).microseconds));
    process.once('exit', (code) => reject(new Error(`the measurement ended with ${code}`)));
  });
}

/** Whether an event costs more on a larger PBX, all else (40 calls at once) being equal. */
export async function scaling(rounds: number, noise: Noise): Promise<Row[]> {
  const costs = new Map<number, number[]>(sizes.map((size) => [size, []]));
  for (let round = 0; round < rounds; round++) {
    noise.sample();
    for (const size of sizes) costs.get(size)?.push(await cost(size));
  }
  const [small = 1, , large = 1] = sizes.map((size) => median(costs.get(size) ?? []));
  const ratio = large / small;
  return [
    ...sizes.map((size) =>
      row(
        'b',
        `CPU per event with ${size.toLocaleString('en-US')} extensions, 40 calls`,
        `${median(costs.get(size) ?? []).toFixed(2)} µs`,
      ),
    ),
    row('b', 'cost per event, 10,000 extensions against 100', `${ratio.toFixed(2)}×`, '≤ 1.3×', ratio <= 1.3),
  ];
}
