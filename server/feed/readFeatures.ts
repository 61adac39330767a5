import type { ListEvent } from '../pbx/events';
import type { Access } from './access';
import { readFamily } from './astDb';
import { FORWARD_FAMILIES, type ForwardKind } from './features';

/** AstDB family DND: on where the value is not empty (FreePBX writes YES). Null when AstDB may not be read. */
export async function readDnd(
  access: Access,
  now: () => number,
  repair: boolean,
  numbers: readonly string[] | null,
): Promise<ListEvent | null> {
  const family = await readFamily(access, 'DND', numbers);
  if (family === null) return null;
  const on = [...family.rows].filter(([number, value]) => isNumber(number) && value !== '').map(([number]) => number);
  return { type: 'list.dnd', at: now(), repair, on };
}

/** AstDB families CF, CFB and CFU. */
export async function readForwards(
  access: Access,
  now: () => number,
  repair: boolean,
  numbers: readonly string[] | null,
): Promise<ListEvent | null> {
  const forwards: { number: string; kind: ForwardKind; to: string }[] = [];
  for (const [kind, name] of Object.entries(FORWARD_FAMILIES) as [ForwardKind, string][]) {
    const family = await readFamily(access, name, numbers);
    if (family === null) return null;
    for (const [number, to] of family.rows) {
      if (isNumber(number) && to !== '') forwards.push({ number, kind, to });
    }
  }
  return { type: 'list.forward', at: now(), repair, forwards };
}

function isNumber(key: string): boolean {
  return key !== '' && !key.includes('/');
}
