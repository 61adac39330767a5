'use client';

import { ServerOff } from 'lucide-react';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { type Me, me as meSchema } from '@/server/protocol/session';
import { type CallFailure, call } from '../auth/api';
import { signInPage } from '../auth/next-page';
import { applyTheme, storedTheme } from '../shell/theme';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';

interface Session {
  readonly me: Me;
  /** One's own data changed. */
  readonly changed: (me: Me) => void;
}

const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('this needs a <SessionGate> above it');
  return session;
}

/** Leaves for the sign-in page, to come back here after it. */
export function goSignIn(): void {
  location.replace(signInPage(location));
}

/** Shows its children to somebody who is signed in; others go and sign in. */
export function SessionGate({ waiting, children }: { readonly waiting: ReactNode; readonly children: ReactNode }) {
  const [me, setMe] = useState<Me | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const load = useCallback(async (signal?: AbortSignal) => {
    const outcome = await call(meSchema, 'me', signal ? { signal } : {});
    if (signal?.aborted) return;
    if (outcome.ok) setMe(outcome.value);
    else if (outcome.error === 'unauthenticated') goSignIn();
    setFailure(outcome.ok || outcome.error === 'unauthenticated' ? null : outcome);
  }, []);
  useEffect(() => {
    const leave = new AbortController();
    void load(leave.signal);
    return () => leave.abort();
  }, [load]);
  useEffect(followSystem, []);
  const session = useMemo(() => me && { me, changed: setMe }, [me]);
  if (session) return <SessionContext value={session}>{children}</SessionContext>;
  return failure ? <Unreachable message={failure.message} retry={() => void load()} /> : waiting;
}

/** The theme may be chosen anew while the page is open. */
function followSystem(): () => void {
  const query = matchMedia('(prefers-color-scheme: dark)');
  const changed = () => applyTheme(storedTheme());
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

function Unreachable({ message, retry }: { readonly message: string; readonly retry: () => void }) {
  return (
    <main role="alert" className="pt-[10vh]">
      <EmptyState
        icon={<ServerOff aria-hidden className="size-5" />}
        title="This page could not be loaded"
        action={
          <Button tone="primary" onClick={retry}>
            Try again
          </Button>
        }
      >
        {message}
      </EmptyState>
    </main>
  );
}
