import type { z } from 'zod';
import type { presenceColour } from '@/server/protocol/records';

export type PresenceColour = z.infer<typeof presenceColour>;

/** Text and icons: 4.5:1 on every ground of the panel, in both themes. */
export const presenceInk: Readonly<Record<PresenceColour, string>> = {
  green: 'text-free-ink',
  yellow: 'text-away-ink',
  orange: 'text-busy-ink',
  red: 'text-dnd-ink',
  purple: 'text-purple-700 dark:text-purple-300',
  blue: 'text-accent',
  teal: 'text-ring-ink',
  grey: 'text-offline-ink',
};

/** Bars and swatches: 3:1 on the ground of a tile. */
export const presenceFill: Readonly<Record<PresenceColour, string>> = {
  green: 'bg-free',
  yellow: 'bg-away',
  orange: 'bg-busy',
  red: 'bg-dnd',
  purple: 'bg-purple-600 dark:bg-purple-400',
  blue: 'bg-accent',
  teal: 'bg-ring',
  grey: 'bg-offline',
};
