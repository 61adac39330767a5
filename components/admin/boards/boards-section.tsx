'use client';

import { MonitorPlay, Plus } from 'lucide-react';
import { useState } from 'react';
import { type Board, boardList } from '@/server/protocol/boards';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { LoadFailure } from '../load-failure';
import { SectionSkeleton } from '../section-skeleton';
import { useResource } from '../use-resource';
import { BoardForm } from './board-form';
import { BoardRow } from './board-row';
import { LinkDialog, type NewLink } from './link-dialog';

/** What is being edited: a board, or a new one. */
type Editing = Board | 'new' | null;

export default function BoardsSection() {
  const { value, failure, reload } = useResource(boardList, 'admin/boards');
  const [editing, setEditing] = useState<Editing>(null);
  const [link, setLink] = useState<NewLink | null>(null);
  if (failure) return <LoadFailure failure={failure} retry={() => void reload()} />;
  if (!value) return <SectionSkeleton />;
  const done = (made: NewLink | null) => {
    setEditing(null);
    setLink(made);
    void reload();
  };
  if (editing !== null) {
    const board = editing === 'new' ? null : editing;
    return <BoardForm key={board?.id ?? 'new'} board={board} onDone={done} onCancel={() => setEditing(null)} />;
  }
  return (
    <div className="flex flex-col gap-4">
      {link ? <LinkDialog link={link} onClose={() => setLink(null)} /> : null}
      {value.boards.length === 0 ? (
        <EmptyState
          icon={<MonitorPlay aria-hidden className="size-5" />}
          title="No wallboards yet"
          action={
            <Button tone="primary" icon={<Plus aria-hidden className="size-4" />} onClick={() => setEditing('new')}>
              Make a wallboard
            </Button>
          }
        >
          Queues with who waits, people with what they do, parked calls and a message, for a screen that nobody touches.
        </EmptyState>
      ) : (
        <>
          <div className="flex flex-wrap items-center justify-between gap-2">
            <p className="text-[0.8125rem] tabular-nums text-ink-2">
              {value.boards.length === 1 ? '1 wallboard' : `${value.boards.length} wallboards`}
            </p>
            <Button tone="primary" icon={<Plus aria-hidden className="size-4" />} onClick={() => setEditing('new')}>
              Make a wallboard
            </Button>
          </div>
          <ul className="flex flex-col gap-3">
            {value.boards.map((board) => (
              <BoardRow
                key={board.id}
                board={board}
                onEdit={() => setEditing(board)}
                onLink={setLink}
                reload={reload}
              />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
