import { coreChannels, isRealChannel } from './channels';
import { ExpectationFailed } from './check';
import { inconsistencies, wrongClocks } from './consistency';
import { type Expected, mismatches, type Observed, observePanel } from './expected';
import type { Farm } from './farm';
import type { Panel } from './panel';
import type { TestPbx } from './pbx';
import type { Check } from './scenarios/scenario';

export interface PanelCheckOptions {
  readonly panels: readonly Panel[];
  /** With a real PBX: channels equal `core show channels concise`, and clocks fit the phones. */
  readonly real?: { readonly pbx: TestPbx; readonly farm: Farm };
  /** The panel has to be right within this; default 5 s. */
  readonly limitMs?: number;
  readonly onSettled?: (label: string, ms: number, observed: Observed) => void;
}

/**
 * A scenario's Check through GET /api/v1/state: waits until the browser's mirror fits, then reads the state afresh, which
 * must be the same as the mirror (snapshot + ops), consistent in itself, and as Asterisk's own list of channels.
 */
export function panelCheck(options: PanelCheckOptions): Check {
  return async (label, expected) => {
    const began = performance.now();
    for (const panel of options.panels) await settle(panel, label, expected, began, options);
  };
}

async function settle(
  panel: Panel,
  label: string,
  expected: Expected,
  began: number,
  options: PanelCheckOptions,
): Promise<void> {
  const { limitMs = 5_000, onSettled } = options;
  for (;;) {
    let differences = mismatches(expected, observePanel(panel.mirror.lists()));
    if (differences.length === 0) {
      const fitted = performance.now() - began;
      const state = await panel.state();
      if (await panel.mirror.equals(state)) {
        differences = [
          ...mismatches(expected, observePanel(state)),
          ...inconsistencies(state),
          ...(options.real ? await againstAsterisk(state, options.real) : []),
        ];
        if (differences.length === 0) {
          onSettled?.(label, fitted, observePanel(state));
          return;
        }
      } else differences = ['the state did not come to rest'];
    }
    if (performance.now() - began > limitMs) throw new ExpectationFailed(`${label}: ${differences.join('; ')}`);
    await panel.mirror.changed(50);
  }
}

type Lists = Awaited<ReturnType<Panel['state']>>;

async function againstAsterisk(state: Lists, { pbx, farm }: NonNullable<PanelCheckOptions['real']>): Promise<string[]> {
  return [...(await channelDifferences(state, pbx)), ...wrongClocks(state, farm, Date.now())];
}

/** The panel's `channels` beside `core show channels concise`, Local halves and helpers left out. */
export async function channelDifferences(state: Pick<Lists, 'channels'>, pbx: TestPbx): Promise<string[]> {
  const listed = await coreChannels(pbx.instance);
  const theirs = listed.filter(({ name }) => isRealChannel(name)).map(({ name, uniqueid }) => `${name} ${uniqueid}`);
  const ours = state.channels.map(({ name, uniqueid }) => `${name} ${uniqueid}`);
  const missing = theirs.filter((one) => !ours.includes(one)).map((one) => `channel ${one} is not in the panel`);
  const ghosts = ours.filter((one) => !theirs.includes(one)).map((one) => `channel ${one} is a ghost`);
  return [...missing, ...ghosts];
}
