import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvText } from './csv-text';

const read = (text: string): string[][] => parse(text, { bom: true, relax_column_count: true });

it('whatever is in a cell is read again as it was, but for formulas, which are made harmless', () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom('a,b', 'say "hi"', 'two\r\nlines', 'ü;ö'));
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { maxLength: 5 }), (rows) => {
      const harmless = rows.map((row) => row.map((one) => (/^[=+\-@\t\r]/.test(one) ? `'${one}` : one)));
      expect(read(csvText(['A', 'B'], rows))).toEqual([['A', 'B'], ...harmless]);
    }),
  );
});

it('Excel knows it as UTF-8', () => {
  expect(csvText(['Name'], [['=1+1']])).toBe("\uFEFFName\r\n'=1+1\r\n");
});
