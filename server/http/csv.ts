import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { z } from 'zod';

export interface CsvColumn<T> {
  readonly key: keyof T & string;
  readonly header: string;
}

/** What a route of a CSV file answers, for the description of the API. */
export const csvFile = {
  description: 'UTF-8 with a header row, times ISO 8601 UTC',
  content: { 'text/csv': { schema: z.string() } },
};

/**
 * RFC 4180 with a byte order mark, by which Excel knows UTF-8; a cell that a spreadsheet would take for a formula begins
 * with an apostrophe. The rows are read as fast as they are taken, and no further once nobody takes them.
 */
export function csvOf<T extends object>(
  columns: readonly CsvColumn<T>[],
  rows: AsyncIterable<T>,
  onError: (error: Error) => void,
  /** `guarded`: formulas are harmless already. */
  { guarded = false }: { readonly guarded?: boolean } = {},
): Readable {
  const text = stringify({
    header: true,
    bom: true,
    escape_formulas: !guarded,
    record_delimiter: 'windows',
    columns: [...columns],
  });
  pipeline(Readable.from(rows), text, (error) => {
    if (error) onError(error);
  });
  return text;
}

/** `audit-2026-03-01.csv`; what cannot stand in a file name is left out. */
export function csvName(parts: readonly string[], now: number): string {
  const safe = parts.map((part) => part.replace(/[^A-Za-z0-9_-]/g, ''));
  return [...safe, new Date(now).toISOString().slice(0, 10)].filter(Boolean).join('-').concat('.csv');
}
