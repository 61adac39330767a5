import { Skeleton } from '../ui/skeleton';

const heights = ['h-14', 'h-14', 'h-14', 'h-24', 'h-14', 'h-14'];

export function ColumnSkeleton() {
  return (
    <div aria-hidden className="flex flex-col gap-1.5 p-2">
      <Skeleton className="mb-1 h-4 w-24" />
      {heights.map((height, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never change
        <Skeleton key={i} className={height} />
      ))}
    </div>
  );
}
