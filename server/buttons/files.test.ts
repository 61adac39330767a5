import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addedKey,
  type ButtonFields,
  type ButtonKind,
  type ButtonRecord,
  buttonFields,
  buttonKind,
  fieldsOfKind,
  nothingFound,
  nothingSet,
} from '../protocol/buttons';
import { cellsOf, csvColumns, jsonOf, readCsv, readJson, shownColumns } from './files';

const kinds = fc.constantFrom(...buttonKind.options);
const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
  fc.constantFrom(
    '=SUM(A1)',
    "'=1",
    "''+2",
    '@x',
    '-1',
    'a;b',
    'a,b',
    'say "hi"',
    "it's",
    '\uFEFFx',
    '-',
    'yes',
    '=',
    '\u200B',
  ),
);
const lists = fc.uniqueArray(text, { maxLength: 4 });
const values = {
  label: text,
  group: text,
  tags: lists,
  colour: fc.constantFrom('red', 'blue'),
  hidden: fc.boolean(),
  mailbox: fc.constantFrom('101', '101@default'),
  external: fc.constantFrom('+49171123', '0171 123-4', '*99'),
  email: fc.constantFrom('a@b.example', 'o.k+x@d.example'),
  autoAnswer: fc.constantFrom('Call-Info: answer-after=0', 'Alert-Info: <http://x>;info=alert-autoanswer;delay=0'),
  privacy: fc.constantFrom('none', 'all'),
  queueChannel: fc.constantFrom('Local/620@from-queue/n|Penalty=1|MemberName=Anna Berg|StateInterface=SIP/620'),
  device: fc.constantFrom('PJSIP/101', 'SIP/a-b.c'),
  context: fc.constantFrom('from-internal'),
  members: fc.uniqueArray(fc.constantFrom('101', '*102', '+103'), { maxLength: 3 }),
} as const satisfies Record<keyof ButtonFields, fc.Arbitrary<unknown>>;

/** Only what an administrator can set. */
function ownOf(kind: ButtonKind, drawn: Readonly<Record<string, unknown>>): ButtonFields {
  const own: Record<string, unknown> = { ...nothingSet };
  for (const field of fieldsOfKind[kind]) {
    const read = buttonFields.shape[field].safeParse(drawn[field] ?? null);
    if (read.success) own[field] = read.data;
  }
  return own as ButtonFields;
}

const keys: Readonly<Record<ButtonKind, fc.Arbitrary<string>>> = {
  extension: fc.constantFrom('101', '*60', '+49', '-1', 'anna'),
  ringgroup: fc.constantFrom('600', '*61'),
  queue: fc.constantFrom('sales', '+1'),
  conference: fc.constantFrom('800'),
  park: fc.constantFrom('default', '-'),
  trunk: fc.constantFrom('PJSIP/carrier'),
};
const record: fc.Arbitrary<ButtonRecord> = kinds.chain((kind) =>
  fc
    .record({ key: keys[kind], added: fc.boolean(), drawn: fc.record(values, { requiredKeys: [] }) })
    .map(({ key, added, drawn }) => ({
      ...{ kind, key, added, own: ownOf(kind, drawn), found: nothingFound, vanishedAt: null, version: 0, by: null },
    })),
);
const table = fc.uniqueArray(record, { maxLength: 12, selector: ({ kind, key }) => `${kind} ${key}` });

