import { describe, expect, it } from 'vitest';
import { commandLabel } from './metrics';

describe('the metrics of commands', () => {
  it('have one series for whatever names callers make up', () => {
    expect(['extension.dnd', 'nonsense', 'toString', '__proto__', 'x'.repeat(9_000)].map(commandLabel)).toEqual([
      'extension.dnd',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
    ]);
  });
});
