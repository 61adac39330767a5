'use client';

import { Tabs } from '@base-ui/react/tabs';
import { BellOff, CircleUserRound, CornerUpRight } from 'lucide-react';
import { useRef, useState } from 'react';
import type { ExtensionRecord } from '@/server/protocol/records';
import { presenceLook } from '../extensions/presence-look';
import { forwardsOf } from '../extensions/status';
import { useMirror, useRecord } from '../live/hooks';
import { type Sheet as Opened, type SheetTab, tileElement, view } from '../shell/view';
import { Dialog } from '../ui/dialog';
import { DndForm } from './dnd-form';
import { ForwardForm } from './forward-form';
import { PresenceForm } from './presence-form';
import { UnsyncedList } from './summary';

const tabs = [
  { tab: 'dnd', label: 'Do not disturb', Icon: BellOff },
  { tab: 'presence', label: 'Presence', Icon: CircleUserRound },
  { tab: 'forward', label: 'Forwarding', Icon: CornerUpRight },
] as const satisfies readonly { tab: SheetTab; label: string; Icon: typeof BellOff }[];

/** Availability of one person, or of several at once. Lazily loaded; mounted anew for everyone it is opened for. */
export default function Sheet({ sheet }: { readonly sheet: Opened }) {
  const { numbers } = sheet;
  const mirror = useMirror();
  const [tab, setTab] = useState<SheetTab>(sheet.tab);
  const [opener] = useState(() => document.activeElement);
  const firstTab = useRef<HTMLButtonElement>(null);
  const [first = ''] = numbers;
  const one = useRecord('extensions', first);
  const single = numbers.length === 1 ? one : undefined;
  const close = () => view.set({ sheet: null });
  const finalFocus = () => {
    if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) return opener;
    return tileElement(first);
  };
  if (numbers.length === 1 && !one) return null;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={single ? `${single.name || single.number}: availability` : `Availability of ${numbers.length} people`}
      description={
        single ? `Extension ${single.number}` : namesOf(numbers, (number) => mirror.get('extensions', number))
      }
      initialFocus={firstTab}
      finalFocus={finalFocus}
    >
      <Tabs.Root value={tab} onValueChange={(next: SheetTab) => setTab(next)}>
        <Tabs.List aria-label="What to set" className="mb-4 flex gap-1 border-b border-line" activateOnFocus>
          {tabs
            .filter((item) => single || item.tab !== 'forward')
            .map(({ tab: value, label, Icon }) => (
              <Tabs.Tab
                key={value}
                value={value}
                ref={value === sheet.tab ? firstTab : null}
                className="-mb-px flex h-9 min-w-0 cursor-pointer items-center gap-1.5 rounded-t-md border-b-2 border-transparent px-2 text-[0.8125rem] text-ink-2 hover:text-ink data-[active]:border-accent data-[active]:font-medium data-[active]:text-ink"
              >
                <Icon aria-hidden className="size-4 shrink-0 max-sm:hidden" />
                <span className="truncate">{label}</span>
                {single && isSet(single, value) ? (
                  <span aria-hidden className="size-1.5 rounded-full bg-accent" />
                ) : null}
              </Tabs.Tab>
            ))}
        </Tabs.List>
        {single && single.unsynced.length > 0 ? (
          <div className="mb-4">
            <UnsyncedList extension={single} />
          </div>
        ) : null}
        <Tabs.Panel tabIndex={-1} value="dnd">
          <DndForm numbers={numbers} dnd={single?.dnd ?? null} onDone={close} />
        </Tabs.Panel>
        <Tabs.Panel tabIndex={-1} value="presence">
          <PresenceForm numbers={numbers} presence={single?.presence ?? null} onDone={close} />
        </Tabs.Panel>
        {single ? (
          <Tabs.Panel tabIndex={-1} value="forward">
            <ForwardForm extension={single} />
          </Tabs.Panel>
        ) : null}
      </Tabs.Root>
    </Dialog>
  );
}

function isSet({ dnd, presence, forward }: ExtensionRecord, tab: SheetTab): boolean {
  if (tab === 'dnd') return dnd.on;
  return tab === 'presence' ? presenceLook(presence, []) !== null : forwardsOf(forward).length > 0;
}

const namesShown = 8;

function namesOf(numbers: readonly string[], find: (number: string) => ExtensionRecord | undefined): string {
  const names = numbers.slice(0, namesShown).map((number) => find(number)?.name || number);
  const rest = numbers.length - names.length;
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
}
