import { CircleAlert } from 'lucide-react';
import type { CallFailure } from '../auth/api';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';

/** Instead of what could not be read. */
export function LoadFailure({ failure, retry }: { readonly failure: CallFailure; readonly retry: () => void }) {
  return (
    <div role="alert" className="rounded-xl border border-line bg-surface">
      <EmptyState
        icon={<CircleAlert aria-hidden className="size-5" />}
        title="This could not be loaded"
        action={<Button onClick={retry}>Try again</Button>}
      >
        {failure.message}
      </EmptyState>
    </div>
  );
}
