/**
 * `npm test`: everything, in order; `npm test -- unit lint` runs parts. What cannot run here is skipped and named;
 * with CI=true or --no-skip a skip is a failure. The last line counts: `N passed, N failed, N skipped`.
 */
import { root } from './project.mjs';
import { build, install } from './setup.mjs';
import { asteriskTests } from './test-asterisk.mjs';
import { browserTests } from './test-browser.mjs';
import { directoryTests } from './test-directory.mjs';
import { command, vitest } from './test-steps.mjs';

const node = process.execPath;
const bin = (name) => `node_modules/${name}`;

const steps = [
  { part: 'setup', name: 'Packages and builds', run: (wanted) => setUp(wanted) },
  {
    part: 'lint',
    name: 'Format and lint (biome)',
    run: () => command(node, [bin('@biomejs/biome/bin/biome'), 'check', '.']),
  },
  { part: 'lint', name: 'Types (tsc)', run: () => command(node, [bin('typescript/bin/tsc'), '--noEmit', '-p', '.']) },
  { part: 'lint', name: 'Import directions (dependency-cruiser)', run: () => command(node, cruise) },
  { part: 'lint', name: 'Lockfile is complete', run: () => command(node, ['server/run/check-lockfile.mjs']) },
  { part: 'lint', name: 'Schema and migrations agree', run: () => command(node, ['server/run/schema-diff.mjs']) },
  { part: 'unit', name: 'Unit, property and integration tests', run: () => vitest('vitest.config.ts') },
  { part: 'directory', name: 'Real OpenLDAP server', run: directoryTests },
  { part: 'asterisk', name: 'Real Asterisk 22 and 16', run: asteriskTests },
  { part: 'browser', name: 'Panel in a real browser', run: browserTests },
];

const cruise = [
  bin('dependency-cruiser/bin/dependency-cruise.mjs'),
  ...['--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
  ...['server', 'app', 'components'],
];

async function setUp(wanted) {
  await install();
  if (wanted.has('browser') || wanted.has('asterisk')) await build();
  return { passed: 0, failed: 0, skipped: 0 };
}

async function attempt(step, wanted) {
  try {
    return await step.run(wanted);
  } catch (error) {
    console.error(error instanceof Error && error.name !== 'StepError' ? error : String(error.message));
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const words = process.argv.slice(2);
const strict = words.includes('--no-skip') || /^(1|true)$/i.test(process.env.CI ?? '');
const asked = words.filter((word) => !word.startsWith('-'));
const parts = ['lint', 'unit', 'directory', 'asterisk', 'browser'];
const unknown = asked.filter((word) => !parts.includes(word));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. Parts: ${parts.join(', ')}.`);
  process.exit(2);
}

process.chdir(root);
const wanted = new Set(asked.length > 0 ? asked : parts);
const total = { passed: 0, failed: 0, skipped: 0 };
const report = [];
for (const step of steps.filter(({ part }) => part === 'setup' || wanted.has(part))) {
  console.log(`\n=== ${step.name} ===`);
  const begun = Date.now();
  const result = await attempt(step, wanted);
  for (const reason of result.reasons ?? []) console.log(`SKIPPED: ${reason}`);
  for (const kind of ['passed', 'failed', 'skipped']) total[kind] += result[kind];
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  report.push({ name: step.name, seconds, ...result });
  console.log(`--- ${step.name}: ${result.failed > 0 ? 'FAILED' : 'done'} in ${seconds} s`);
  if (step.part === 'setup' && result.failed > 0) break;
}

console.log('\n=== Summary ===');
for (const { name, seconds, passed, failed, skipped } of report) {
  console.log(`${`${seconds} s`.padStart(9)}  ${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
}
for (const reason of report.flatMap((result) => result.reasons ?? [])) console.log(`Skipped: ${reason}`);
if (strict && total.skipped > 0) {
  console.log(`${total.skipped} skipped, and nothing may be: counted as failed.`);
  total.failed += total.skipped;
  total.skipped = 0;
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
