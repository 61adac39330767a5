#!/usr/bin/env node
/**
 * Unpacks Debian's OpenLDAP server into `.cache/openldap`: nothing is installed, no service is started.
 *
 * Run as `node e2e/directory/install.mjs`. Exit codes: 0 = ready, 3 = skipped with the reason on stderr, 1 = something
 * broke.
 */
import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const triplets = { x64: 'x86_64', arm64: 'aarch64' };
const root = path.join(repository, '.cache/openldap');

/** Where the server is, and what it needs to run: from its own folder, or from the system. */
function placesOf(base) {
  const libraries = base === '/' ? '' : path.join(base, `usr/lib/${triplets[process.arch] ?? process.arch}-linux-gnu`);
  return {
    slapd: path.join(base, 'usr/sbin/slapd'),
    slapadd: path.join(base, 'usr/sbin/slapadd'),
    modules: path.join(base, 'usr/lib/ldap'),
    schema: path.join(base, 'etc/ldap/schema'),
    env: libraries === '' ? {} : { LD_LIBRARY_PATH: libraries },
  };
}

async function works(base) {
  const places = placesOf(base);
  try {
    await access(places.schema);
    await run(places.slapd, ['-VV'], { env: { ...process.env, ...places.env } });
    return true;
  } catch (error) {
    // It tells its version and ends with 1.
    return /OpenLDAP/.test(String(error.stderr)) && error.code === 1;
  }
}

/** The packages of it that this machine does not have. */
async function missingPackages() {
  const { stdout } = await run('apt-get', ['install', '-s', '-q', '--no-install-recommends', 'slapd']);
  return [...stdout.matchAll(/^Inst (\S+)/gm)].map(([, name]) => name);
}

async function download(folder) {
  const names = await missingPackages();
  if (names.length === 0) throw new Error('apt-get would install nothing');
  await run('apt-get', ['download', '-q', ...names], { cwd: folder });
}

async function unpack() {
  await mkdir(path.dirname(root), { recursive: true });
  const folder = await mkdtemp(path.join(path.dirname(root), '.openldap-'));
  try {
    try {
      await download(folder);
    } catch (error) {
      if (process.getuid?.() !== 0) throw error;
      await run('apt-get', ['update', '-q']);
      await download(folder);
    }
    for (const name of await readdir(folder)) {
      if (name.endsWith('.deb')) await run('dpkg-deb', ['-x', name, 'root'], { cwd: folder });
    }
    await rm(root, { recursive: true, force: true });
    await rename(path.join(folder, 'root'), root);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Makes OpenLDAP's server available.
 *
 * @returns {Promise<{slapd: string, slapadd: string, modules: string, schema: string, env: Record<string, string>} |
 *   {skipped: string}>} where it is, or why this machine cannot have it
 */
export async function ensureOpenLdap() {
  for (const base of [root, '/']) if (await works(base)) return placesOf(base);
  if (process.platform !== 'linux')
    return { skipped: 'OpenLDAP is unpacked from Debian’s packages, which needs Linux' };
  try {
    await unpack();
  } catch (error) {
    const words = String(error.stderr || error.message)
      .trim()
      .split('\n')
      .slice(-2)
      .join(' | ');
    return { skipped: `apt-get could not fetch Debian’s package slapd: ${words}` };
  }
  return (await works(root)) ? placesOf(root) : { skipped: 'the unpacked OpenLDAP does not start on this machine' };
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const result = await ensureOpenLdap();
  if ('skipped' in result) {
    console.error(`OpenLDAP skipped: ${result.skipped}`);
    process.exitCode = 3;
  } else {
    console.log(`OpenLDAP is at ${result.slapd}`);
  }
}
