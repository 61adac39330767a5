import clsx from 'clsx';

/** The place of something that is on its way. Says nothing by itself: announce the wait once, elsewhere. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <div aria-hidden className={clsx('rounded bg-line/70', className)} />;
}
