'use client';

import { KeyRound, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { toast } from 'sonner';
import { z } from 'zod';
import { type TokenRecord, tokenRecord } from '@/server/protocol/account';
import { call } from '../../auth/api';
import { Button } from '../../ui/button';
import { Callout } from '../../ui/callout';
import { EmptyState } from '../../ui/empty-state';
import { CheckBox } from '../check-box';
import { LoadFailure } from '../load-failure';
import { SectionSkeleton } from '../section-skeleton';
import { useResource } from '../use-resource';
import { Ask } from '../users/ask';
import { ApiHelp } from './api-help';
import { stateOf } from './expiry';
import { NewToken } from './new-token';
import { TokenTable } from './token-table';

const tokenList = z.array(tokenRecord);
const done = z.object({ ok: z.literal(true) });

export default function IntegrationsSection() {
  const { value: tokens, failure, set, reload } = useResource(tokenList, 'admin/tokens');
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<TokenRecord | null>(null);
  const [old, setOld] = useState(false);
  const now = useMemo(() => (tokens ? Date.now() : 0), [tokens]);
  if (!tokens) return failure ? <LoadFailure failure={failure} retry={() => void reload()} /> : <SectionSkeleton />;
  const newest = tokens.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  const over = (token: TokenRecord) => ['revoked', 'expired'].includes(stateOf(token, now));
  const shown = old ? newest : newest.filter((token) => !over(token));
  const soon = newest.filter((token) => stateOf(token, now) === 'soon');
  const revoked = (token: TokenRecord) => {
    set(tokens.map((one) => (one.id === token.id ? { ...one, revokedAt: new Date().toISOString() } : one)));
    setRevoking(null);
    toast.success(`${token.name} was revoked`);
  };
  return (
    <div className="flex flex-col gap-5">
      <section aria-labelledby="tokens-heading">
        <div className="mb-3 flex flex-wrap items-center gap-3">
          <h2 id="tokens-heading" className="text-[0.9375rem] font-semibold text-ink">
            API tokens
          </h2>
          {newest.some(over) ? <CheckBox label="Show those that are over" checked={old} onChange={setOld} /> : null}
          <Button
            tone="primary"
            className="ml-auto"
            icon={<Plus aria-hidden className="size-4" />}
            onClick={() => setMaking(true)}
          >
            Make a token
          </Button>
        </div>
        {soon.length > 0 ? (
          <div className="mb-3">
            <Callout tone="warn">
              {soon.map(({ name }) => name).join(', ')} {soon.length === 1 ? 'expires' : 'expire'} soon: what uses{' '}
              {soon.length === 1 ? 'it' : 'them'} stops working then. Make a new token and put it there before.
            </Callout>
          </div>
        ) : null}
        <div className="rounded-xl border border-line bg-surface">
          {shown.length > 0 ? (
            <TokenTable tokens={shown} now={now} onRevoke={setRevoking} />
          ) : (
            <EmptyState icon={<KeyRound aria-hidden className="size-5" />} title="No program has access">
              A token lets a program of yours read the state or act, over the same interface that the panel uses.
            </EmptyState>
          )}
        </div>
      </section>
      <ApiHelp />
      {making ? <NewToken onCreated={(record) => set([...tokens, record])} onClose={() => setMaking(false)} /> : null}
      {revoking ? (
        <Ask
          title={`Revoke ${revoking.name}?`}
          action="Revoke"
          run={() => call(done, `admin/tokens/${revoking.id}`, { method: 'DELETE' })}
          onDone={() => revoked(revoking)}
          onClose={() => setRevoking(null)}
        >
          What uses it is refused from this moment on, and its open connections are closed. It cannot be taken back.
        </Ask>
      ) : null}
    </div>
  );
}
