import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  type ButtonField,
  type ButtonFields,
  type ButtonKind,
  type ButtonPatch,
  type ButtonRecord,
  buttonFieldNames,
  buttonFields,
  type FoundFields,
  foundFields,
  nothingFound,
  nothingSet,
} from '../protocol/buttons';
import type { ButtonRow } from '../store/buttons';

/** A row of the book; replaced, never changed. */
export interface Row {
  readonly kind: ButtonKind;
  readonly key: string;
  readonly own: ButtonFields;
  readonly found: FoundFields;
  readonly added: boolean;
  /** Epoch ms. */
  readonly vanishedAt: number | null;
  readonly version: number;
  readonly by: string | null;
}

export function newRow(kind: ButtonKind, key: string, found: FoundFields = nothingFound): Row {
  return { kind, key, own: nothingSet, found, added: false, vanishedAt: null, version: 0, by: null };
}

export function recordOf({ vanishedAt, ...row }: Row): ButtonRecord {
  return { ...row, vanishedAt: vanishedAt === null ? null : new Date(vanishedAt).toISOString() };
}

/** Another version of the panel may have written more, or something else: what is understood counts. */
const storedOwn = z.record(z.string(), z.unknown());

export function readRow({ kind, key, own, found, added, vanishedAt, version }: ButtonRow): Row {
  const told = parsed(own);
  const values: Record<string, unknown> = { ...nothingSet };
  for (const field of buttonFieldNames) {
    const read = buttonFields.shape[field].safeParse(told[field] ?? null);
    if (read.success) values[field] = read.data;
  }
  const by = typeof told.by === 'string' ? told.by : null;
  const said = foundFields.safeParse({ ...nothingFound, ...parsed(found) });
  return {
    kind,
    key,
    // The one that stands for it: nothing is compared in full.
    own: Object.values(values).every((value) => value === null) ? nothingSet : (values as ButtonFields),
    found: said.success ? said.data : nothingFound,
    added,
    vanishedAt: vanishedAt?.getTime() ?? null,
    version,
    by,
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return storedOwn.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

export function toStored({ kind, key, own, found, added, vanishedAt, version, by }: Row): ButtonRow {
  return {
    kind,
    key,
    own: JSON.stringify({ ...withoutNulls(own), ...(by !== null && { by }) }),
    found: JSON.stringify(withoutNulls(found)),
    added,
    vanishedAt: vanishedAt === null ? null : new Date(vanishedAt),
    version,
  };
}

function withoutNulls(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

/** The values with what is to be set; the same object when that changes nothing. */
export function patched(own: ButtonFields, set: ButtonPatch): ButtonFields {
  const changed = changedFields(own, set);
  return changed.length === 0 ? own : { ...own, ...set };
}

export function changedFields(own: ButtonFields, set: ButtonPatch): ButtonField[] {
  return (Object.keys(set) as ButtonField[]).filter((field) => {
    return set[field] !== undefined && !isDeepStrictEqual(own[field], set[field]);
  });
}

export function sameFound(a: FoundFields, b: FoundFields): boolean {
  return a === b || isDeepStrictEqual(a, b);
}
