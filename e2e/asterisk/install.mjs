#!/usr/bin/env node
/**
 * Unpacks the Asterisk releases the tests run against into `.cache/asterisk/<version>`.
 *
 * Run as `node e2e/asterisk/install.mjs [22] [16]` (both by default). Exit codes: 0 = ready, 3 = skipped with the
 * reason on stderr, 1 = something broke. Nothing outside `.cache` is touched, apart from installing `mmdebstrap`
 * with apt-get when it is missing.
 */
import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const cacheRoot = path.join(repository, '.cache/asterisk');

/** The Debian suite that carries each release. */
const suites = { 22: 'forky', 16: 'bullseye' };
const common = ['asterisk', 'asterisk-modules', 'asterisk-core-sounds-en-gsm'];
const packages = { 22: common, 16: [...common, 'asterisk-voicemail'] };
const stampName = '.cordboard-stamp';
const stampText = (version) => `1 ${suites[version]} ${packages[version].join(' ')}\n`;
const unpackTimeoutMs = 10 * 60_000;

/**
 * The Debian mirror in a set of apt source files, read at run time so that no host is ever written down.
 *
 * @param {{name: string, text: string}[]} files
 * @returns {string | undefined} the first archive that is Debian's own and not a security or third-party one
 */
export function findMirror(files) {
  const candidates = files.flatMap((file) =>
    file.name.endsWith('.sources') ? deb822Sources(file.text) : classicSources(file.text),
  );
  const usable = candidates.filter(
    ({ uri, suite, components }) =>
      /^(https?|file|copy|mirror\+.*|cdrom):/.test(uri) &&
      !/security/.test(uri) &&
      components.includes('main') &&
      /^[a-z]+$/.test(suite) &&
      !/^nodistro$/.test(suite),
  );
  const debian =
    usable.find(({ uri }) => /\/debian\/?$/.test(uri)) ??
    usable.find(({ signedBy }) => /debian-archive/.test(signedBy));
  return (debian ?? usable[0])?.uri;
}

