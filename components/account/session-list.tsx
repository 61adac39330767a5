'use client';

import { Laptop, LogOut, Smartphone, Terminal } from 'lucide-react';
import type { SessionRecord } from '@/server/protocol/account';
import { agoText, momentText } from '../live/clock-text';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { type Device, deviceOf } from './device';

const icons = { computer: Laptop, phone: Smartphone, program: Terminal } as const satisfies Record<
  Device['kind'],
  unknown
>;
const ways: Readonly<Record<SessionRecord['via'], string>> = {
  password: 'with a password',
  oidc: 'by single sign-on',
  code: 'with the one-time code',
  invitation: 'by an invitation',
};

interface SessionListProps {
  readonly sessions: readonly SessionRecord[];
  readonly now: number;
  /** Id of the one that is being ended. */
  readonly busy: string | null;
  readonly onEnd: (session: SessionRecord) => void;
}

/** Signed-in browsers, each with a button that ends it. */
export function SessionList({ sessions, now, busy, onEnd }: SessionListProps) {
  return (
    <ul className="flex flex-col divide-y divide-line">
      {sessions.map((session) => {
        const { words, kind } = deviceOf(session.userAgent);
        const Icon = icons[kind];
        const seen = Date.parse(session.lastSeenAt);
        const since = Date.parse(session.createdAt);
        return (
          <li key={session.id} className="flex items-center gap-3 py-2.5 first:pt-0 last:pb-0">
            <Icon aria-hidden className="size-5 shrink-0 text-ink-2" />
            <div className="min-w-0 flex-1 text-sm">
              <p className="flex flex-wrap items-center gap-x-2 font-medium text-ink">
                {words}
                {session.current ? <Badge tone="good">This one</Badge> : null}
              </p>
              <p className="text-[0.8125rem] text-ink-2">
                {session.address || 'Address unknown'} · signed in {momentText(since, now)} {ways[session.via]} ·{' '}
                {now - seen < 90_000 ? 'in use now' : `last used ${agoText(seen, now)} ago`}
              </p>
            </div>
            {session.current ? null : (
              <Button
                size="small"
                busy={busy === session.id}
                icon={<LogOut aria-hidden className="size-3.5" />}
                aria-label={`Sign out ${words}, ${session.address}`}
                onClick={() => onEnd(session)}
              >
                Sign out
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
