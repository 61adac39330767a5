'use client';

import { Dialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { useMemo, useState } from 'react';
import { isMac, keyCaps } from '../actions/keys';
import { tell } from '../actions/send';
import { useActionContext } from '../actions/use-action-context';
import { useMyCalls } from '../calls/use-my-calls';
import { Kbd } from '../ui/kbd';
import { type PaletteItem, paletteGroups } from './palette-items';
import { view } from './view';

/** Everything that can be done, by typing. Lazily loaded. */
export default function CommandPalette() {
  const context = useActionContext();
  const calls = useMyCalls();
  const [query, setQuery] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: what can be done depends on my calls
  const groups = useMemo(() => paletteGroups(context, query), [context, query, calls]);
  const close = () => view.set({ dialog: null });
  const choose = (item: PaletteItem) => {
    if (item.blocked) return tell('error', item.blocked);
    close();
    // After the dialog has given the focus back.
    setTimeout(item.run, 0);
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className="fixed left-1/2 top-[10vh] z-50 w-[min(42rem,calc(100vw-1.5rem))] -translate-x-1/2 overflow-hidden rounded-xl border border-line bg-raised text-ink shadow-overlay outline-none">
          <Dialog.Title className="sr-only">All commands</Dialog.Title>
          <Command shouldFilter={false} loop label="All commands">
            <Command.Input
              autoFocus
              value={query}
              onValueChange={setQuery}
              placeholder="A person, a number or a command"
              className="h-12 w-full border-b border-line bg-transparent px-4 text-[0.9375rem] outline-none placeholder:text-ink-3"
            />
            <Command.List className="max-h-[60vh] overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-8 text-center text-sm text-ink-2">
                Nothing matches “{query}”
              </Command.Empty>
              {groups.map(({ heading, items }) => (
                <Command.Group key={heading} heading={heading} className={groupStyle}>
                  {items.map((item) => (
                    <Item key={item.id} item={item} choose={choose} />
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const groupStyle =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-2';
const itemStyle =
  'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-1 text-sm data-[selected=true]:bg-hover data-[disabled=true]:cursor-not-allowed data-[disabled=true]:text-ink-2';

function Item({ item, choose }: { readonly item: PaletteItem; readonly choose: (item: PaletteItem) => void }) {
  const [keys] = item.keys;
  return (
    <Command.Item value={item.id} className={itemStyle} disabled={item.blocked !== null} onSelect={() => choose(item)}>
      <item.icon aria-hidden className="size-4 shrink-0 text-ink-2" />
      <span className="min-w-0 flex-1">
        <span className="block truncate">{item.label}</span>
        {item.blocked ? <span className="block text-xs text-ink-2">{item.blocked}</span> : null}
      </span>
      {keys && !item.blocked ? (
        <span className="flex shrink-0 gap-0.5 pointer-coarse:hidden">
          {keyCaps(keys, isMac()).map((cap) => (
            <Kbd key={cap}>{cap}</Kbd>
          ))}
        </span>
      ) : null}
    </Command.Item>
  );
}
