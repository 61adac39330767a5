'use client';

import { useRef, useState } from 'react';
import { setSingleKeys, singleKeysOn } from '../actions/single-keys';
import { fold } from '../extensions/search';
import { useLayout, useMirror } from '../live/hooks';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Switch } from '../ui/switch';
import { TextField } from '../ui/text-field';
import { Caps, KeyTable } from './key-table';
import { view } from './view';

const fixed: readonly (readonly [string, readonly string[]])[] = [
  ['On the card of a call: answer, complete, take back, or search to whom', ['Enter']],
  ['On the card of a call: cancel the transfer', ['Escape']],
  ['In the search: transfer, or call the number', ['Enter']],
  ['In the search: ask first (or the other way round)', ['shift+Enter']],
  ['In the search: the next match, or to the tiles', ['ArrowDown']],
  ['Walk from tile to tile', ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']],
  ['First or last of the line', ['Home', 'End']],
  ['First or last of all', ['mod+Home', 'mod+End']],
  ['A screen up or down', ['PageUp', 'PageDown']],
  ['Move the tile', ['alt+shift+ArrowLeft', 'alt+shift+ArrowRight']],
  ['Clear the search, or the selection', ['Escape']],
  ['Select all that are shown', ['mod+a']],
  ['The menu of a tile or a call', ['shift+F10']],
  ['Move a call to…', ['m']],
];

/** Every key there is, as this user has them, and where they are changed. Lazily loaded. */
export default function KeyboardMap() {
  const mirror = useMirror();
  const layout = useLayout();
  const [single, setSingle] = useState(singleKeysOn);
  const [filter, setFilter] = useState('');
  const [changing, setChanging] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const change = (keys: typeof layout.console.keys) => mirror.saveLayout({ console: { ...layout.console, keys } });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && view.set({ dialog: null })}
      title="Keyboard shortcuts"
      wide
      initialFocus={field}
      footer={
        <>
          {changing && Object.keys(layout.console.keys).length > 0 ? (
            <Button tone="plain" onClick={() => change({})}>
              Reset all keys
            </Button>
          ) : null}
          <Button onClick={() => setChanging(!changing)}>{changing ? 'Done' : 'Change keys'}</Button>
        </>
      }
    >
      <div className="mb-3 flex flex-wrap items-end gap-3">
        <div className="min-w-52 flex-1">
          <TextField
            ref={field}
            label="Search keys"
            hideLabel
            placeholder="Search: an action, or a key"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
        </div>
        <SingleKeys
          on={single}
          onChange={(on) => {
            setSingleKeys(on);
            setSingle(on);
          }}
        />
      </div>
      <KeyTable keys={layout.console.keys} filter={filter} onChange={changing ? change : undefined} />
      <FixedKeys filter={filter} />
    </Dialog>
  );
}

function SingleKeys({ on, onChange }: { readonly on: boolean; readonly onChange: (on: boolean) => void }) {
  return (
    <div className="flex items-center gap-3 rounded-lg bg-sunken px-3 py-1.5">
      <div className="min-w-0">
        <p className="text-[0.8125rem] font-medium">Shortcuts of one letter</p>
        <p className="text-xs text-ink-2">Off: only F-keys, the number block and keys with Ctrl, Alt or Cmd work.</p>
      </div>
      <Switch label="Shortcuts of one letter" checked={on} onChange={onChange} />
    </div>
  );
}

function FixedKeys({ filter }: { readonly filter: string }) {
  const words = fold(filter).split(/\s+/).filter(Boolean);
  const rows = fixed.filter(([label]) => words.every((word) => fold(label).includes(word)));
  if (rows.length === 0) return null;
  return (
    <section className="mt-4">
      <h3 className="mb-1 text-xs font-semibold text-ink-2">Getting around: these stay as they are</h3>
      <ul className="grid gap-x-8 md:grid-cols-2">
        {rows.map(([label, keys]) => (
          <li
            key={label}
            className="flex min-h-8 items-center justify-between gap-3 border-b border-line py-0.5 text-[0.8125rem]"
          >
            <span className="min-w-0">{label}</span>
            <span className="flex shrink-0 gap-2">
              {keys.map((one) => (
                <Caps key={one} keys={one} />
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
