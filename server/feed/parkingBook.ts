import type { PbxEvent } from '../pbx/events';

/** Who sits in which space: ParkedCallSwap names only the newcomer of a space, not the one it took it from. */
export class ParkingBook {
  readonly #spaces = new Map<string, string>();

  note(event: PbxEvent): void {
    if (event.type === 'parked') this.#spaces.set(key(event.lot, event.slot.space), event.slot.uniqueid);
    else if (event.type === 'unparked') this.#leave(event.lot, event.uniqueid);
    else if (event.type === 'list.parking') {
      this.#spaces.clear();
      for (const { lot, slots } of event.lots) {
        for (const slot of slots) this.#spaces.set(key(lot, slot.space), slot.uniqueid);
      }
    }
  }

  /** The `parked` of a ParkedCallSwap, as the departure of the one who held the space. */
  swap(events: readonly PbxEvent[]): PbxEvent[] {
    return events.map((event) => {
      if (event.type !== 'parked') return event;
      const before = this.#spaces.get(key(event.lot, event.slot.space));
      if (before === undefined || before === event.slot.uniqueid) return event;
      return {
        type: 'unparked',
        at: event.at,
        lot: event.lot,
        uniqueid: before,
        how: 'retrieved',
        swapped: event.slot,
      };
    });
  }

  #leave(lot: string, uniqueid: string): void {
    for (const [place, held] of this.#spaces) {
      if (held === uniqueid && place.startsWith(`${lot}\n`)) this.#spaces.delete(place);
    }
  }
}

function key(lot: string, space: string): string {
  return `${lot}\n${space}`;
}
