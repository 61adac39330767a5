'use client';

import { useState } from 'react';
import { extensionActions } from '../actions/extension-actions';
import { globalActions } from '../actions/global-actions';
import { isMac, keyCaps } from '../actions/keys';
import { setSingleKeys, singleKeysOn } from '../actions/single-keys';
import { useActionContext } from '../actions/use-action-context';
import { Dialog } from '../ui/dialog';
import { Kbd } from '../ui/kbd';
import { Switch } from '../ui/switch';
import { view } from './view';

const walking: readonly (readonly [string, readonly string[]])[] = [
  ['Walk from tile to tile', ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']],
  ['First or last of the line', ['Home', 'End']],
  ['First or last of all', ['mod+Home', 'mod+End']],
  ['A screen up or down', ['PageUp', 'PageDown']],
  ['Move the tile', ['alt+shift+ArrowLeft', 'alt+shift+ArrowRight']],
  ['From the search to the first tile', ['ArrowDown']],
  ['Clear the search, or the selection', ['Escape']],
  ['Select all that are shown', ['mod+a']],
  ['The menu of the tile', ['shift+F10']],
];

const tileWords: Record<string, string> = {
  'extension.details': 'Details',
  'extension.dnd': 'Do not disturb on or off',
  'extension.availability': 'Availability: end, note, presence, forwarding',
  'extension.select': 'Select or not',
  'extension.favourite': 'Favourite or not',
  'extension.hide': 'Hide or show',
};

/** Every key there is. Lazily loaded. */
export default function KeyboardMap() {
  const context = useActionContext();
  const everywhere = globalActions.flatMap((one) => (one.keys ? [[one.label(context), one.keys] as const] : []));
  const tile = extensionActions.flatMap((one) => (one.keys ? [[tileWords[one.id] ?? one.id, one.keys] as const] : []));
  const [single, setSingle] = useState(singleKeysOn);
  return (
    <Dialog open onOpenChange={(open) => !open && view.set({ dialog: null })} title="Keyboard shortcuts" wide>
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
        <KeyList title="Everywhere" rows={everywhere} />
        <KeyList title="On a tile" rows={tile} />
        <KeyList title="Getting around" rows={walking} />
        <div className="flex items-start gap-3 self-end rounded-lg bg-sunken px-3 py-2.5">
          <div className="min-w-0 flex-1">
            <p className="text-[0.8125rem] font-medium">Shortcuts of one key</p>
            <p className="text-xs text-ink-2">Off, only those with Ctrl, Alt or Cmd work outside the tiles.</p>
          </div>
          <Switch
            label="Shortcuts of one key"
            checked={single}
            onChange={(on) => {
              setSingleKeys(on);
              setSingle(on);
            }}
          />
        </div>
      </div>
    </Dialog>
  );
}

function KeyList({ title, rows }: { title: string; rows: readonly (readonly [string, readonly string[]])[] }) {
  const mac = isMac();
  return (
    <section>
      <h3 className="mb-1 text-xs font-semibold text-ink-2">{title}</h3>
      <dl>
        {rows.map(([label, keys]) => (
          <div
            key={label}
            className="flex min-h-8 items-center justify-between gap-3 border-b border-line text-[0.8125rem]"
          >
            <dt>{label}</dt>
            <dd className="flex shrink-0 gap-2">
              {keys.map((combination) => (
                <span key={combination} className="flex gap-0.5">
                  {keyCaps(combination, mac).map((cap) => (
                    <Kbd key={cap}>{cap}</Kbd>
                  ))}
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
