/** `npm run dev`: the server from its sources, started anew at every change; pages with hot reload. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from './project.mjs';
import { install, orExplain } from './setup.mjs';

process.chdir(root);
await orExplain(install);
const tsx = path.join(root, 'node_modules/tsx/dist/cli.mjs');
const args = [tsx, 'watch', '--clear-screen=false', '--exclude', './{out,dist,data,.next}/**', 'server/main.ts'];
const child = spawn(process.execPath, args, {
  stdio: 'inherit',
  env: { ...process.env, DEV: '1', NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)));
