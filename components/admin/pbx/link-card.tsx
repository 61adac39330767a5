'use client';

import clsx from 'clsx';
import { useCallback, useEffect } from 'react';
import { goSignIn } from '../../account/session-gate';
import { agoText, momentText } from '../../live/clock-text';
import { useConnection, usePbx, useWallNow } from '../../live/hooks';
import { LiveProvider } from '../../live/provider';
import { Callout } from '../../ui/callout';
import { Skeleton } from '../../ui/skeleton';
import { adviceFor } from './advice';
import { MissingList } from './missing-list';

const frame = 'mb-5 min-h-16 rounded-xl border border-line bg-surface px-4 py-3 sm:px-5';

/** The link to the PBX as it is now. */
export function LinkCard() {
  return (
    <section aria-labelledby="link-heading" className={frame}>
      <h2 id="link-heading" className="sr-only">
        Link to the PBX
      </h2>
      <LiveProvider waiting={<Unknown />}>
        <Link />
      </LiveProvider>
    </section>
  );
}

function Unknown() {
  return (
    <div className="py-1">
      <Skeleton className="h-4 w-56" />
      <Skeleton className="mt-2 h-3 w-36" />
    </div>
  );
}

function Link() {
  const connection = useConnection();
  const pbx = usePbx();
  useEffect(() => {
    if (connection === 'ended') goSignIn();
  }, [connection]);
  if (connection !== 'live') return connection === 'connecting' ? <Unknown /> : <ServerLost />;
  if (!pbx) return <Unknown />;
  const up = pbx.link === 'up';
  const down = pbx.link === 'down';
  return (
    <div>
      <p role="status" className="flex items-center gap-2.5 text-sm font-semibold text-ink">
        <Mark state={pbx.link} />
        {up ? 'Connected' : down ? 'Not connected' : 'Connected, reading the state…'}
        {pbx.demo ? ' to the demo PBX' : ` to ${pbx.name}`}
      </p>
      <p className="mt-0.5 pl-5 text-[0.8125rem] text-ink-2">
        {pbx.asteriskVersion && !down ? `Asterisk ${pbx.asteriskVersion} · ` : ''}
        <Since at={Date.parse(pbx.since)} down={down} />
      </p>
      {down && pbx.problem ? (
        <p className="mt-2 rounded-md bg-dnd-soft px-3 py-2 text-sm text-dnd-ink">
          {pbx.problem}. {adviceFor(pbx.problem)} The panel tries again by itself.
        </p>
      ) : null}
      {pbx.missing.length > 0 ? (
        <div className="mt-3">
          <Callout tone="warn">
            <p className="font-semibold">Off on this PBX</p>
            <MissingList missing={pbx.missing} />
          </Callout>
        </div>
      ) : null}
    </div>
  );
}

function Since({ at, down }: { readonly at: number; readonly down: boolean }) {
  const words = useWallNow(
    useCallback(
      (now: number) => {
        const [moment, ago] = [momentText(at, now), agoText(at, now)];
        return down ? `lost ${ago} ago, at ${moment}` : `since ${moment} (${ago})`;
      },
      [at, down],
    ),
  );
  return <span className="tabular-nums">{words}</span>;
}

function ServerLost() {
  return (
    <p role="status" className="flex items-center gap-2.5 py-2 text-sm text-ink">
      <Mark state="down" />
      The panel server cannot be reached just now. Trying again…
    </p>
  );
}

function Mark({ state }: { readonly state: 'up' | 'down' | 'syncing' }) {
  return (
    <span
      aria-hidden
      className={clsx(
        'size-2.5 shrink-0',
        state === 'up' && 'rounded-full bg-free',
        state === 'down' && 'rounded-xs bg-dnd',
        state === 'syncing' && 'rounded-full border-2 border-away',
      )}
    />
  );
}
