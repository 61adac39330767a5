import type { z } from 'zod';
import { type ButtonField, type ButtonPatch, buttonFields } from '../protocol/buttons';

/** How values stand in the cells of a table; '' is: as the PBX says. */

/** A spreadsheet would calculate it; an apostrophe before it stops that, and one more where there was one already. */
const formula = /^'*[=+\-@\t\r]/;
const guarded = /^'+[=+\-@\t\r]/;

export function guard(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

export function unguard(text: string): string {
  return guarded.test(text) ? text.slice(1) : text;
}

export function cellOf(value: ButtonPatch[ButtonField]): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : listCell(value);
}

/** An empty list, which is not the same as none, is a lone comma. */
function listCell(values: readonly string[]): string {
  return values.length === 0 ? ',' : values.join(', ');
}

export type Read = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/** The value of a cell, checked. */
export function readCell(field: ButtonField, cell: string): Read {
  const text = cell.trim();
  return checked(field, text === '' ? null : meant(field, text));
}

/** A value of a JSON file, checked. */
export function checked(field: ButtonField, value: unknown): Read {
  const read = buttonFields.shape[field].safeParse(value);
  if (read.success) return { ok: true, value: read.data };
  return { ok: false, message: worded(read.error.issues[0]) };
}

/** What the library says in its own words, in those of somebody with a spreadsheet. */
function worded(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'invalid_value') return `must be one of: ${issue.values.join(', ')}`;
  if (issue?.code === 'too_big')
    return `must have at most ${issue.maximum} ${issue.origin === 'array' ? 'entries' : 'characters'}`;
  if (issue?.code === 'invalid_type' && issue.expected === 'boolean') return 'must be yes or no';
  return issue?.message ?? 'is wrong';
}

function meant(field: ButtonField, text: string): unknown {
  if (field === 'hidden') return yes.has(text.toLowerCase()) || (no.has(text.toLowerCase()) ? false : text);
  if (field !== 'tags' && field !== 'members') return text;
  return text.split(/[,;]/).flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
}

const yes: ReadonlySet<string> = new Set(['yes', 'true', '1', 'x']);
const no: ReadonlySet<string> = new Set(['no', 'false', '0']);

/** Null: neither. */
export function readYes(cell: string): boolean | null {
  const text = cell.trim().toLowerCase();
  return yes.has(text) ? true : text === '' || no.has(text) ? false : null;
}
