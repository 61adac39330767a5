import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** The directory against a real OpenLDAP server: `npx vitest run --config e2e/directory/vitest.config.ts`. */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '../..'),
  resolve: { alias: { '@': path.resolve(import.meta.dirname, '../..') } },
  test: {
    include: ['e2e/directory/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
