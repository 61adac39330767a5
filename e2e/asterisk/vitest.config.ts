import path from 'node:path';
import { defineConfig } from 'vitest/config';

/**
 * The panel against real Asterisk processes: `npx vitest run --config e2e/asterisk/vitest.config.ts`. Two files at a
 * time, each with a PBX, a phone farm and panels of its own; the tests of one file follow each other.
 */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '../..'),
  resolve: { alias: { '@': path.resolve(import.meta.dirname, '../..') } },
  test: {
    include: ['e2e/asterisk/**/*.test.ts'],
    globalSetup: [path.join(import.meta.dirname, 'build.mjs')],
    pool: 'forks',
    maxWorkers: Number(process.env.CORDBOARD_WORKERS ?? 2),
    bail: 0,
    // One more try where a busy machine was late; the report shows `retry x1` beside such a test.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
});
