import { type Access, inParallel } from './access';
import { text } from './values';

const CONCURRENCY = 4;

/** Rows of a family by key (`101`, `101/cidname`). `complete` is false where only known numbers could be asked. */
export interface FamilyRows {
  readonly rows: ReadonlyMap<string, string>;
  readonly complete: boolean;
}

/** Values of one AstDB key; `refused` when the account may not read AstDB. */
export async function readKey(access: Access, family: string, key: string): Promise<string | null | 'refused'> {
  const items = await access.list('DBGet', { Family: family, Key: key });
  const outcome = access.outcome('DBGet');
  if (items === null || outcome === 'denied' || outcome === 'absent') return 'refused';
  const row = items.find((item) => item.get('Val') !== undefined);
  const value = row === undefined ? '' : text(row, 'Val');
  return value === '' ? null : value;
}

/**
 * A whole family by DBGetTree; where Asterisk is too old for it (before 16.28/18.14/19.6), one DBGet per key in `keys`, a few
 * at a time. `keep` picks rows by key. Null when refused, or when there is no tree and `keys` is null.
 */
export async function readFamily(
  access: Access,
  family: string,
  keys: readonly string[] | null,
  keep: (key: string) => boolean = () => true,
): Promise<FamilyRows | null> {
  const rows = new Map<string, string>();
  const prefix = `/${family}/`;
  const done = await access.each('DBGetTree', { Family: family }, (item) => {
    const path = item.get('Key')?.trim() ?? '';
    const key = path.startsWith(prefix) ? path.slice(prefix.length) : '';
    if (key !== '' && keep(key)) rows.set(key, text(item, 'Val'));
  });
  if (done === null) return null;
  if (access.outcome('DBGetTree') !== 'absent') return { rows, complete: true };
  return keys === null ? null : readKeys(access, family, keys);
}

async function readKeys(access: Access, family: string, keys: readonly string[]): Promise<FamilyRows | null> {
  const rows = new Map<string, string>();
  await inParallel(keys, CONCURRENCY, async (key) => {
    if (access.outcome('DBGet') === 'denied') return;
    const value = await readKey(access, family, key);
    if (value !== null && value !== 'refused') rows.set(key, value);
  });
  return access.outcome('DBGet') === 'denied' ? null : { rows, complete: false };
}
