import type { ReactNode } from 'react';
import { Brand, BrandName } from '../shell/brand';

interface DoorCardProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Below the card. */
  readonly footer?: ReactNode;
}

/** The frame of the pages before one is signed in. It hangs from the top, so that what is added below moves nothing. */
export function DoorCard({ title, children, footer }: DoorCardProps) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[25rem] flex-col px-4 pb-8 pt-[clamp(1.5rem,13vh,8rem)]">
      <div className="mb-5 flex items-center justify-between px-1">
        <Brand />
        <span aria-hidden className="text-sm text-ink-2">
          <span className="font-semibold text-ink xl:hidden">
            <BrandName />{' '}
          </span>
          operator panel
        </span>
      </div>
      <div className="rounded-xl border border-line bg-surface p-5 sm:p-6">
        <h1 className="mb-4 text-lg font-semibold text-ink">{title}</h1>
        {children}
      </div>
      {footer}
    </main>
  );
}
