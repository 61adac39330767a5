'use client';

import clsx from 'clsx';
import { LogIn } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { type SignInOffer, signInOffer } from '@/server/protocol/sign-in';
import { Button, buttonBase } from '../ui/button';
import { Callout } from '../ui/callout';
import { call } from './api';
import { ssoProblem } from './sso-words';

const onlyPasswords: SignInOffer = { oidc: null, directory: null, passwords: true };
/** Longer than that the form does not wait to learn what stands beside it. */
const patienceMs = 500;

/** The form of passwords (`children`) and single sign-on: what there is of them. */
export function WaysIn({ children }: { readonly children: ReactNode }) {
  const offer = useOffer();
  const [asked, setAsked] = useState(false);
  const problem = useProblem(offer?.oidc ?? null);
  if (offer === null) return <div className="min-h-52" />;
  const { oidc, directory, passwords } = offer;
  const form = passwords || directory !== null || oidc === null;
  return (
    <div className="flex flex-col gap-4">
      <div role="alert" className="empty:hidden">
        {problem ? <Callout tone="warn">{problem}</Callout> : null}
      </div>
      {oidc === null ? null : <SignInWith name={oidc} main={!form} />}
      {oidc !== null && form ? <Or /> : null}
      {directory !== null && form ? (
        <p className="text-sm text-ink-2">Use the user name and password of your {directory} account.</p>
      ) : null}
      {form || asked ? children : null}
      {form || asked ? null : (
        <Button tone="plain" size="small" className="self-center" onClick={() => setAsked(true)}>
          Administrator: sign in with a password
        </Button>
      )}
    </div>
  );
}

export function SignInWith({ name, main }: { readonly name: string; readonly main: boolean }) {
  const [next, setNext] = useState('');
  useEffect(() => setNext(new URLSearchParams(location.search).get('next') ?? ''), []);
  return (
    <a
      href={`/api/v1/sign-in/oidc/start${next === '' ? '' : `?next=${encodeURIComponent(next)}`}`}
      className={clsx(
        buttonBase,
        'h-10 px-3.5 text-sm',
        main
          ? 'bg-accent text-accent-ink hover:brightness-110'
          : 'border border-control bg-surface text-ink hover:bg-hover',
      )}
    >
      <LogIn aria-hidden className="size-4" />
      Sign in with {name}
    </a>
  );
}

export function Or() {
  return (
    <div className="flex items-center gap-3 text-xs text-ink-2">
      <span aria-hidden className="h-px flex-1 bg-line" />
      or
      <span aria-hidden className="h-px flex-1 bg-line" />
    </div>
  );
}

/** Null: not known yet. */
export function useOffer(): SignInOffer | null {
  const [offer, setOffer] = useState<SignInOffer | null>(null);
  useEffect(() => {
    const leave = new AbortController();
    const late = setTimeout(() => setOffer((now) => now ?? onlyPasswords), patienceMs);
    void call(signInOffer, 'sign-in', { signal: leave.signal }).then((outcome) => {
      if (leave.signal.aborted) return;
      setOffer((now) => (outcome.ok ? outcome.value : (now ?? onlyPasswords)));
    });
    return () => {
      clearTimeout(late);
      leave.abort();
    };
  }, []);
  return offer;
}

function useProblem(name: string | null): string | null {
  const [search, setSearch] = useState('');
  useEffect(() => setSearch(location.search), []);
  return ssoProblem(search, name);
}
