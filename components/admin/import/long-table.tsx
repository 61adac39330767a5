'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/button';
import { numberText } from '../../ui/region';
import { logHead } from '../log-table';

const pageSize = 200;

export interface Column<T> {
  readonly title: string;
  readonly className?: string;
  readonly show: (row: T) => ReactNode;
}

interface LongTableProps<T> {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
}

/** A table of which as much is drawn as one asked for. */
export function LongTable<T>({ caption, columns, rows, keyOf }: LongTableProps<T>) {
  const [shown, setShown] = useState(pageSize);
  return (
    <>
      <div className="overflow-x-auto rounded-xl border border-line bg-surface">
        <table className="w-full border-collapse text-sm">
          <caption className="sr-only">{caption}</caption>
          <thead>
            <tr className="border-b border-line">
              {columns.map(({ title, className = '' }) => (
                <th key={title} scope="col" className={`${logHead} ${className}`}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((row) => (
              <tr key={keyOf(row)} className="border-b border-line last:border-0">
                {columns.map(({ title, show, className = '' }) => (
                  <td key={title} className={`px-3 py-2 align-top ${className}`}>
                    {show(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shown ? (
        <div className="mt-3 flex justify-center">
          <Button onClick={() => setShown(shown + pageSize)}>
            Show more: {numberText(rows.length - shown)} are left
          </Button>
        </div>
      ) : null}
    </>
  );
}
