import { buildServer, install } from '../../server/run/setup.mjs';

/** Vitest's global set-up: the panel under test is the bundle that operators run, of the sources as they are now. */
export default async function setup() {
  await install();
  await buildServer();
}
