'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import { z } from 'zod';
import { type Board, board as boardSchema, boardWithToken } from '@/server/protocol/boards';
import { call } from '../../auth/api';
import { agoText, momentText } from '../../live/clock-text';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import type { NewLink } from './link-dialog';

interface BoardRowProps {
  readonly board: Board;
  readonly onEdit: () => void;
  readonly onLink: (link: NewLink) => void;
  readonly reload: () => Promise<unknown>;
}

type Step = 'renew' | 'revoke' | 'remove';
const questions: Readonly<Record<Step, { readonly title: string; readonly words: string; readonly action: string }>> = {
  renew: {
    title: 'Make a new link?',
    words: 'The link in use is of no use any more: screens that show this board go blank until they get the new one.',
    action: 'Make a new link',
  },
  revoke: {
    title: 'Revoke the link?',
    words: 'Screens that show this board close it at once. You can make a new link later.',
    action: 'Revoke the link',
  },
  remove: { title: 'Remove this board?', words: 'Its link is of no use any more.', action: 'Remove the board' },
};
const done = z.object({ ok: z.literal(true) });

/** A board: who made its link, whether a screen shows it, and what can be done to it. */
export function BoardRow({ board, onEdit, onLink, reload }: BoardRowProps) {
  const [asking, setAsking] = useState<Step | null>(null);
  const [busy, setBusy] = useState(false);
  const { id, settings } = board;
  const standing = standingOf(board, Date.now());
  const run = async (step: Step) => {
    setBusy(true);
    const failure = await take(step);
    setBusy(false);
    setAsking(null);
    if (failure !== null) toast.error(failure);
    await reload();
  };
  const take = async (step: Step): Promise<string | null> => {
    const path = `admin/boards/${id}`;
    if (step === 'renew') {
      const outcome = await call(boardWithToken, `${path}/renew`, { method: 'POST' });
      if (outcome.ok) onLink({ name: settings.name, token: outcome.value.token });
      return outcome.ok ? null : outcome.message;
    }
    const outcome =
      step === 'revoke'
        ? await call(boardSchema, `${path}/revoke`, { method: 'POST' })
        : await call(done, path, { method: 'DELETE' });
    return outcome.ok ? null : outcome.message;
  };
  const question = asking && questions[asking];
  return (
    <li className="rounded-xl border border-line bg-surface px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h2 className="text-[0.9375rem] font-semibold [overflow-wrap:anywhere]">{settings.name}</h2>
            <Badge tone={standing.tone}>{standing.word}</Badge>
          </div>
          <p className="mt-1 text-sm text-ink-2">{storyOf(board, Date.now())}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button size="small" onClick={onEdit}>
            Edit
          </Button>
          <Button size="small" onClick={() => setAsking('renew')}>
            New link
          </Button>
          {standing.over ? (
            <Button size="small" onClick={() => setAsking('remove')}>
              Remove
            </Button>
          ) : (
            <Button size="small" onClick={() => setAsking('revoke')}>
              Revoke
            </Button>
          )}
        </div>
      </div>
      {question && asking ? (
        <Dialog
          open
          onOpenChange={(open) => !open && setAsking(null)}
          title={question.title}
          footer={
            <>
              <Button onClick={() => setAsking(null)}>Cancel</Button>
              <Button tone="danger" busy={busy} onClick={() => void run(asking)}>
                {question.action}
              </Button>
            </>
          }
        >
          <p className="text-sm text-ink-2">{question.words}</p>
        </Dialog>
      ) : null}
    </li>
  );
}

interface Standing {
  readonly word: string;
  readonly tone: 'good' | 'warn' | 'neutral';
  /** Its link is of no use any more. */
  readonly over: boolean;
}

export function standingOf(board: Board, now: number): Standing {
  if (board.revokedAt !== null) return { word: 'Revoked', tone: 'warn', over: true };
  if (board.expiresAt !== null && Date.parse(board.expiresAt) <= now)
    return { word: 'Expired', tone: 'warn', over: true };
  if (board.open === 0) return { word: 'Not open', tone: 'neutral', over: false };
  return { word: board.open === 1 ? 'Open on 1 screen' : `Open on ${board.open} screens`, tone: 'good', over: false };
}

export function storyOf(board: Board, now: number): string {
  const { by, createdAt, expiresAt, lastSeenAt, lastAddress } = board;
  const parts = [`Link made by ${by}, ${momentText(Date.parse(createdAt), now)}.`];
  if (expiresAt !== null) {
    const past = Date.parse(expiresAt) <= now;
    parts.push(`${past ? 'Expired' : 'Expires'} ${momentText(Date.parse(expiresAt), now)}.`);
  }
  if (lastSeenAt === null) parts.push('Never opened.');
  else parts.push(`Last seen ${agoText(Date.parse(lastSeenAt), now)} ago from ${lastAddress ?? 'an unknown address'}.`);
  return parts.join(' ');
}
