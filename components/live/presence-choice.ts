import type { PresenceChoice, PresenceState } from '@/server/protocol/records';
import type { Mirror } from './mirror';

/** The administrator's state that a phone's state and subtype mean; undefined when it is none of them. */
export function choiceOf(
  choices: readonly PresenceChoice[],
  state: PresenceState,
  subtype: string,
): PresenceChoice | undefined {
  const same = (one: PresenceChoice) => one.state === state && one.subtype.toLowerCase() === subtype.toLowerCase();
  return choices.find(same);
}

// Identity matters to the tiles: the PBX's record is a new one whenever the health of a backend changes.
let last: { readonly text: string; readonly states: readonly PresenceChoice[] } = { text: '[]', states: [] };

export function presenceStatesOf(mirror: Mirror): readonly PresenceChoice[] {
  const states = mirror.records.map('pbx').values().next().value?.features.presenceStates ?? [];
  if (states === last.states) return states;
  const text = JSON.stringify(states);
  if (text !== last.text) last = { text, states };
  return last.states;
}
