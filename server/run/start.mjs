/** `npm start`: set up what is missing, then be the server, in this very process, so that signals reach it. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './project.mjs';
import { build, install, orExplain } from './setup.mjs';

process.chdir(root);
await orExplain(async () => {
  await install();
  await build();
});
process.env.NODE_ENV ??= 'production';
process.setSourceMapsEnabled(true);
await import(pathToFileURL(path.join(root, 'dist/main.js')).href);
