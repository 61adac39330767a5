/**
 * `npx tsx e2e/asterisk/record-availability.ts [22|16] [FILE]`: writes what a real Asterisk answers to every question of
 * availability, for the demo PBX to be held to; without FILE into the demo's fixtures.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { askAll } from './ask';
import { ensureAsterisk } from './install.mjs';
import { TestPbx } from './pbx';
import { freePort } from './ports';

const fixture = path.resolve(import.meta.dirname, '../../server/demo/fixtures/availability-22.json');
const [wanted, file = fixture] = process.argv.slice(2);
const version = wanted === '16' ? 16 : 22;
const installed = await ensureAsterisk(version);
if ('skipped' in installed) throw new Error(installed.skipped);
const pbx = await TestPbx.start({ version, root: installed.root, carrierPort: await freePort() });
try {
  const least = await pbx.connect('min');
  const answers = await askAll(pbx.ami, least, () => pause(60));
  least.close();
  await writeFile(file, `${JSON.stringify(answers, null, 1)}\n`);
  console.log(`${answers.length} answers of Asterisk ${version}`);
} finally {
  await pbx.remove();
}
