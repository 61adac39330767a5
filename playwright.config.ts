import { defineConfig, devices } from '@playwright/test';
import { chromiumLaunch } from './e2e/fixtures/chromium';

const onAsterisk = [
  'panel.spec.ts',
  'dnd.spec.ts',
  'link.spec.ts',
  'admin.spec.ts',
  'keyboard-asterisk.spec.ts',
  'buttons-asterisk.spec.ts',
  'newcomer.spec.ts',
  'import-asterisk.spec.ts',
];

/** Specs in a real Chromium against the built panel: `node server/run/setup.mjs` first, or `npm test -- browser`. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  forbidOnly: Boolean(process.env.CI),
  // Two cores carry two browsers, a panel each, and one Asterisk with its phones.
  workers: 2,
  timeout: 60_000,
  // One more try where a busy machine was late; the report names such a test as flaky.
  retries: process.env.CI ? 1 : 0,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  projects: [
    // One worker, so that Asterisk and its phones are started once.
    { name: 'asterisk', testMatch: onAsterisk, workers: 1 },
    { name: 'demo', testIgnore: onAsterisk },
  ],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    launchOptions: chromiumLaunch(),
    locale: 'en-GB',
    screenshot: 'only-on-failure',
  },
});
