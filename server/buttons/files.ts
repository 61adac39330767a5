import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import {
  type ButtonField,
  type ButtonKind,
  type ButtonPatch,
  type ButtonRecord,
  buttonFieldNames,
  buttonKind,
  fieldsOfKind,
  type ImportError,
  kindWords,
  mostButtons,
  notOfKind,
} from '../protocol/buttons';
import type { Failure } from '../protocol/errors';
import { breath } from '../store/breath';
import { cellOf, checked, guard, type Read, readCell, readYes, unguard } from './cells';

/** The table as a file. docs/buttons.md names the columns. */

/** One row of a file that can be read. */
export interface FileRow {
  readonly line: number;
  readonly kind: ButtonKind;
  readonly key: string;
  readonly added: boolean;
  readonly set: ButtonPatch;
}

export interface ReadFile {
  readonly rows: readonly FileRow[];
  readonly errors: readonly ImportError[];
}

/** It cannot be read at all. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
  readonly failure: Failure;
  constructor(message: string) {
    super(message);
    this.failure = { ok: false, error: 'invalid', message, field: 'text' };
  }
}

export const csvColumns = ['kind', 'key', 'added', ...buttonFieldNames] as const;
/** What they are on export, for people; what an import finds there is not read. */
export const shownColumns = ['found label', 'found group', 'vanished at'] as const;

/** Each row as the cells of a CSV file. */
export function cellsOf(row: ButtonRecord): Record<string, string> {
  const cells: Record<string, string> = {
    kind: row.kind,
    key: guard(row.key),
    added: row.added ? 'yes' : '',
    'found label': guard(row.found.label ?? ''),
    'found group': guard(row.found.group ?? ''),
    'vanished at': row.vanishedAt ?? '',
  };
  for (const field of buttonFieldNames) cells[field] = guard(cellOf(row.own[field]));
  return cells;
}

export function jsonOf(rows: readonly ButtonRecord[]): string {
  const lines = rows.map(({ kind, key, added, own }) => {
    const set = Object.fromEntries(fieldsOfKind[kind].map((field) => [field, own[field]]));
    return JSON.stringify({ kind, key, added, set });
  });
  return `{"buttons":1,"rows":[\n${lines.join(',\n')}\n]}\n`;
}

const lookAfter = 500;

/** Throws UnreadableFileError. */
export async function readCsv(text: string): Promise<ReadFile> {
  const records = recordsOf(text);
  const [header, ...rest] = records;
  if (header === undefined) throw new UnreadableFileError('The file is empty.');
  const columns = header.record.map((name) => name.trim());
  refuseColumns(columns);
  const rows: FileRow[] = [];
  const errors: ImportError[] = [];
  for (const [index, { record, line }] of rest.entries()) {
    if (index % lookAfter === lookAfter - 1) await breath();
    if (record.every((cell) => cell.trim() === '')) continue;
    const cells = new Map(columns.map((name, at) => [name, unguard(record[at] ?? '')]));
    const row = rowOf(cells, line, errors);
    if (row !== null) rows.push(row);
  }
  return { rows, errors };
}

interface Parsed {
  readonly record: readonly string[];
  readonly line: number;
}

