import type { ButtonKind, ButtonRecord } from '@/server/protocol/buttons';
import { shownText } from './field-words';

/** Which rows are looked at. */

export const rowStates = ['changed', 'vanished', 'added', 'hidden'] as const;
export type RowState = (typeof rowStates)[number];

export interface Filter {
  readonly text: string;
  readonly kind: ButtonKind | null;
  readonly group: string | null;
  readonly tag: string | null;
  readonly state: RowState | null;
}

export const everything: Filter = { text: '', kind: null, group: null, tag: null, state: null };

export function isOf(row: ButtonRecord, state: RowState): boolean {
  switch (state) {
    case 'changed':
      return Object.values(row.own).some((value) => value !== null);
    case 'vanished':
      return row.vanishedAt !== null;
    case 'added':
      return row.added;
    case 'hidden':
      return row.own.hidden === true;
  }
}

/** All words of a row, in small letters; made once for each record. */
const words = new WeakMap<ButtonRecord, string>();

function wordsOf(row: ButtonRecord): string {
  const known = words.get(row);
  if (known !== undefined) return known;
  const { own, found, key } = row;
  const parts = [key, own.label, found.label, shownText(row, 'group'), shownText(row, 'tags'), own.email, own.external];
  const text = [...parts, shownText(row, 'device'), shownText(row, 'mailbox')].join('\n').toLowerCase();
  words.set(row, text);
  return text;
}

export function findButtons(rows: readonly ButtonRecord[], filter: Filter): readonly ButtonRecord[] {
  const wanted = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const { kind, group, tag, state } = filter;
  if (wanted.length === 0 && kind === null && group === null && tag === null && state === null) return rows;
  return rows.filter((row) => {
    if (kind !== null && row.kind !== kind) return false;
    if (group !== null && shownText(row, 'group') !== group) return false;
    if (tag !== null && !(row.own.tags ?? row.found.tags ?? []).includes(tag)) return false;
    if (state !== null && !isOf(row, state)) return false;
    if (wanted.length === 0) return true;
    const text = wordsOf(row);
    return wanted.every((one) => text.includes(one));
  });
}

export interface Known {
  readonly groups: readonly string[];
  readonly tags: readonly string[];
}

/** The departments and tags that there are, by name. */
export function knownOf(rows: readonly ButtonRecord[]): Known {
  const groups = new Set<string>();
  const tags = new Set<string>();
  for (const row of rows) {
    const group = row.own.group ?? row.found.group;
    if (group !== null) groups.add(group);
    for (const tag of row.own.tags ?? row.found.tags ?? []) tags.add(tag);
  }
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  return { groups: [...groups].sort(compare), tags: [...tags].sort(compare) };
}
