import type { PresenceChoice, PresenceRecord } from '@/server/protocol/records';
import { choiceOf } from '../live/presence-choice';

/** A presence that is worth a word: anything but simply being there. */
export interface PresenceLook extends Pick<PresenceChoice, 'colour' | 'icon'> {
  readonly word: string;
  /** The person is not there, or does not want to be asked. */
  readonly away: boolean;
}

/** `choices`: the administrator's states. What none of them means is told in the phone's own words. */
export function presenceLook(
  { state, subtype }: Pick<PresenceRecord, 'state' | 'subtype'>,
  choices: readonly PresenceChoice[],
): PresenceLook | null {
  const there = state === 'not_set' || state === 'available' || state === 'chat';
  if (there && !subtype) return null;
  const choice = choiceOf(choices, state, subtype);
  if (choice) return { word: choice.name, colour: choice.colour, icon: choice.icon, away: !there };
  return { word: subtype || words[state], colour: there ? 'green' : 'orange', icon: 'clock', away: !there };
}

const words: Readonly<Record<PresenceRecord['state'], string>> = {
  not_set: 'Not set',
  available: 'Available',
  chat: 'Available',
  away: 'Away',
  xa: 'Gone for longer',
  dnd: 'Asks not to be disturbed',
  unavailable: 'Not available',
};
