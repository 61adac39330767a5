import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, stop } from 'esbuild';

/** `npm run bench [-- part …]`: bundles the readers and the server as production does, then runs the parts in turn. */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const out = path.join(root, '.cache/bench');

rmSync(path.join(out, 'js'), { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: ['e2e/bench/child-own.ts', 'e2e/bench/child-scaling.ts', 'server/main.ts'],
  outdir: path.join(out, 'js'),
  outbase: '.',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  packages: 'external',
  logLevel: 'warning',
  alias: { '@': root },
});
await stop();
for (const child of ['child-npm.mjs', 'child-sockets.mjs'])
  cpSync(path.join(root, 'e2e/bench', child), path.join(out, 'js/e2e/bench', child));
const main = path.join(root, 'e2e/bench/main.ts');
const child = spawn(process.execPath, ['--import', 'tsx', main, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
