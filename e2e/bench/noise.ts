import { median } from './table';

/** The same work over and over tells how steady the machine is: milliseconds of wall clock for a fixed loop. */
export class Noise {
  readonly #wall: number[] = [];

  sample(): void {
    const startedAt = performance.now();
    let x = 1;
    for (let i = 0; i < 30_000_000; i++) x = (Math.imul(x, 1_103_515_245) + 12_345) | 0;
    if (x === 0.5) throw new Error('unreachable, but the loop must not be optimised away');
    this.#wall.push(performance.now() - startedAt);
  }

  text(): string {
    const ms = (value: number): string => `${value.toFixed(0)} ms`;
    return `${ms(Math.min(...this.#wall))} / ${ms(median(this.#wall))} / ${ms(Math.max(...this.#wall))}`;
  }
}
