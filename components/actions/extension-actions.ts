import { EyeOff, PanelTopOpen, SquareCheck, Star } from 'lucide-react';
import { moveTo, ordered } from '../extensions/arrange';
import { isSelected, toggleSelected } from '../selection/selection';
import { view } from '../shell/view';
import { announce } from '../ui/live-region';
import type { Action, ActionContext } from './action';
import { openAvailability, openForwarding, openPresence, toggleDnd } from './availability-actions';
import { openHistory } from './history-action';

function nameOf({ mirror }: ActionContext, number: string): string {
  return mirror.get('extensions', number)?.name || number;
}

export const openDetails: Action<string> = {
  id: 'extension.details',
  icon: PanelTopOpen,
  section: 'People',
  keys: ['Enter'],
  label: () => 'Show details',
  run: (_, number) => view.set({ opened: number, current: number }),
};

function without(list: readonly string[], number: string): string[] {
  return list.filter((other) => other !== number);
}

export const toggleFavourite: Action<string> = {
  id: 'extension.favourite',
  icon: Star,
  section: 'People',
  keys: ['f'],
  label: ({ layout }, number) => (layout.favourites.includes(number) ? 'Remove from favourites' : 'Add to favourites'),
  run: (context, number) => {
    const { layout, mirror } = context;
    const had = layout.favourites.includes(number);
    mirror.saveLayout({
      favourites: had ? without(layout.favourites, number) : [...layout.favourites, number],
      hidden: without(layout.hidden, number),
    });
    announce(`${nameOf(context, number)} ${had ? 'is no longer a favourite' : 'is a favourite now'}`);
  },
};

export const toggleHidden: Action<string> = {
  id: 'extension.hide',
  icon: EyeOff,
  section: 'People',
  keys: ['h'],
  label: ({ layout }, number) => (layout.hidden.includes(number) ? 'Show in the grid again' : 'Hide from the grid'),
  run: (context, number) => {
    const { layout, mirror } = context;
    const had = layout.hidden.includes(number);
    mirror.saveLayout({ hidden: had ? without(layout.hidden, number) : [...layout.hidden, number] });
    announce(`${nameOf(context, number)} ${had ? 'is shown again' : 'is hidden'}`);
  },
};

export const toggleSelect: Action<string> = {
  id: 'extension.select',
  icon: SquareCheck,
  section: 'People',
  keys: [' '],
  label: (_, number) => (isSelected(number) ? 'Take out of the selection' : 'Select'),
  run: (context, number) => {
    const count = toggleSelected(number);
    announce(`${nameOf(context, number)} ${isSelected(number) ? 'selected' : 'not selected'}, ${count} in all`);
  },
};

/** What can be done to one extension, in the order of its menu. */
export const extensionActions = [
  openDetails,
  toggleDnd,
  openAvailability,
  openPresence,
  openForwarding,
  openHistory,
  toggleFavourite,
  toggleHidden,
  toggleSelect,
] as const;

/** Put a tile before or after another one. Onto a favourite makes a favourite, away from there unmakes it. */
export function moveExtension(context: ActionContext, moved: string, target: string, side: 'before' | 'after'): void {
  const { layout, mirror } = context;
  const all = ordered(mirror.records.map('extensions').values(), layout.order).map((record) => record.number);
  const intoFavourites = layout.favourites.includes(target);
  const favourites = without(layout.favourites, moved);
  mirror.saveLayout({
    order: moveTo(all, layout.order, moved, target, side),
    favourites: intoFavourites ? [...favourites, moved] : favourites,
  });
  announce(`${nameOf(context, moved)} stands ${side} ${nameOf(context, target)} now`);
}

/** Whether a tile may be put beside another: departments are the PBX's, favourites are one's own. */
export function mayMove({ layout, mirror }: ActionContext, moved: string, target: string): boolean {
  if (moved === target) return false;
  if (layout.favourites.includes(target) || layout.grouping === 'none') return true;
  return mirror.get('extensions', moved)?.group === mirror.get('extensions', target)?.group;
}
