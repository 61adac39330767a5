import { lookUp, type Place } from '../../ami/call-actions';
import type { AmiPort } from '../../ami/types';
import { CommandRefusedError, fail } from '../failures';
import { refuse } from './plan';

/** Where a channel waits, to be connected later. */
export interface WaitingPlaces {
  /** Music. */
  readonly music: Place;
  /** The ring tone, or music where the dialplan has no such place. */
  readonly ring: Place;
}

/** The context of docs/transfer.md, where nobody waits but for a transfer. */
export const ownPlace = 'cordboard-hold';
const freepbxPlace = 'app-blackhole';
export const waitingContexts: ReadonlySet<string> = new Set([ownPlace, freepbxPlace]);

/** The administrator's own by docs/transfer.md, then what every FreePBX has. */
const places: readonly WaitingPlaces[] = [
  { music: { context: ownPlace, exten: 's' }, ring: { context: ownPlace, exten: 'ring' } },
  { music: { context: freepbxPlace, exten: 'musiconhold' }, ring: { context: freepbxPlace, exten: 'ring' } },
];

const needsPlace = fail(
  'conflict',
  'The dialplan of the PBX has no place where the caller could wait meanwhile; see docs/transfer.md. Nothing was changed.',
);
const cannotTell = fail(
  'conflict',
  'The AMI account may not look into the dialplan (class config or reporting), so that the caller could be lost; nothing was changed.',
);

interface Known {
  readonly since: number;
  readonly places: WaitingPlaces;
}

/** Finds the waiting places of a PBX; asked once per connection. */
export class WaitingRoom {
  readonly #known = new WeakMap<AmiPort, Known>();

  /** Whether there is one. */
  async exists(ami: AmiPort): Promise<boolean> {
    try {
      await this.places(ami);
      return true;
    } catch (error) {
      if (error instanceof CommandRefusedError) return false;
      throw error;
    }
  }

  /** Refuses, in words, where there is none: a channel that is sent where nothing is would be hung up. */
  async places(ami: AmiPort): Promise<WaitingPlaces> {
    const { since } = ami.status;
    const known = this.#known.get(ami);
    if (known?.since === since) return known.places;
    const found = await find(ami);
    this.#known.set(ami, { since, places: found });
    return found;
  }
}

async function find(ami: AmiPort): Promise<WaitingPlaces> {
  let unknown = false;
  for (const { music, ring } of places) {
    const answer = await lookUp(ami, music.context, music.exten);
    unknown ||= answer === 'unknown';
    if (answer !== 'there') continue;
    const hasRing = (await lookUp(ami, ring.context, ring.exten)) === 'there';
    return { music, ring: hasRing ? ring : music };
  }
  return refuse(unknown ? cannotTell : needsPlace);
}
