import { Skeleton } from '../ui/skeleton';

/** Instead of a section that is on its way. */
export function SectionSkeleton() {
  return (
    <div aria-busy className="flex flex-col gap-4">
      <p role="status" className="sr-only">
        Loading
      </p>
      <Skeleton className="h-16 rounded-xl" />
      <Skeleton className="h-80 rounded-xl" />
    </div>
  );
}
