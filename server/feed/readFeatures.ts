import type { HeldBy, ListEvent } from '../pbx/events';
import type { Access } from './access';
import { readFamily } from './astDb';
import { FORWARD_FAMILIES } from './features';

/** AstDB family of each slot of the AstDB backend. */
const SLOTS: readonly (readonly [slot: string, family: string])[] = [
  ['dnd', 'DND'],
  ...Object.entries(FORWARD_FAMILIES),
];

/**
 * AstDB families DND (FreePBX writes YES), CF, CFB and CFU, a list each; those that may not be read are left out.
 * `numbers`: where only single keys can be read, those of these extensions.
 */
export async function readFeatures(
  access: Access,
  now: () => number,
  repair: boolean,
  numbers: readonly string[] | null,
): Promise<ListEvent[]> {
  const lists: ListEvent[] = [];
  for (const [slot, name] of SLOTS) {
    const readFrom = now();
    const family = await readFamily(access, name, numbers);
    if (family === null) continue;
    const rows = [...family.rows].flatMap(([number, value]): [string, string][] =>
      isNumber(number) && value !== '' ? [[number, heldOf(slot, value)]] : [],
    );
    lists.push(heldList({ at: now(), repair, backend: 'astdb', slot, readFrom, rows }));
  }
  return lists;
}

/** Any text in DND means on; what a forwarding says is its target. */
export function heldOf(slot: string, value: string): string {
  if (slot !== 'dnd') return value;
  return value === '' ? '' : 'YES';
}

export function heldList(list: {
  readonly at: number;
  readonly repair: boolean;
  readonly backend: HeldBy;
  readonly slot: string;
  readonly readFrom: number;
  readonly rows: readonly (readonly [string, string])[];
}): ListEvent {
  return { type: 'list.held', ...list };
}

function isNumber(key: string): boolean {
  return key !== '' && !key.includes('/');
}
