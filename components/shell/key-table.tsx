'use client';

import clsx from 'clsx';
import { Plus, RotateCcw, X } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Layout } from '@/server/protocol/layout';
import { type KeyRow, keyRows, mayBind, withKeys } from '../actions/bindings';
import { given, judge, mostKeys, taken } from '../actions/key-editor';
import { isMac, keyCaps, keysOfPress, keyText } from '../actions/keys';
import { fold } from '../extensions/search';
import { Button, IconButton } from '../ui/button';
import { Kbd } from '../ui/kbd';
import { announce } from '../ui/live-region';

type Keys = Layout['console']['keys'];

interface KeyTableProps {
  /** The user's own. */
  readonly keys: Keys;
  /** Unset: the keys are shown, not changed. */
  readonly onChange?: ((keys: Keys) => void) | undefined;
  /** Only what fits these words. */
  readonly filter: string;
  /** Beside each other where there is room; else one below the other. */
  readonly columns?: 1 | 2;
}

const sections: readonly KeyRow['section'][] = ['Call', 'On a tile', 'People', 'Queues', 'View', 'Go to', 'Session'];
const titles: Readonly<Partial<Record<KeyRow['section'], string>>> = { Call: 'My call', People: 'People and search' };

/** Every action with its keys, and where they are changed. */
export function KeyTable({ keys: own, onChange, filter, columns = 2 }: KeyTableProps) {
  const words = fold(filter).split(/\s+/).filter(Boolean);
  const rows = keyRows(own).filter((row) => {
    const text = fold(`${row.words} ${row.keys.map((keys) => keyText(keys, false)).join(' ')}`);
    // Without a key it is of interest only to somebody who could give it one.
    return (onChange || row.keys.length > 0) && words.every((word) => text.includes(word));
  });
  if (rows.length === 0) return <p className="py-6 text-center text-sm text-ink-2">Nothing matches “{filter}”</p>;
  return (
    <div className={clsx('grid gap-x-8 gap-y-4', columns === 2 && 'md:grid-cols-2')}>
      {sections.map((section) => {
        const list = rows.filter((row) => row.section === section);
        return list.length === 0 ? null : (
          <section key={section} className="min-w-0">
            <h3 className="mb-1 text-xs font-semibold text-ink-2">{titles[section] ?? section}</h3>
            <ul>
              {list.map((row) => (
                <Row key={row.id} row={row} keys={own} onChange={onChange} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

interface RowProps {
  readonly row: KeyRow;
  readonly keys: Keys;
  readonly onChange: KeyTableProps['onChange'];
}

function Row({ row, keys, onChange }: RowProps) {
  const [asking, setAsking] = useState(false);
  const editable = onChange && mayBind(row.id);
  return (
    <li className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-0.5 text-[0.8125rem]">
      <span className="min-w-0 flex-1">{row.words}</span>
      <span className="flex shrink-0 flex-wrap items-center justify-end gap-2">
        {row.keys.map((one) => (
          <span key={one} className="flex items-center gap-0.5">
            <Caps keys={one} />
            {editable ? (
              <IconButton
                label={`Take ${keyText(one, isMac())} away from ${row.words}`}
                size="small"
                className="-mr-1 size-6"
                onClick={() => onChange(taken(keys, row, one))}
              >
                <X aria-hidden className="size-3" />
              </IconButton>
            ) : null}
          </span>
        ))}
        {editable && row.keys.length < mostKeys ? (
          <IconButton
            label={`Add a key for ${row.words}`}
            size="small"
            className="size-6"
            onClick={() => setAsking(true)}
          >
            <Plus aria-hidden className="size-3.5" />
          </IconButton>
        ) : null}
        {editable && row.changed ? (
          <IconButton
            label={`Reset the keys of ${row.words}`}
            size="small"
            className="size-6"
            onClick={() => onChange(withKeys(keys, row.id, null))}
          >
            <RotateCcw aria-hidden className="size-3.5" />
          </IconButton>
        ) : null}
      </span>
      {asking && onChange ? <AskKey row={row} keys={keys} onChange={onChange} close={() => setAsking(false)} /> : null}
    </li>
  );
}

export function Caps({ keys }: { readonly keys: string }) {
  return (
    <span className="flex gap-0.5">
      {keyCaps(keys, isMac()).map((cap) => (
        <Kbd key={cap}>{cap}</Kbd>
      ))}
    </span>
  );
}

interface AskKeyProps extends RowProps {
  readonly onChange: (keys: Keys) => void;
  readonly close: () => void;
}

/** Waits for a key, and says why it will not do. Esc and Tab leave; the same key again takes it from who has it. */
function AskKey({ row, keys, onChange, close }: AskKeyProps) {
  const [pressed, setPressed] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const verdict = pressed === null ? null : judge(keys, row, pressed);
  const take = (one: string) => {
    const found = judge(keys, row, one);
    if (!found.ok && !found.holder) return;
    onChange(given(keys, row, one, found.ok ? null : found.holder));
    announce(`${keyText(one, isMac())} is the key of ${row.words} now`);
    close();
  };
  const press = (event: globalThis.KeyboardEvent) => {
    if (event.key === 'Tab' || event.key === 'Escape') return close();
    const one = keysOfPress(event);
    if (one === null) return;
    const found = judge(keys, row, one);
    if (found.ok || (found.holder && one === pressed)) return take(one);
    setPressed(one);
    announce(found.holder ? `${found.reason} Press it again to take it.` : found.reason, true);
  };
  useKeysOf(field, press);
  return (
    <div className="flex w-full flex-wrap items-center gap-2 rounded-md bg-sunken px-2 py-1.5">
      <input
        ref={field}
        readOnly
        aria-label={`New key for ${row.words}`}
        value={pressed === null ? '' : keyText(pressed, isMac())}
        placeholder="Press the new key"
        className="h-7 w-36 rounded border border-control bg-surface px-2 text-xs text-ink placeholder:text-ink-3"
      />
      {pressed !== null && verdict && !verdict.ok && verdict.holder ? (
        <Button size="small" onClick={() => take(pressed)}>
          Take it
        </Button>
      ) : null}
      <Button size="small" tone="plain" onClick={close}>
        Cancel
      </Button>
      <p className={clsx('w-full text-xs', verdict && !verdict.ok ? 'text-dnd-ink' : 'text-ink-2')}>
        {verdict && !verdict.ok ? verdict.reason : 'Esc: leave it as it is'}
        {verdict && !verdict.ok && verdict.holder ? ' The same key again takes it from there.' : null}
      </p>
    </div>
  );
}

/** Every key in the field, before a dialog or a shortcut hears of it; the field takes the focus. */
function useKeysOf(field: RefObject<HTMLInputElement | null>, press: (event: globalThis.KeyboardEvent) => void): void {
  const latest = useRef(press);
  useEffect(() => {
    latest.current = press;
  });
  useEffect(() => {
    const input = field.current;
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      event.stopPropagation();
      if (event.key !== 'Tab') event.preventDefault();
      latest.current(event);
    };
    input?.focus();
    input?.addEventListener('keydown', onKeyDown);
    return () => input?.removeEventListener('keydown', onKeyDown);
  }, [field]);
}
