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

/** The name of the extension at a number; undefined: there is none. */
export type NameInside = (number: string) => string | undefined;

export function nameInsideOf({ extensions }: StateMaps): NameInside {
  return (number) => extensions.get(number)?.name;
}

/**
 * Somebody outside without number and name; the same object where there is nothing to hide. An extension goes by its own
 * name: what a call was named may tell of somebody outside, as `Back from 0301234: Carla` does.
 */
export function hideParty<T extends Party>(party: T, isInside: IsInside, nameInside: NameInside): T {
  if (party.number === '' ? party.name === '' : isInside(party.number)) {
    const name = nameInside(party.number) ?? party.name;
    return name === party.name ? party : { ...party, name };
  }
  return { ...party, number: hideNumber(party.number, isInside), name: '' };
}
