import { z } from 'zod';
import { defaultLayout } from './layout-default';

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
});
export type Layout = z.infer<typeof layout>;

export { defaultLayout };

/** A layout with the version it was read at: saving over a newer version is a conflict, nothing is lost silently. */
export const savedLayout = z.object({ version: z.number().int().nonnegative(), layout });
export type SavedLayout = z.infer<typeof savedLayout>;
