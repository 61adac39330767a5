import type { CallFailure } from '../../auth/api';
import { Button } from '../../ui/button';

/** After a conflict: the way to what is saved now. */
export function TakeNewest({ failure, take }: { readonly failure: CallFailure | null; readonly take: () => unknown }) {
  if (failure?.field || (failure?.error !== 'conflict' && failure?.error !== 'notFound')) return null;
  return (
    <div className="mt-2">
      <Button size="small" onClick={() => void take()}>
        Show what is saved now
      </Button>
    </div>
  );
}
