import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Expected, Observed } from './expected';

/** All the panel showed at one checkpoint of a scenario on a real Asterisk 22, but for what is as in the quiet office. */
export interface PanelState {
  readonly scenario: string;
  readonly label: string;
  readonly state: Omit<Observed, 'channels' | 'trunkLegs'>;
}

export const statesFile = path.join(import.meta.dirname, 'fixtures/panel-22.json');

/** The extensions, queues and lots that differ from those of the quiet office. Messages pile up and are left out. */
export function brief(observed: Observed, quiet: Observed): PanelState['state'] {
  return {
    extensions: different(withoutMessages(observed.extensions), withoutMessages(quiet.extensions)),
    calls: observed.calls,
    queues: different(observed.queues, quiet.queues),
    parking: different(observed.parking, quiet.parking),
    conferences: observed.conferences,
  };
}

/** What must be seen where the recorded state is to be the same: what it does not name is as in the quiet office. */
export function sameAs(state: PanelState['state'], quiet: Observed): Expected {
  return {
    extensions: { ...withoutMessages(quiet.extensions), ...state.extensions },
    calls: state.calls,
    queues: { ...quiet.queues, ...state.queues },
    parking: { ...quiet.parking, ...state.parking },
    conferences: state.conferences,
  };
}

/** By scenario and label. */
export function recordedStates(): ReadonlyMap<string, PanelState['state']> {
  const states = JSON.parse(readFileSync(statesFile, 'utf8')) as readonly PanelState[];
  return new Map(states.map(({ scenario, label, state }) => [`${scenario}: ${label}`, state]));
}

type Extensions = Observed['extensions'];

function withoutMessages(extensions: Extensions): Extensions {
  const rows = Object.entries(extensions).map(([number, { newMessages: _, ...row }]) => [number, row]);
  return Object.fromEntries(rows) as Extensions;
}

function different<T>(rows: Readonly<Record<string, T>>, quiet: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(rows).filter(([key, row]) => !isDeepStrictEqual(row, quiet[key])));
}
