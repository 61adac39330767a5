'use client';

import { useMemo, useState } from 'react';
import { toast } from 'sonner';
import { z } from 'zod';
import { endedSessions, sessionRecord } from '@/server/protocol/account';
import { LoadFailure } from '../admin/load-failure';
import { useResource } from '../admin/use-resource';
import { call } from '../auth/api';
import { Button } from '../ui/button';
import { Skeleton } from '../ui/skeleton';
import { SessionList } from './session-list';

const list = z.array(sessionRecord);
const done = z.object({ ok: z.literal(true) });

/** Where one is signed in. `path`: `me`, or of another user for administrators. */
export function Sessions({ path = 'me' }: { readonly path?: string }) {
  const { value: sessions, failure, reload } = useResource(list, `${path}/sessions`);
  const [busy, setBusy] = useState<string | null>(null);
  const now = useMemo(() => (sessions ? Date.now() : 0), [sessions]);
  if (!sessions) {
    return failure ? <LoadFailure failure={failure} retry={() => void reload()} /> : <Skeleton className="h-20" />;
  }
  const end = async (id: string) => {
    setBusy(id);
    const outcome = await call(done, `${path}/sessions/${id}`, { method: 'DELETE' });
    await reload();
    setBusy(null);
    if (outcome.ok) toast.success('Signed out there');
    else toast.error(outcome.message);
  };
  const endOthers = async () => {
    setBusy('others');
    const outcome = await call(endedSessions, `${path}/sessions`, { method: 'DELETE' });
    await reload();
    setBusy(null);
    if (!outcome.ok) toast.error(outcome.message);
    else
      toast.success(
        outcome.value.ended === 1 ? 'One browser was signed out' : `${outcome.value.ended} browsers were signed out`,
      );
  };
  const others = sessions.filter(({ current }) => !current).length;
  return (
    <div className="flex flex-col gap-4">
      {sessions.length === 0 ? <p className="text-sm text-ink-2">Signed in nowhere.</p> : null}
      <SessionList sessions={sessions} now={now} busy={busy} onEnd={({ id }) => void end(id)} />
      {others > 1 || (path !== 'me' && others > 0) ? (
        <Button className="self-start" busy={busy === 'others'} onClick={() => void endOthers()}>
          {path === 'me' ? 'Sign out everywhere else' : 'Sign out everywhere'}
        </Button>
      ) : null}
    </div>
  );
}