function deb822Sources(text) {
  const found = [];
  for (const stanza of text.replace(/^#.*\n/gm, '').split(/\n\s*\n/)) {
    const fields = new Map();
    let last = '';
    for (const line of stanza.split('\n')) {
      const head = /^([A-Za-z-]+):\s*(.*)$/.exec(line);
      if (head) {
        last = head[1].toLowerCase();
        fields.set(last, head[2]);
      } else if (/^\s/.test(line) && last) {
        fields.set(last, `${fields.get(last)} ${line.trim()}`);
      }
    }
    if (/^no$/i.test(fields.get('enabled') ?? '')) continue;
    if (!words(fields.get('types')).includes('deb')) continue;
    for (const uri of words(fields.get('uris'))) {
      for (const suite of words(fields.get('suites'))) {
        found.push({
          uri,
          suite,
          components: words(fields.get('components')),
          signedBy: fields.get('signed-by') ?? '',
        });
      }
    }
  }
  return found;
}

function classicSources(text) {
  const found = [];
  for (const line of text.split('\n')) {
    const match = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+([^#]*)/.exec(line);
    if (match) found.push({ uri: match[2], suite: match[3], components: words(match[4]), signedBy: match[1] ?? '' });
  }
  return found;
}

function words(text) {
  return (text ?? '').split(/\s+/).filter(Boolean);
}

async function aptSourceFiles() {
  const files = [];
  const folder = '/etc/apt/sources.list.d';
  const names = (await readdir(folder).catch(() => [])).sort();
  // Debian's own file first: a third-party list may come earlier in the alphabet.
  names.sort((a, b) => Number(b.startsWith('debian')) - Number(a.startsWith('debian')));
  for (const file of ['/etc/apt/sources.list', ...names.map((name) => path.join(folder, name))]) {
    if (!/\.(list|sources)$/.test(file)) continue;
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) files.push({ name: file, text });
  }
  return files;
}

async function exists(file) {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function hasCommand(name) {
  for (const folder of (process.env.PATH ?? '').split(':')) {
    if (folder && (await exists(path.join(folder, name)))) return true;
  }
  return false;
}

async function isDebian() {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^ID=debian$/m.test(release);
}

async function isReady(version) {
  const root = path.join(cacheRoot, String(version));
  const stamp = await readFile(path.join(root, stampName), 'utf8').catch(() => '');
  return stamp === stampText(version) && (await exists(path.join(root, 'usr/sbin/asterisk')));
}

async function ensureTool() {
  if (await hasCommand('mmdebstrap')) return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () => run('apt-get', ['install', '-y', '--no-install-recommends', 'mmdebstrap'], { env });
  try {
    await install();
  } catch {
    try {
      await run('apt-get', ['update', '-q'], { env });
      await install();
    } catch (error) {
      return `mmdebstrap is missing and apt-get could not install it: ${lastLine(error)}`;
    }
  }
  return undefined;
}

function lastLine(error) {
  const text = String(error.stderr || error.message).trim();
  return text.split('\n').slice(-3).join(' | ');
}

/** One unpacker at a time per version, across processes; a lock left by a dead process is taken over. */
async function withLock(version, action) {
  const lock = path.join(cacheRoot, `.lock-${version}`);
  for (;;) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const owner = Number(await readFile(lock, 'utf8').catch(() => '0'));
      if (!(await exists(`/proc/${owner || 'none'}`))) await rm(lock, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
  try {
    return await action();
  } finally {
    await rm(lock, { force: true });
  }
}

async function unpack(version, mirror) {
  const root = path.join(cacheRoot, String(version));
  const temporary = await mkdtemp(path.join(cacheRoot, `.unpack-${version}-`));
  try {
    await run(
      'mmdebstrap',
      [
        '-q',
        '--mode=root',
        '--variant=minbase',
        '--aptopt=Acquire::Check-Valid-Until "false"',
        '--aptopt=Acquire::Retries "3"',
        `--include=${packages[version].join(',')}`,
        suites[version],
        temporary,
        `deb ${mirror} ${suites[version]} main`,
      ],
      { timeout: unpackTimeoutMs, maxBuffer: 64 * 1024 * 1024 },
    );
    await mkdir(path.join(temporary, 'inst'), { recursive: true });
    await writeFile(path.join(temporary, stampName), stampText(version));
    await rm(root, { recursive: true, force: true });
    await rename(temporary, root);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

async function removeLeftovers(version) {
  for (const name of await readdir(cacheRoot)) {
    const folder = path.join(cacheRoot, name);
    if (!name.startsWith(`.unpack-${version}-`)) continue;
    const { mtimeMs } = await stat(folder);
    if (Date.now() - mtimeMs > unpackTimeoutMs) await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Makes an unpacked Asterisk available.
 *
 * @param {22 | 16} version
 * @returns {Promise<{root: string} | {skipped: string}>} the unpacked root folder, or why this machine cannot have it
 */
export async function ensureAsterisk(version) {
  if (!(version in suites)) throw new RangeError(`no Debian suite is known for Asterisk ${version}`);
  const root = path.join(cacheRoot, String(version));
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    return { skipped: 'a real Asterisk is started with chroot, which needs root on Linux' };
  }
  if (await isReady(version)) return { root };
  if (!(await isDebian())) return { skipped: 'unpacking Asterisk needs Debian (its package archive and mmdebstrap)' };
  const mirror = findMirror(await aptSourceFiles());
  if (!mirror) return { skipped: 'no Debian mirror found in /etc/apt' };
  await mkdir(cacheRoot, { recursive: true });
  return withLock(version, async () => {
    if (await isReady(version)) return { root };
    const toolProblem = await ensureTool();
    if (toolProblem) return { skipped: toolProblem };
    await removeLeftovers(version);
    try {
      await unpack(version, mirror);
    } catch (error) {
      return { skipped: `mmdebstrap could not unpack Asterisk ${version}: ${lastLine(error)}` };
    }
    return { root };
  });
}

async function main() {
  const wanted = process.argv.slice(2).map(Number);
  let skipped = false;
  for (const version of wanted.length > 0 ? wanted : [22, 16]) {
    const startedAt = Date.now();
    const result = await ensureAsterisk(version);
    if ('skipped' in result) {
      skipped = true;
      console.error(`Asterisk ${version} skipped: ${result.skipped}`);
    } else {
      console.log(`Asterisk ${version} ready in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
    }
  }
  if (skipped) process.exitCode = 3;
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await main();
