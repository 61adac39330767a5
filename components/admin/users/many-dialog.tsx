'use client';

import { type ReactNode, useState } from 'react';
import type { Outcome } from '../../auth/api';
import { Button } from '../../ui/button';
import { Callout } from '../../ui/callout';
import { Dialog } from '../../ui/dialog';
import { type Done, forMany } from './many';

interface ManyDialogProps<T extends { readonly name: string }, R> {
  readonly title: string;
  readonly action: string;
  readonly tone?: 'danger' | 'primary';
  readonly items: readonly T[];
  readonly work: (item: T) => Promise<Outcome<R>>;
  /** Told once all were tried. */
  readonly onDone: (done: readonly Done<T, R>[]) => void;
  readonly onClose: () => void;
  readonly wide?: boolean;
  /** Before: what it means, with its fields. */
  readonly children: ReactNode;
  /** Afterwards: what came of it. */
  readonly result: (done: readonly Done<T, R>[]) => ReactNode;
}

/** Asks, does something for many, and says for whom it failed and why. */
export function ManyDialog<T extends { readonly name: string }, R>(props: ManyDialogProps<T, R>) {
  const { title, action, tone = 'primary', items, work, onDone, onClose, wide, children, result } = props;
  const [count, setCount] = useState<number | null>(null);
  const [done, setDone] = useState<readonly Done<T, R>[] | null>(null);
  const busy = count !== null && done === null;
  const go = async () => {
    setCount(0);
    const all = await forMany(items, work, setCount);
    setDone(all);
    onDone(all);
  };
  const footer = done ? (
    <Button tone="primary" onClick={onClose}>
      Done
    </Button>
  ) : (
    <>
      <Button onClick={onClose} disabled={busy}>
        Cancel
      </Button>
      <Button tone={tone} busy={busy} disabled={items.length === 0} onClick={() => void go()}>
        {busy ? `${count} of ${items.length}` : action}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !busy && onClose()}
      title={title}
      footer={footer}
      {...(wide === undefined ? {} : { wide })}
    >
      {done ? (
        <div className="flex flex-col gap-4">
          <Failed done={done} />
          {result(done)}
        </div>
      ) : (
        children
      )}
    </Dialog>
  );
}

function Failed<T extends { readonly name: string }, R>({ done }: { readonly done: readonly Done<T, R>[] }) {
  const failed = done.flatMap(({ item, outcome }) =>
    outcome.ok ? [] : [{ name: item.name, message: outcome.message }],
  );
  if (failed.length === 0) return null;
  return (
    <div role="alert">
      <Callout tone="danger">
        {failed.length === 1 ? 'It did not work for one:' : `It did not work for ${failed.length}:`}
        <ul className="mt-1 list-disc pl-5">
          {failed.map(({ name, message }) => (
            <li key={name}>
              {name}: {message}
            </li>
          ))}
        </ul>
      </Callout>
    </div>
  );
}
