import { Skeleton } from '../ui/skeleton';

const places = Array.from({ length: 36 }, (_, i) => `place-${i}`);

/** While the first snapshot is on its way. */
export function GridSkeleton() {
  return (
    <div role="status" className="pt-1">
      <span className="sr-only">Loading the state of the PBX…</span>
      <Skeleton className="mb-2 mt-1 h-4 w-24" />
      <div aria-hidden className="grid grid-cols-[repeat(auto-fill,minmax(134px,1fr))] gap-1.5">
        {places.map((place) => (
          <Skeleton key={place} className="h-[58px] rounded-md" />
        ))}
      </div>
    </div>
  );
}
