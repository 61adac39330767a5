import { describe, expect, it } from 'vitest';
import { missingEntries } from './check-lockfile.mjs';

const lock = (packages: Record<string, object>): { packages: Record<string, object> } => ({
  packages: { '': { dependencies: { oxide: '1' } }, ...packages },
});
const linux = { version: '1.0.0', optional: true };

describe('the lockfile check', () => {
  it('misses the platform that a registry did not know', () => {
    const optionalDependencies = { '@oxide/linux': '1', '@oxide/darwin': '1' };
    const broken = lock({ 'node_modules/oxide': { optionalDependencies }, 'node_modules/@oxide/linux': linux });
    expect(missingEntries(broken)).toEqual(['node_modules/oxide wants @oxide/darwin@1 (optionalDependencies)']);
    broken.packages['node_modules/@oxide/darwin'] = linux;
    expect(missingEntries(broken)).toEqual([]);
  });

  it('finds a package where Node would, nested or above', () => {
    const nested = lock({
      'node_modules/oxide': { dependencies: { a: '1', b: '1' } },
      'node_modules/oxide/node_modules/a': { dependencies: { b: '1' } },
      'node_modules/b': {},
    });
    expect(missingEntries(nested)).toEqual([]);
    expect(missingEntries(lock({ 'node_modules/other/node_modules/oxide': {} }))).toEqual([
      'the project wants oxide@1 (dependencies)',
    ]);
  });
});
