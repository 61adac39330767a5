/**
 * Everything between a bare clone and a panel that can start: packages, the Prisma client, the pages and the server
 * bundle. Does only what is out of date. `node server/run/setup.mjs` does it all.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { hashOf, isMain, root, StepError, stampOf, writeStamp } from './project.mjs';

const oldest = [20, 19];
const test = (name) => /\.test\.tsx?$|(^|\/)generated(\/|$)|\.tsbuildinfo$/.test(name);
const pages = [
  'app',
  'components',
  'instrumentation-client.ts',
  'public',
  'server/protocol',
  'next.config.js',
  'postcss.config.mjs',
  'tsconfig.json',
];
const builder = ['server/run/setup.mjs', 'server/run/bundle.mjs', 'server/run/compress.mjs'];

/** Where the words of a step go: npm's standard output belongs to the command that was asked for. */
function say(text) {
  process.stderr.write(`${text}\n`);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isOld = major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
  if (isOld) {
    throw new StepError(`Cordboard needs Node.js ${oldest.join('.')} or newer; this is ${process.versions.node}.`);
  }
}

/** Runs a command with its output on standard error; fails with its last words when `quiet`. */
function run(what, command, args, { quiet = false, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 'pipe' : 2, quiet ? 'pipe' : 2],
    });
    const words = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => words.push(chunk));
    const stop = (signal) => child.kill(signal);
    process.once('SIGINT', stop).once('SIGTERM', stop);
    child.on('error', (error) => reject(new StepError(`${what} failed: ${error.message}`)));
    child.on('close', (code, signal) => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      if (code === 0) return resolve();
      const tail = Buffer.concat(words).toString().trim().split('\n').slice(-40).join('\n');
      reject(new StepError(`${what} failed (${signal ?? `exit code ${code}`}).${tail ? `\n${tail}` : ''}`));
    });
  });
}

async function step(name, hash, isThere, work) {
  if (isThere && stampOf(name) === hash) return;
  const begun = Date.now();
  await work();
  writeStamp(name, hash);
  say(`  ${name}: done in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
}

/** Whether node_modules is what the lockfile says; npm leaves its own account there when it is done. */
function packagesAreThere() {
  const account = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(account)) return false;
  const there = JSON.parse(readFileSync(account, 'utf8')).packages ?? {};
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages ?? {};
  return Object.entries(wanted).every(
    ([name, entry]) => name === '' || entry.optional || entry.devOptional || there[name]?.version === entry.version,
  );
}

/** Packages of the lockfile, and the Prisma client. Enough for the command line, development and tests. */
export async function install() {
  checkNode();
  if (!packagesAreThere()) {
    say('Installing packages (once, about two minutes) …');
    const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
    await run('npm ci', 'npm', args, { env: { npm_config_yes: 'true' } });
  }
  const schema = hashOf(['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json']);
  await step('client', schema, existsSync(path.join(root, 'server/store/generated/client.ts')), () =>
    run('prisma generate', process.execPath, [bin('prisma/build/index.js'), 'generate'], {
      quiet: true,
      env: { PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
    }),
  );
}

const packages = () => hashOf(['package-lock.json', ...builder]);

/** The exported pages in out/. */
async function buildPages() {
  const hash = packages() + hashOf(pages, test);
  await step('pages', hash, existsSync(path.join(root, 'out/index.html')), async () => {
    say('Building the pages …');
    const env = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
    await run('next build', process.execPath, [bin('next/dist/bin/next'), 'build'], { quiet: true, env });
    const { compress } = await import('./compress.mjs');
    await compress(path.join(root, 'out'));
  });
}

/** The server and the command line in dist/. */
export async function buildServer() {
  const hash = packages() + hashOf(['server', 'prisma/schema.prisma', 'tsconfig.json'], test);
  await step('server', hash, existsSync(path.join(root, 'dist/cli.js')), async () => {
    const { bundle } = await import('./bundle.mjs');
    await bundle();
  });
}

export async function build() {
  await buildPages();
  await buildServer();
}

function bin(relative) {
  return path.join(root, 'node_modules', relative);
}

/** Runs `work` as the body of a script: a step that failed ends it with a sentence, not a stack. */
export async function orExplain(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    say(`\n${error.message}`);
    process.exit(1);
  }
}

if (isMain(import.meta.url)) {
  await orExplain(async () => {
    await install();
    await build();
  });
}
