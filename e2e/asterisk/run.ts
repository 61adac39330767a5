/**
 * `npx tsx e2e/asterisk/run.ts [22|16] [scenario…]`: runs the scenarios on the phones alone and checks each against
 * Asterisk itself, which proves that the phones do what a scenario says before any panel is judged by it.
 */
import { coreChannels } from './channels';
import { eventually } from './check';
import { AsteriskSkipped, startLab } from './lab';
import { scenariosFor } from './scenarios/all';
import { observeAsterisk } from './truth';

const [versionArgument, ...names] = process.argv.slice(2);
const version = versionArgument === '16' ? 16 : 22;
const wanted = scenariosFor(version).filter(
  (scenario) => scenario.needsPanel !== true && (names.length === 0 || names.includes(scenario.name)),
);

const lab = await startLab(version).catch((error: unknown) => {
  if (!(error instanceof AsteriskSkipped)) throw error;
  console.error(`skipped: ${error.message}`);
  process.exit(3);
});
const { phones, outside, pbx } = lab;
const check = eventually(() => observeAsterisk(pbx.ami));
let failed = 0;
const began = performance.now();
for (const scenario of wanted) {
  const started = performance.now();
  try {
    await scenario.run({ phones, outside, check, version });
    const left = await coreChannels(pbx.instance);
    if (left.length > 0) throw new Error(`left behind: ${left.map((channel) => channel.name).join(' ')}`);
    console.log(`ok   ${scenario.name} ${Math.round(performance.now() - started)} ms`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${scenario.name}: ${error instanceof Error ? error.message : String(error)}`);
    if (!pbx.instance.running) console.log(`Asterisk ended: ${await pbx.instance.logTail()}`);
  }
  await phones.reset().catch((error: unknown) => console.log(`reset: ${String(error)}`));
}
await lab.stop();
console.log(
  `${wanted.length - failed} passed, ${failed} failed, ${((performance.now() - began) / 1000).toFixed(1)} s on Asterisk ${version}`,
);
process.exitCode = failed > 0 ? 1 : 0;
