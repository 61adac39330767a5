import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './project.mjs';

/** @typedef {{passed: number, failed: number, skipped: number, reasons?: string[]}} Result */

export function skip(reason) {
  return { passed: 0, failed: 0, skipped: 1, reasons: [reason] };
}

/** Runs a program with its output shown; answers its exit code. */
export function execute(program, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 1, 1], env: { ...process.env, ...env } });
    const stop = (signal) => child.kill(signal);
    process.once('SIGINT', stop).once('SIGTERM', stop);
    child.on('error', reject);
    child.on('close', (code) => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      resolve(code ?? 1);
    });
  });
}

/** A check that passes or fails as a whole. @returns {Promise<Result>} */
export async function command(program, args) {
  const code = await execute(program, args);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/** Runs a program that writes a JSON report, and reads it; null: it wrote none. */
export async function withReport(run) {
  const directory = mkdtempSync(path.join(tmpdir(), 'cordboard-test-'));
  try {
    const file = path.join(directory, 'report.json');
    const code = await run(file);
    return { code, report: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A broken file that never got as far as a test, or a runner that crashed, is a failure too. */
export function counted({ passed, failed, skipped }, code) {
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, skipped };
}

/** @returns {Promise<Result>} */
export async function vitest(config) {
  const { code, report } = await withReport((file) =>
    execute(process.execPath, [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...['--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    ]),
  );
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report;
  const skipped = numPendingTests + numTodoTests;
  const result = counted({ passed: numPassedTests, failed: numFailedTests, skipped }, code);
  return skipped > 0 ? { ...result, reasons: skippedTests(report) } : result;
}

function skippedTests(report) {
  return report.testResults.flatMap((file) =>
    file.assertionResults
      .filter((test) => test.status !== 'passed' && test.status !== 'failed')
      .map((test) => `${path.relative(root, file.name)}: ${test.fullName}`),
  );
}
