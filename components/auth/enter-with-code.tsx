'use client';

import { LoaderCircle } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Callout } from '../ui/callout';
import { CodeForm, enterWith } from './code-form';
import { DoorCard } from './door-card';
import { codeInHash } from './setup-code';

type Stage = { readonly name: 'entering' } | { readonly name: 'asking'; readonly problem: string | null };

/** A code works once: it must not be sent twice when React mounts twice. */
let sent: string | null = null;

/** Signs in with the code of the address and goes on to the panel. */
export function EnterWithCode() {
  const [stage, setStage] = useState<Stage>({ name: 'entering' });
  useEffect(() => {
    const begin = () => {
      const code = codeInHash(location.hash);
      if (code === null) {
        if (sent === null) setStage({ name: 'asking', problem: null });
        return;
      }
      // Not to be left in the history, nor on the screen.
      history.replaceState(null, '', location.pathname);
      if (code === sent) return;
      sent = code;
      setStage({ name: 'entering' });
      void enterWith(code).then((problem) => problem !== null && setStage({ name: 'asking', problem }));
    };
    begin();
    addEventListener('hashchange', begin);
    return () => removeEventListener('hashchange', begin);
  }, []);
  return (
    <DoorCard title={stage.name === 'entering' ? 'Signing you in…' : 'Sign in with a one-time code'}>
      {stage.name === 'entering' ? (
        <p role="status" className="flex items-center gap-2 text-sm text-ink-2">
          <LoaderCircle aria-hidden className="size-4 motion-safe:animate-spin" />
          The code is being checked.
        </p>
      ) : (
        <Asking problem={stage.problem} />
      )}
    </DoorCard>
  );
}

function Asking({ problem }: { readonly problem: string | null }) {
  return (
    <div className="flex flex-col gap-4">
      {problem ? (
        <Callout tone="danger" role="alert">
          {problem}
        </Callout>
      ) : null}
      <div className="text-sm leading-relaxed text-ink-2">
        {problem ? (
          <>
            <p>Every code works once, and only until the server is started again.</p>
            <ul className="mt-2 list-disc space-y-1 pl-5">
              <li>
                You have set a password?{' '}
                <a href="/login/" className="font-medium text-accent underline underline-offset-2">
                  Sign in with it
                </a>
                .
              </li>
              <li>Otherwise start the server again: it prints a new link.</li>
            </ul>
          </>
        ) : (
          <p>The code is part of the link that was printed where the server runs.</p>
        )}
      </div>
      <CodeForm autoFocus />
    </div>
  );
}
