import { createHash } from 'node:crypto';
import {
  addedKey,
  type ButtonRecord,
  type ButtonsImportBody,
  type ButtonsImported,
  fieldsOfKind,
  type ImportError,
  type ImportedChange,
} from '../protocol/buttons';
import { ConflictError } from '../store/errors';
import type { ButtonBook, ButtonChange } from './book';
import { cellOf } from './cells';
import { type FileRow, readCsv, readJson, unknownThing } from './files';
import { changedFields } from './row';

const mostChanges = 2_000;
const mostErrors = 500;

interface Plan {
  readonly changes: readonly ImportedChange[];
  readonly edits: readonly ButtonChange[];
  readonly errors: readonly ImportError[];
  readonly unchanged: number;
}

/**
 * Tries a file, or with the digest of a trial does what that told. Throws ConflictError when the table, or the file, is
 * another by now, and UnreadableFileError.
 */
export async function importButtons(book: ButtonBook, body: ButtonsImportBody, by: string): Promise<ButtonsImported> {
  const { format, text, mode, digest } = body;
  const file = format === 'csv' ? await readCsv(text) : await readJson(text);
  const rows = book.list();
  // What the PBX told while the file was read is in the list and counted here.
  const table = book.digest;
  const now = createHash('sha256')
    .update(JSON.stringify([table, format, mode, text]))
    .digest('hex')
    .slice(0, 32);
  if (digest !== undefined && digest !== now) {
    throw new ConflictError('the table or the file changed since you looked: look at the changes again');
  }
  const plan = planOf(file.rows, rows, mode);
  if (digest !== undefined) await book.change(plan.edits, by, table);
  const errors = [...file.errors, ...plan.errors].sort((a, b) => a.line - b.line);
  return {
    applied: digest !== undefined,
    digest: now,
    changes: plan.changes.slice(0, mostChanges),
    changedFields: plan.changes.length,
    changedRows: plan.edits.length,
    errors: errors.slice(0, mostErrors),
    wrongRows: new Set(errors.map(({ line }) => line)).size,
    unchanged: plan.unchanged,
  };
}

function planOf(file: readonly FileRow[], table: readonly ButtonRecord[], mode: ButtonsImportBody['mode']): Plan {
  const known = new Map(table.map((row) => [`${row.kind} ${row.key}`, row]));
  const seen = new Map<string, number>();
  const changes: ImportedChange[] = [];
  const edits: ButtonChange[] = [];
  const errors: ImportError[] = [];
  let unchanged = 0;
  for (const one of file) {
    const id = `${one.kind} ${one.key}`;
    const row = known.get(id);
    const wrong = refusal(one, row, seen.get(id));
    seen.set(id, one.line);
    if (wrong !== null) {
      errors.push({ line: one.line, ...wrong });
      continue;
    }
    const told = changesOf(one, row);
    if (told.length === 0) unchanged += 1;
    else edits.push({ kind: one.kind, key: one.key, set: one.set, add: row === undefined || one.added });
    changes.push(...told);
  }
  if (mode === 'replace') {
    for (const [id, row] of known) {
      if (seen.has(id)) continue;
      const set = Object.fromEntries(fieldsOfKind[row.kind].map((field) => [field, null]));
      const told = changesOf({ line: null, ...row, set }, row);
      if (told.length > 0) edits.push({ kind: row.kind, key: row.key, set });
      changes.push(...told);
    }
  }
  return { changes, edits, errors, unchanged };
}

function refusal(
  { kind, key, added }: FileRow,
  row: ButtonRecord | undefined,
  before: number | undefined,
): Omit<ImportError, 'line'> | null {
  if (before !== undefined) return { field: 'key', message: `is in line ${before} already` };
  if (row !== undefined) return null;
  if (!added) return { field: 'key', message: unknownThing(kind, key) };
  const read = addedKey[kind].safeParse(key);
  return read.success ? null : { field: 'key', message: read.error.issues[0]?.message ?? 'is wrong' };
}

function changesOf(
  { line, kind, key, set, added }: Omit<FileRow, 'line'> & { readonly line: number | null },
  row: ButtonRecord | undefined,
): ImportedChange[] {
  const own = row?.own;
  const at = { line, kind, key };
  const byHand = row === undefined && added ? [{ ...at, field: 'added', before: '', after: 'yes' }] : [];
  const fields = own === undefined ? fieldsOfKind[kind].filter((field) => set[field] != null) : changedFields(own, set);
  return [
    ...byHand,
    ...fields.map((field) => ({ ...at, field, before: cellOf(own?.[field]), after: cellOf(set[field]) })),
  ];
}