function recordsOf(text: string): Parsed[] {
  try {
    const found = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: mostButtons + 2,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    if (found.length > mostButtons + 1) throw new UnreadableFileError(`A file may have ${mostButtons} rows at most.`);
    return found.map(({ record, info }) => ({ record, line: info.lines }));
  } catch (error) {
    if (error instanceof UnreadableFileError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new UnreadableFileError(`This is no CSV file that can be read: ${why}.`);
  }
}

/** Excel writes semicolons where the comma is the decimal point. No name of a column has any of these. */
function delimiterOf(text: string): string {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  return [';', '\t'].find((one) => first.includes(one)) ?? ',';
}

function refuseColumns(columns: readonly string[]): void {
  for (const name of ['kind', 'key']) {
    if (!columns.includes(name)) throw new UnreadableFileError(`The first line must name the column ${name}.`);
  }
  const known: readonly string[] = [...csvColumns, ...shownColumns, ''];
  const unknown = columns.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UnreadableFileError(`There is no column ${unknown}.`);
  const twice = columns.find((name, at) => name !== '' && columns.indexOf(name) !== at);
  if (twice !== undefined) throw new UnreadableFileError(`The column ${twice} is there twice.`);
}

function rowOf(cells: ReadonlyMap<string, string>, line: number, errors: ImportError[]): FileRow | null {
  const kind = buttonKind.safeParse(cells.get('kind')?.trim());
  const key = cells.get('key')?.trim() ?? '';
  const wrong = (field: string, message: string) => void errors.push({ line, field, message });
  if (!kind.success) wrong('kind', `must be one of ${buttonKind.options.join(', ')}`);
  if (key === '') wrong('key', 'must not be empty');
  const added = readYes(cells.get('added') ?? '');
  if (added === null) wrong('added', 'must be yes, no or empty');
  const set = kind.success
    ? readFields(kind.data, (field) => {
        const cell = cells.get(field);
        return cell === undefined ? undefined : readCell(field, cell);
      })
    : new Map<ButtonField, Read>();
  const values = valuesOf(set, wrong);
  if (!kind.success || key === '' || added === null || values === null) return null;
  return { line, kind: kind.data, key, added, set: values };
}

function readFields(kind: ButtonKind, read: (field: ButtonField) => Read | undefined): Map<ButtonField, Read> {
  const fields = new Map<ButtonField, Read>();
  for (const field of buttonFieldNames) {
    const value = read(field);
    if (value === undefined) continue;
    if (fieldsOfKind[kind].includes(field)) fields.set(field, value);
    else if (!value.ok || value.value !== null) fields.set(field, { ok: false, message: notOfKind(kind, field) });
  }
  return fields;
}

function valuesOf(
  fields: ReadonlyMap<ButtonField, Read>,
  wrong: (field: string, message: string) => void,
): ButtonPatch | null {
  const set: Record<string, unknown> = {};
  let ok = true;
  for (const [field, read] of fields) {
    if (read.ok) set[field] = read.value;
    else {
      ok = false;
      wrong(field, read.message);
    }
  }
  return ok ? set : null;
}

const jsonFile = z.object({ buttons: z.literal(1), rows: z.array(z.unknown()).max(mostButtons) });
const jsonRow = z.strictObject({
  kind: buttonKind,
  key: z.string().trim().min(1),
  added: z.boolean().default(false),
  set: z.record(z.string(), z.unknown()),
});

/** Throws UnreadableFileError. */
export async function readJson(text: string): Promise<ReadFile> {
  const { rows: listed } = parsedJson(text);
  const rows: FileRow[] = [];
  const errors: ImportError[] = [];
  for (const [index, one] of listed.entries()) {
    if (index % lookAfter === lookAfter - 1) await breath();
    const line = index + 1;
    const wrong = (field: string, message: string) => void errors.push({ line, field, message });
    const read = jsonRow.safeParse(one);
    if (!read.success) {
      for (const { path, message } of read.error.issues) wrong(path.join('.'), message);
      continue;
    }
    const { kind, key, added, set } = read.data;
    const unknown = Object.keys(set).find((name) => !(buttonFieldNames as readonly string[]).includes(name));
    if (unknown !== undefined) wrong(unknown, 'is no field');
    const fields = readFields(kind, (field) => (set[field] === undefined ? undefined : checked(field, set[field])));
    const values = valuesOf(fields, wrong);
    if (values !== null && unknown === undefined) rows.push({ line, kind, key, added, set: values });
  }
  return { rows, errors };
}

function parsedJson(text: string): z.infer<typeof jsonFile> {
  try {
    return jsonFile.parse(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (error) {
    const why =
      error instanceof z.ZodError
        ? `it must be an object with "buttons": 1 and a list "rows" of ${mostButtons} at most`
        : 'it is no JSON';
    throw new UnreadableFileError(`This file cannot be read: ${why}.`);
  }
}

export function unknownThing(kind: ButtonKind, key: string): string {
  return `the PBX has no ${kindWords[kind]} ${key}; with added: yes it is made by hand`;
}
