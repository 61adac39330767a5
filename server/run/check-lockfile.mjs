/**
 * Fails when the lockfile lacks an entry for an optional dependency of a locked package: `npm ci` would then fail on
 * the machines that need it (another operating system). Registries that have not seen a release's every platform yet
 * make npm leave them out silently.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isMain, root } from './project.mjs';

/** Node's own resolution: the entry of `name` as seen from the package at `from`. */
function resolve(packages, from, name) {
  let base = from;
  for (;;) {
    const key = base === '' ? `node_modules/${name}` : `${base}/node_modules/${name}`;
    if (key in packages) return key;
    if (base === '') return null;
    const up = base.lastIndexOf('/node_modules/');
    base = up < 0 ? '' : base.slice(0, up);
  }
}

/** Sentences, one for each entry that is missing. */
export function missingEntries(lock) {
  const packages = lock.packages ?? {};
  const missing = [];
  for (const [from, entry] of Object.entries(packages)) {
    for (const kind of ['dependencies', 'optionalDependencies']) {
      for (const [name, range] of Object.entries(entry[kind] ?? {})) {
        if (!resolve(packages, from, name)) missing.push(`${from || 'the project'} wants ${name}@${range} (${kind})`);
      }
    }
  }
  return missing;
}

if (isMain(import.meta.url)) {
  const missing = missingEntries(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')));
  for (const line of missing) console.error(`package-lock.json has no entry: ${line}`);
  if (missing.length > 0) process.exitCode = 1;
}
