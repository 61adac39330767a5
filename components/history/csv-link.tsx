import clsx from 'clsx';
import { Download } from 'lucide-react';
import { buttonBase } from '../ui/button';
import { csvAddress } from './use-history';

/** Downloads all that the query finds, not only the pages that were read. */
export function CsvLink({ query, className }: { readonly query: string; readonly className?: string }) {
  return (
    <a
      href={csvAddress(query)}
      download
      className={clsx(
        buttonBase,
        'h-9 border border-control bg-surface px-3.5 text-sm text-ink hover:bg-hover',
        className,
      )}
    >
      <Download aria-hidden className="size-4" />
      Export CSV
    </a>
  );
}
