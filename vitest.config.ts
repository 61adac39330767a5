import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': import.meta.dirname } },
  test: {
    include: ['server/**/*.test.ts', 'components/**/*.test.ts', 'components/**/*.test.tsx'],
    testTimeout: 20_000,
  },
});
