import type { KeptBook, RetentionPreview } from '@/server/protocol/retention';
import { logCell, logHead } from '../log-table';
import { sizeWords } from '../size-words';
import { momentOf } from './backup-words';

export const bookWords: Readonly<Record<KeptBook, string>> = {
  calls: 'Calls',
  notes: 'Notes on calls',
  audit: 'Entries of the audit log',
  changes: 'Changes of availability',
  incidents: 'Incidents',
  recordings: 'Recordings',
};

/** What settings would remove just now. */
export function PreviewTable({ preview }: { readonly preview: RetentionPreview }) {
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="sr-only">What would be removed now</caption>
      <thead>
        <tr className="border-b border-line">
          <th scope="col" className={logHead}>
            What
          </th>
          <th scope="col" className={`${logHead} max-sm:hidden`}>
            There are
          </th>
          <th scope="col" className={`${logHead} max-sm:hidden`}>
            The oldest
          </th>
          <th scope="col" className={logHead}>
            Would go
          </th>
        </tr>
      </thead>
      <tbody>
        {preview.books.map(({ book, total, old, bytes, oldest, problem }) => (
          <tr key={book} className="border-b border-line last:border-0">
            <th scope="row" className={`${logCell} text-left font-normal text-ink`}>
              {bookWords[book]}
              {problem ? <span className="block text-xs text-dnd-ink">{problem}</span> : null}
            </th>
            <td className={`${logCell} tabular-nums text-ink-2 max-sm:hidden`}>
              {total === null ? '–' : total.toLocaleString('en-GB')}
            </td>
            <td className={`${logCell} tabular-nums text-ink-2 max-sm:hidden`}>
              {oldest === null ? '–' : momentOf(oldest)}
            </td>
            <td className={`${logCell} font-medium tabular-nums text-ink`}>
              {old.toLocaleString('en-GB')}
              {old > 0 && bytes !== null ? `, ${sizeWords(bytes)}` : ''}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
