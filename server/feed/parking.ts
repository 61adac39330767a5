import type { AmiMessage } from '../ami/types';
import type { PbxEvent, SlotInfo } from '../pbx/events';
import { channelSnapshot } from './snapshots';
import { integer, text } from './values';

const HOW = { UnParkedCall: 'retrieved', ParkedCallTimeOut: 'timeout', ParkedCallGiveUp: 'gaveUp' } as const;

/**
 * Whole time of a parked call in seconds, 0: never. `ParkingTimeout` is what is left, printed with %lu from a signed
 * value (res/parking/parking_manager.c): a lot without a limit shows 2⁶⁴ − duration.
 */
function wholeTimeout(message: AmiMessage): number {
  const left = text(message, 'ParkingTimeout');
  const gone = text(message, 'ParkingDuration');
  if (!/^\d{1,20}$/.test(left) || !/^\d{0,20}$/.test(gone)) return 0;
  const whole = BigInt.asIntN(64, BigInt(left) + BigInt(gone || '0'));
  return whole > 0n && whole <= 31_536_000n ? Number(whole) : 0;
}

export interface ParkedSlot {
  readonly lot: string;
  readonly slot: SlotInfo;
}

/** A parked call of an event or of ParkedCalls; `ParkingDuration` is relative, so no clock of the PBX is needed. */
export function parkedSlot(message: AmiMessage, at: number): ParkedSlot | null {
  const lot = text(message, 'Parkinglot');
  const space = text(message, 'ParkingSpace');
  const parkee = channelSnapshot(message, 'Parkee');
  if (lot === '' || space === '' || parkee === null) return null;
  return {
    lot,
    slot: {
      space,
      uniqueid: parkee.uniqueid,
      number: parkee.caller.number,
      name: parkee.caller.name,
      parkedBy: text(message, 'ParkerDialString'),
      parkedSince: at - integer(message, 'ParkingDuration', { max: 31_536_000 }) * 1000,
      timeout: wholeTimeout(message),
    },
  };
}

/**
 * ParkedCall, UnParkedCall, ParkedCallTimeOut, ParkedCallGiveUp. ParkedCallSwap names only the newcomer; ParkingBook,
 * which knows who held the space, turns it into a swap.
 */
export function parkingEvents(message: AmiMessage, at: number): PbxEvent[] {
  const parked = parkedSlot(message, at);
  if (parked === null) return [];
  switch (message.name) {
    case 'UnParkedCall':
    case 'ParkedCallTimeOut':
    case 'ParkedCallGiveUp':
      return [
        {
          type: 'unparked',
          at,
          lot: parked.lot,
          uniqueid: parked.slot.uniqueid,
          how: HOW[message.name],
          swapped: null,
        },
      ];
    default:
      return [{ type: 'parked', at, lot: parked.lot, slot: parked.slot }];
  }
}
