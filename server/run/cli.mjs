/** `npm run cli -- …`: the administration from the command line; words of the set-up go to standard error. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './project.mjs';
import { buildServer, install, orExplain } from './setup.mjs';

process.chdir(root);
await orExplain(async () => {
  await install();
  await buildServer();
});
await import(pathToFileURL(path.join(root, 'dist/cli.js')).href);
