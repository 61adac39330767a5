import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Plain Node, no packages: this runs before they are installed. */

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const stamps = path.join(root, 'node_modules/.cordboard');

/** Says why a step could not be done, without a stack. */
export class StepError extends Error {
  name = 'StepError';
}

/** @param {string[]} paths files and folders below the root; what does not exist counts as absent */
export function hashOf(paths, skip = () => false) {
  const hash = createHash('sha256');
  const visit = (relative) => {
    if (skip(relative)) return;
    const full = path.join(root, relative);
    if (!existsSync(full)) return hash.update(`${relative}\0absent\0`);
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) visit(path.posix.join(relative, name));
      return;
    }
    hash.update(`${relative}\0`).update(readFileSync(full)).update('\0');
  };
  for (const relative of paths) visit(relative);
  return hash.digest('hex');
}

export function stampOf(name) {
  const file = path.join(stamps, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

export function writeStamp(name, value) {
  mkdirSync(stamps, { recursive: true });
  writeFileSync(path.join(stamps, name), value);
}

/** True when this file is what Node was asked to run. */
export function isMain(url) {
  return process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(url);
}
