import type { ReactNode } from 'react';
import type { CallFailure } from '../auth/api';
import { signInPage } from '../auth/next-page';
import { Callout } from '../ui/callout';

/** What went wrong with a whole form, read out at once; empty while nothing did. */
export function FormFailure({ failure, children }: { failure: CallFailure | null; children?: ReactNode }) {
  return (
    <div role="alert" className="empty:hidden">
      {failure ? (
        <Callout tone={failure.error === 'unreachable' || failure.error === 'rateLimited' ? 'warn' : 'danger'}>
          {failure.message}
          {failure.error === 'unauthenticated' ? (
            <a href={signInPage(location)} className="ml-1 font-medium underline underline-offset-2">
              Sign in again
            </a>
          ) : null}
          {children}
        </Callout>
      ) : null}
    </div>
  );
}
