import { type ColumnDef, createColumnHelper } from '@tanstack/react-table';
import { type ButtonField, type ButtonRecord, fieldsOfKind } from '@/server/protocol/buttons';
import { fieldNames, kindNames, shownText } from './field-words';

export type ColumnId = 'chosen' | 'kind' | 'key' | ButtonField | 'state';

const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const helper = createColumnHelper<ButtonRecord>();

const column = (id: ColumnId, header: string, size: number, text: (row: ButtonRecord) => string) =>
  helper.accessor(text, {
    id,
    header,
    size,
    sortingFn: (a, b, by) => compare(a.getValue(by), b.getValue(by)),
    // Rows with nothing there come last, whichever way it is sorted.
    sortUndefined: 'last',
  });

const field = (id: ButtonField, size: number) => column(id, fieldNames[id], size, (row) => shownText(row, id));

export function stateText(row: ButtonRecord): string {
  if (row.vanishedAt !== null) return 'Vanished';
  if (row.added) return 'By hand';
  return Object.values(row.own).some((value) => value !== null) ? 'Changed' : '';
}

export const columns: readonly ColumnDef<ButtonRecord, string>[] = [
  helper.accessor(() => '', { id: 'chosen', header: '', size: 36, enableSorting: false, enableHiding: false }),
  { ...column('key', 'Number or name', 150, (row) => row.key), enableHiding: false },
  { ...field('label', 200), enableHiding: false },
  column('kind', 'Kind', 110, (row) => kindNames[row.kind]),
  field('group', 150),
  field('tags', 140),
  field('colour', 100),
  field('privacy', 180),
  field('hidden', 110),
  field('mailbox', 130),
  field('external', 140),
  field('email', 200),
  field('autoAnswer', 220),
  field('queueChannel', 260),
  field('device', 150),
  field('context', 130),
  field('members', 180),
  column('state', 'State', 110, stateText),
];

/** What is shown until somebody chooses otherwise. */
export const firstColumns: Readonly<Record<string, boolean>> = {
  ...Object.fromEntries(columns.map(({ id = '' }) => [id, false])),
  ...{ chosen: true, key: true, label: true, kind: true, group: true, tags: true, state: true },
};

/** What is typed over in place. */
export function isTyped(id: string): id is 'label' | 'group' {
  return id === 'label' || id === 'group';
}

export function hasField(row: ButtonRecord, id: string): boolean {
  return (fieldsOfKind[row.kind] as readonly string[]).includes(id);
}
