import type { Layout } from '@/server/protocol/layout';
import { type KeyRow, keyRows, refusalOf, withKeys } from './bindings';
import { holderOf } from './key-rules';

type Keys = Layout['console']['keys'];

/** At most so many keys for one action; the layout's schema says the same. */
export const mostKeys = 4;

export type KeyVerdict =
  | { readonly ok: true }
  /** Somebody else's: it can be taken from them. */
  | { readonly ok: false; readonly reason: string; readonly holder: KeyRow | null };

/** Whether this action may have this key as well. */
export function judge(all: Keys, row: KeyRow, keys: string): KeyVerdict {
  const refused = refusalOf(row.id, keys);
  if (refused) return { ok: false, reason: refused, holder: null };
  if (row.keys.includes(keys)) return { ok: false, reason: 'It has this key already.', holder: null };
  if (row.keys.length >= mostKeys)
    return { ok: false, reason: `At most ${mostKeys} keys for one action.`, holder: null };
  const holder = holderOf(keyRows(all), row, keys);
  return holder ? { ok: false, reason: `“${holder.words}” has this key.`, holder } : { ok: true };
}

/** The keys of the user after this action got one more, taken from whoever had it. */
export function given(keys: Keys, row: KeyRow, one: string, holder: KeyRow | null): Keys {
  const freed = holder
    ? withKeys(
        keys,
        holder.id,
        holder.keys.filter((other) => other !== one),
      )
    : keys;
  return withKeys(freed, row.id, [...row.keys, one]);
}

/** After one of its keys was taken away. */
export function taken(keys: Keys, row: KeyRow, one: string): Keys {
  return withKeys(
    keys,
    row.id,
    row.keys.filter((other) => other !== one),
  );
}
