import type { ListEvent, SlotInfo } from '../pbx/events';
import type { Access } from './access';
import { parkedSlot } from './parking';
import { integer, text } from './values';

interface LotRows {
  readonly lot: string;
  first: string;
  last: string;
  timeout: number;
  readonly slots: SlotInfo[];
}

/** Parkinglots and ParkedCalls; a lot that is only known from its calls has no first and last space. */
export async function readParking(access: Access, now: () => number, repair: boolean): Promise<ListEvent | null> {
  const [lotItems, callItems] = await Promise.all([access.list('Parkinglots'), access.list('ParkedCalls')]);
  if (lotItems === null && callItems === null) return null;
  const at = now();
  const lots = new Map<string, LotRows>();
  const rowsOf = (lot: string): LotRows => {
    const rows = lots.get(lot) ?? { lot, first: '', last: '', timeout: 0, slots: [] };
    lots.set(lot, rows);
    return rows;
  };
  for (const item of lotItems ?? []) {
    const name = text(item, 'Name');
    if (name === '') continue;
    const rows = rowsOf(name);
    rows.first = text(item, 'StartSpace');
    rows.last = text(item, 'StopSpace');
    rows.timeout = integer(item, 'Timeout', { max: 31_536_000 });
  }
  for (const item of callItems ?? []) {
    const parked = parkedSlot(item, at);
    if (parked !== null) rowsOf(parked.lot).slots.push(parked.slot);
  }
  return { type: 'list.parking', at, repair, lots: [...lots.values()] };
}
