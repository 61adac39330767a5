import { BellOff, CalendarClock, CircleUserRound, CornerUpRight, Undo2, UserRoundCheck } from 'lucide-react';
import { endAt, quickEnds } from '../availability/ends';
import { lastChange, undoLast } from '../selection/undo';
import { type SheetTab, view } from '../shell/view';
import type { Action, ActionContext } from './action';
import { type Feature, mayNotSet, ownExtension } from './permissions';

function openSheet(tab: SheetTab, numbers: readonly string[]): void {
  view.set({ sheet: { tab, numbers }, opened: null });
}

export const toggleDnd: Action<string> = {
  id: 'extension.dnd',
  icon: BellOff,
  section: 'People',
  keys: ['d'],
  label: ({ mirror }, number) =>
    mirror.get('extensions', number)?.dnd.on ? 'Turn off do not disturb' : 'Turn on do not disturb',
  blocked: (context, number) => mayNotSet(context, 'dnd', number),
  run: ({ mirror }, number) => void mirror.availability.toggleDnd(number),
};

/** Looking is always allowed: the sheet says itself what cannot be changed. */
export const openAvailability: Action<string> = {
  id: 'extension.availability',
  icon: CalendarClock,
  section: 'People',
  keys: ['a'],
  label: () => 'Availability…',
  run: (_, number) => openSheet('dnd', [number]),
};

export const openPresence: Action<string> = {
  id: 'extension.presence',
  icon: CircleUserRound,
  section: 'People',
  label: () => 'Presence…',
  run: (_, number) => openSheet('presence', [number]),
};

export const openForwarding: Action<string> = {
  id: 'extension.forward',
  icon: CornerUpRight,
  section: 'People',
  label: () => 'Forward calls…',
  run: (_, number) => openSheet('forward', [number]),
};

/** Something done to oneself: blocked without an extension, or without the permission. */
function ownAction(
  action: Pick<Action, 'id' | 'icon' | 'keys' | 'label'>,
  feature: Feature | null,
  run: (context: ActionContext, number: string) => void,
): Action {
  return {
    ...action,
    section: 'People',
    blocked: (context) => {
      const own = ownExtension(context);
      if ('reason' in own) return own.reason;
      return feature === null ? null : mayNotSet(context, feature, own.number);
    },
    run: (context) => {
      const own = ownExtension(context);
      if ('number' in own) run(context, own.number);
    },
  };
}

export const toggleOwnDnd = ownAction(
  {
    id: 'own.dnd',
    icon: BellOff,
    keys: ['shift+d'],
    label: ({ mirror, me }) =>
      me?.extension && mirror.get('extensions', me.extension)?.dnd.on
        ? 'Turn off my do not disturb'
        : 'Turn on my do not disturb',
  },
  'dnd',
  ({ mirror }, number) => void mirror.availability.toggleDnd(number),
);

export const openOwnAvailability = ownAction(
  { id: 'own.availability', icon: CalendarClock, keys: ['shift+a'], label: () => 'My availability…' },
  null,
  (_, number) => openSheet('dnd', [number]),
);

export const openOwnPresence = ownAction(
  { id: 'own.presence', icon: CircleUserRound, label: () => 'My presence…' },
  null,
  (_, number) => openSheet('presence', [number]),
);

export const openOwnForwarding = ownAction(
  { id: 'own.forward', icon: CornerUpRight, label: () => 'Forward my calls…' },
  null,
  (_, number) => openSheet('forward', [number]),
);

export const undoChange: Action = {
  id: 'undo',
  icon: Undo2,
  section: 'People',
  keys: ['u', 'mod+z'],
  label: () => (lastChange() ? `Undo: ${lastChange()?.text}` : 'Undo the last change of several'),
  blocked: ({ away }) => (lastChange() ? away : 'There is nothing to undo.'),
  run: ({ mirror }) => void undoLast(mirror),
};

/** Own do-not-disturb with an end, and every presence state by its name: for the palette. */
export function ownStateActions(context: ActionContext): readonly Action[] {
  const { mirror } = context;
  const now = mirror.clock.read();
  const ends = quickEnds(now).map((end) =>
    ownAction(
      { id: `own.dnd.${end.id}`, icon: BellOff, label: () => `Do not disturb me ${end.words}` },
      'dnd',
      (_, number) => void mirror.availability.setDnd(number, { on: true, until: endAt(end, mirror.clock.read()) }),
    ),
  );
  const states = mirror.records.map('pbx').values().next().value?.features.presenceStates ?? [];
  const choices = states.map(({ name, state, subtype }) =>
    ownAction(
      { id: `own.presence.${state}.${subtype}`, icon: UserRoundCheck, label: () => `I am: ${name}` },
      'presence',
      (_, number) => void mirror.availability.setPresence(number, { state, subtype }),
    ),
  );
  return [...choices, ...ends];
}
