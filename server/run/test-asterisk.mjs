import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './project.mjs';
import { skip, vitest } from './test-steps.mjs';

const config = 'e2e/asterisk/vitest.config.ts';

/** Needs Debian and root the first time: the two releases are unpacked into .cache/asterisk. */
export async function asteriskTests() {
  if (!existsSync(path.join(root, config))) return skip(`there are no tests at ${config}`);
  const { ensureAsterisk } = await import('../../e2e/asterisk/install.mjs');
  const missing = [];
  for (const version of [22, 16]) {
    const result = await ensureAsterisk(version);
    if ('skipped' in result) missing.push(`Asterisk ${version}: ${result.skipped}`);
  }
  if (missing.length === 2) return { passed: 0, failed: 0, skipped: 2, reasons: missing };
  const result = await vitest(config);
  return { ...result, skipped: result.skipped + missing.length, reasons: [...missing, ...(result.reasons ?? [])] };
}
