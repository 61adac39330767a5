import { AsteriskSkipped, type Lab, startLab } from '../asterisk/lab';
import { cpuSecondsOf, Panel, pause } from './panel';
import { median, type Row, row } from './table';

const rounds = 4;
const callsPerPhase = 60;
const lanes = [
  ['101', '102'],
  ['103', '104'],
  ['105', '106'],
  ['107', '108'],
] as const;

/** What the panel's connection costs Asterisk itself: the same calls with and without it, in turns. */
export async function asteriskLoad(): Promise<Row[]> {
  let lab: Lab;
  try {
    lab = await startLab(22);
  } catch (error) {
    if (!(error instanceof AsteriskSkipped)) throw error;
    return [row('f', 'Asterisk 22 cannot run here', error.message)];
  }
  try {
    await phase(lab);
    const without: number[] = [];
    const withPanel: number[] = [];
    for (let round = 0; round < rounds; round++) {
      without.push(await phase(lab));
      const panel = await Panel.start(lab.pbx.amiUrl('panel'));
      try {
        await panel.ready();
        await pause(2_000);
        withPanel.push(await phase(lab));
      } finally {
        await panel.stop();
      }
    }
    const added = (median(withPanel) / median(without) - 1) * 100;
    const spread = (values: readonly number[]): string =>
      `${median(values).toFixed(2)} s (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`;
    return [
      row(
        'f',
        `Asterisk 22's CPU for ${callsPerPhase} calls, without the panel (median, range of ${rounds})`,
        spread(without),
      ),
      row('f', 'the same with the panel attached', spread(withPanel)),
      row('f', "what the panel adds to Asterisk's CPU", `${added.toFixed(1)} %`, '≤ 5 %', added <= 5),
    ];
  } finally {
    await lab.stop();
  }
}

/** CPU seconds of the PBX for the same calls at the same pace. */
async function phase(lab: Lab): Promise<number> {
  const pid = lab.pbx.instance.pid ?? 0;
  const before = await cpuSecondsOf(pid);
  await Promise.all(lanes.map(([from, to]) => lane(lab, from, to)));
  return (await cpuSecondsOf(pid)) - before;
}

async function lane({ phones }: Lab, from: string, to: string): Promise<void> {
  for (let call = 0; call < callsPerPhase / lanes.length; call++) {
    const until = performance.now() + 1_500;
    await phones.dial(from, to);
    await phones.ringing(to, from);
    await phones.answer(to, from);
    await phones.connected(from);
    await pause(600);
    await phones.hangup(from);
    await phones.quiet(from);
    await phones.quiet(to);
    // Even pacing: a loaded machine must not turn into fewer seconds of media.
    await pause(Math.max(0, until - performance.now()));
  }
}
