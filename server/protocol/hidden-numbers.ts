import type { StateMaps } from './apply';
import type { Party } from './records';

/** What stands for the number of somebody outside who is not to be known. */
export const hiddenNumber = '•••';

export type IsInside = (number: string) => boolean;

/** Whether a number is one of the house: an extension, a queue, a room, a lot or one of its spaces. */
export function insideOf(maps: StateMaps): IsInside {
  return (number) => {
    if (maps.extensions.has(number) || maps.queues.has(number) || maps.conferences.has(number)) return true;
    if (maps.parking.has(number)) return true;
    for (const { spaces } of maps.parking.values()) {
      if (spaces === null || number.length !== spaces.first.length) continue;
      if (number >= spaces.first && number <= spaces.last) return true;
    }
    return false;
  };
}

export function hideNumber(number: string, isInside: IsInside): string {
  return number === '' || isInside(number) ? number : hiddenNumber;
}

/** Somebody outside without number and name; the same object where there is nothing to hide. */
export function hideParty<T extends Party>(party: T, isInside: IsInside): T {
  if (party.number === '' ? party.name === '' : isInside(party.number)) return party;
  return { ...party, number: hideNumber(party.number, isInside), name: '' };
}
