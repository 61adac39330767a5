import { existsSync } from 'node:fs';
import path from 'node:path';
import { build, stop } from 'esbuild';
import { root } from './project.mjs';

/** server/*.ts → dist/*.js; packages stay where npm put them. */
export async function bundle() {
  const entries = ['server/main.ts', 'server/cli.ts', 'server/fop2-import/plan-thread.ts'].filter((file) =>
    existsSync(path.join(root, file)),
  );
  try {
    await build({
      absWorkingDir: root,
      entryPoints: entries,
      outdir: 'dist',
      outbase: 'server',
      bundle: true,
      platform: 'node',
      target: 'node20.19',
      format: 'esm',
      packages: 'external',
      sourcemap: 'linked',
      logLevel: 'warning',
      alias: { '@': root },
    });
  } finally {
    // Without it the compiler's own process would keep this one alive.
    await stop();
  }
}
