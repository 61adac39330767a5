import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './project.mjs';
import { counted, execute, skip, withReport } from './test-steps.mjs';

const known = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'];

async function findChromium() {
  const installed = known.find((file) => file && existsSync(file));
  if (installed) return installed;
  const { chromium } = await import('@playwright/test');
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : null;
}

/** Debian's Chromium, when this may install packages. */
async function installChromium() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.log('Installing Chromium with apt-get …');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await execute('apt-get', ['update', '-q'], env);
  await execute('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], env);
}

export async function browserTests() {
  if (!existsSync(path.join(root, 'playwright.config.ts'))) return skip('there is no playwright.config.ts');
  if (!(await findChromium())) await installChromium();
  const chromium = await findChromium();
  if (!chromium) return skip('no Chromium: install it (apt-get install chromium) or set CHROMIUM_PATH');
  const { code, report } = await withReport((file) =>
    execute(process.execPath, ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'], {
      CHROMIUM_PATH: chromium,
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    }),
  );
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  const result = counted({ passed: expected + flaky, failed: unexpected, skipped }, code);
  return skipped > 0 ? { ...result, reasons: [`${skipped} browser tests, named in the list above`] } : result;
}
