/** `npx tsx e2e/asterisk/record-commands.ts`: writes what Asterisk 22 does in every command step to `fixtures/`. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { steps } from './command-steps';
import { type Trace, trace } from './command-trace';
import { labHouse } from './commands-house';
import { startLab } from './lab';

const lab = await startLab(22);
try {
  const traces: Trace[] = [];
  for (const step of steps) traces.push(await trace(labHouse(lab), step));
  const file = path.join(import.meta.dirname, 'fixtures', 'commands-22.json');
  await writeFile(file, `${JSON.stringify(traces, null, 1)}\n`);
  console.log(`${traces.length} steps`);
} finally {
  await lab.stop();
}