const header = [...csvColumns, ...shownColumns];
const quoted = (cell: string) => (/[",;\r\n\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const csvOf = (rows: readonly ButtonRecord[], by = ',') =>
  [header, ...rows.map((row) => header.map((name) => cellsOf(row)[name] ?? ''))]
    .map((cells) => cells.map(quoted).join(by))
    .join('\r\n');
const rowsOf = (rows: readonly ButtonRecord[]) =>
  rows.map(({ kind, key, added, own }) => ({
    ...{ kind, key, added, set: Object.fromEntries(fieldsOfKind[kind].map((field) => [field, own[field]])) },
  }));
const read = ({ rows }: Awaited<ReturnType<typeof readCsv>>) =>
  rows.map(({ kind, key, added, set }) => ({
    ...{ kind, key, added, set: Object.fromEntries(fieldsOfKind[kind].map((field) => [field, set[field]])) },
  }));

describe('the table as a file', () => {
  it.each([',', ';', '\t'])('is the same after export and import as CSV with %j', async (by) => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const back = await readCsv(`\uFEFF${csvOf(rows, by)}`);
        expect(back.errors).toEqual([]);
        expect(read(back)).toEqual(rowsOf(rows));
      }),
      { numRuns: 300 },
    );
  });

  it('is the same after export and import as JSON', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const back = await readJson(jsonOf(rows));
        expect(back.errors).toEqual([]);
        expect(back.rows.map(({ line: _, ...row }) => row)).toEqual(rowsOf(rows));
      }),
      { numRuns: 300 },
    );
  });

  it('has no cell that a spreadsheet would calculate', () => {
    fc.assert(
      fc.property(record, (row) => {
        for (const cell of Object.values(cellsOf(row))) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });

  it('leaves what it has no column for', async () => {
    const { rows } = await readCsv('kind,key,label\nextension,101,Front desk\nextension,102,\n');
    expect(rows).toEqual([
      { line: 2, kind: 'extension', key: '101', added: false, set: { label: 'Front desk' } },
      { line: 3, kind: 'extension', key: '102', added: false, set: { label: null } },
    ]);
  });

  it('reads what Excel writes', async () => {
    const { rows, errors } = await readCsv('\uFEFFkind;key;tags;hidden\r\nextension;101;"a, b";yes\r\n;;;\r\n');
    expect(errors).toEqual([]);
    expect(rows).toEqual([
      { line: 2, kind: 'extension', key: '101', added: false, set: { tags: ['a', 'b'], hidden: true } },
    ]);
  });

  it.each([
    ['', 'empty'],
    ['label\nx\n', 'must name the column kind'],
    ['kind,key,colr\n', 'There is no column colr'],
    ['kind,key,key\n', 'is there twice'],
    ['kind,key\n"extension,101', 'cannot be read|can be read'],
  ])('refuses %j as a whole', async (file, words) => {
    await expect(readCsv(file)).rejects.toThrow(new RegExp(words));
  });

  it.each([
    ['extension,,', 'key', 'must not be empty'],
    ['phone,101,', 'kind', 'must be one of'],
    ['queue,sales,101', 'mailbox', 'a queue has no mailbox'],
    ['extension,101,a b', 'mailbox', 'must be a mailbox'],
  ])('tells line and field of %j', async (line, field, words) => {
    const { rows, errors } = await readCsv(`kind,key,mailbox\nextension,102,102\n${line}\n`);
    expect(rows).toHaveLength(1);
    expect(errors).toEqual([{ line: 3, field, message: expect.stringContaining(words) }]);
  });

  it.each([
    ['colour,mauve', 'must be one of: green, yellow, orange, red, purple, blue, teal, grey'],
    ['hidden,perhaps', 'must be yes or no'],
    [`label,${'x'.repeat(81)}`, 'must have at most 80 characters'],
    [`tags,"${Array.from({ length: 21 }, (_, at) => `t${at}`).join(',')}"`, 'must have at most 20 entries'],
  ])('says in words of its own what is wrong with %j', async (cell, message) => {
    const [field = '', value] = cell.split(/,(.*)/s);
    const { errors } = await readCsv(`kind,key,${field}\nextension,101,${value}\n`);
    expect(errors).toEqual([{ line: 2, field, message }]);
  });

  it.each(['{', '[]', '{"buttons":2,"rows":[]}'])('refuses %j as JSON', async (file) => {
    await expect(readJson(file)).rejects.toThrow('cannot be read');
  });

  it('tells what is wrong with a row of JSON', async () => {
    const file = JSON.stringify({
      buttons: 1,
      rows: [
        { kind: 'extension', key: '101', set: { colr: 'x' } },
        { kind: 'queue', key: 's', set: { email: 'a@b.example' } },
        { kind: 'queue', key: 's', set: { label: 'a\nb' } },
        7,
      ],
    });
    const { rows, errors } = await readJson(file);
    expect(rows).toEqual([]);
    expect(errors.map(({ line, field }) => `${line} ${field}`)).toEqual(['1 colr', '2 email', '3 label', '4 ']);
  });

  it('takes the keys that it writes', () => {
    for (const kind of buttonKind.options) {
      fc.assert(fc.property(keys[kind], (key) => void expect(addedKey[kind].safeParse(key).success).toBe(true)));
    }
  });
});
