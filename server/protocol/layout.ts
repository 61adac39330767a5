import { z } from 'zod';
import { defaultLayout } from './layout-default';

/** How one user works with calls. */
export const consolePreferences = z.strictObject({
  /** What Enter does with a call and a chosen person; Shift+Enter does the other. */
  transfer: z.enum(['blind', 'attended']).default('blind'),
  /** A call of one's own takes the focus, and then the search does. */
  focusOnCall: z.boolean().default(true),
  /** The user's own keys, by the id of the action; an empty list: none. */
  keys: z.record(z.string().max(60), z.array(z.string().max(40)).max(4)).default({}),
  notify: z
    .strictObject({
      desktop: z.boolean().default(false),
      sound: z.boolean().default(true),
      /** Per cent. */
      volume: z.number().int().min(0).max(100).default(60),
      /** Seconds a caller may wait in a queue of one's own before it is told; null: never. */
      waitingSeconds: z.number().int().min(5).max(3_600).nullable().default(60),
      /** Seconds before a parked call returns at which it is told; null: never. */
      parkedSeconds: z.number().int().min(5).max(600).nullable().default(15),
    })
    .prefault({}),
});
export type ConsolePreferences = z.infer<typeof consolePreferences>;

/** How one user arranges the grid. Numbers of extensions that no longer exist are kept and ignored. */
export const density = z.enum(['compact', 'comfortable', 'large']);
export type Density = z.infer<typeof density>;

const numbers = z.array(z.string().max(40)).max(20_000);

export const layout = z.strictObject({
  density,
  /** `group`: by department; `none`: one grid. */
  grouping: z.enum(['group', 'none']),
  favourites: numbers,
  hidden: numbers,
  /** The user's own order; extensions it does not name follow by number. */
  order: numbers,
  /** Names of groups that are folded away. */
  collapsed: z.array(z.string().max(120)).max(2_000),
  theme: z.enum(['system', 'light', 'dark']),
  /** Presence messages of late, newest first; layouts saved before there were any have none. */
  recentMessages: z.array(z.string().max(160)).max(10).default([]),
  console: consolePreferences.prefault({}),
});
export type Layout = z.infer<typeof layout>;

export { defaultLayout };

/** A layout with the version it was read at: saving over a newer version is a conflict, nothing is lost silently. */
export const savedLayout = z.object({ version: z.number().int().nonnegative(), layout });
export type SavedLayout = z.infer<typeof savedLayout>;
