/**
 * `npx tsx e2e/asterisk/record-panel.ts`: writes what the panel shows of a real Asterisk 22 at every checkpoint into
 * `fixtures/panel-22.json`, for the demo PBX to be held to.
 */
import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import build from './build.mjs';
import { type Expected, observePanel } from './expected';
import { startLab } from './lab';
import { Panel } from './panel';
import { panelCheck } from './panel-check';
import { brief, type PanelState, statesFile } from './panel-states';
import { scenariosFor } from './scenarios/all';

await build();
const lab = await startLab(22);
const panel = await Panel.start({ amiUrl: lab.pbx.amiUrl('panel') });
const states: PanelState[] = [];
try {
  const settled = panelCheck({ panels: [panel], real: lab });
  const quiet = observePanel(await panel.state());
  for (const scenario of scenariosFor(22).filter(({ realOnly }) => realOnly !== true)) {
    const check = async (label: string, expected: Expected) => {
      await settled(label, expected);
      // What the checkpoint does not speak of may still be on its way.
      await pause(300);
      await settled(label, expected);
      states.push({ scenario: scenario.name, label, state: brief(observePanel(await panel.state()), quiet) });
    };
    await scenario.run({ phones: lab.phones, outside: lab.outside, check, version: 22 });
    await lab.phones.reset();
  }
  await writeFile(statesFile, `${JSON.stringify(states, null, 1)}\n`);
  console.log(`${states.length} checkpoints`);
} finally {
  await panel.stop();
  await lab.stop();
}
