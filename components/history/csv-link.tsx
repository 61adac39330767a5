import clsx from 'clsx';
import { Download } from 'lucide-react';
import { buttonBase } from '../ui/button';

/** Downloads all that is found, not only the pages that were read. */
export function CsvLink({ address, className }: { readonly address: string; readonly className?: string }) {
  return (
    <a
      href={address}
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
