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
const departmentNames = z.array(z.string().max(120)).max(2_000);

/** The parts of the column of queues and lines. */
export const panelSection = z.enum(['queues', 'parking', 'conferences', 'trunks']);
export type PanelSection = z.infer<typeof panelSection>;
const panelSections = z.array(panelSection).max(panelSection.options.length);

/** What a role's default may set: how the screen is arranged. */
const arrangement = {
  density,
  /** `group`: by department; `none`: one grid. */
  grouping: z.enum(['group', 'none']),
  favourites: numbers,
  hidden: numbers,
  /** Numbers in the order in which they stand; extensions it does not name follow by number. */
  order: numbers,
  /** Ids of the groups that are folded away. */
  collapsed: departmentNames,
  /** Departments in the order in which they stand; those it does not name follow by name. */
  departments: departmentNames,
  /** Sections in the order in which they stand; those it does not name follow in the panel's own order. */
  sections: panelSections,
  hiddenSections: panelSections,
};

/** A role's default layout; what is left out is as the panel's own default. */
export const roleLayout = z.strictObject(arrangement).partial();
export type RoleLayout = z.infer<typeof roleLayout>;

/** The default layouts by the id of the role; a role that is not named has the panel's own. */
export const layoutDefaults = z.strictObject({ roles: z.record(z.string().max(60), roleLayout) });
export type LayoutDefaults = z.infer<typeof layoutDefaults>;

/** Whose panel looks how. `own`: what this user arranged otherwise than the role's default. */
export const layoutUser = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  role: z.string(),
  own: z.array(z.enum(Object.keys(arrangement) as [keyof typeof arrangement])),
});
export type LayoutUser = z.infer<typeof layoutUser>;

/** PUT /api/v1/admin/layouts, with the version that was edited. */
export const savedLayoutDefaults = z.strictObject({
  version: z.number().int().nonnegative(),
  settings: layoutDefaults,
});
export type SavedLayoutDefaults = z.infer<typeof savedLayoutDefaults>;

/** GET /api/v1/admin/layouts */
export const layoutsAnswer = savedLayoutDefaults.extend({ users: z.array(layoutUser) });
export type LayoutsAnswer = z.infer<typeof layoutsAnswer>;

/** Layouts saved before there was a field have its default. */
export const layout = z.strictObject({
  ...arrangement,
  departments: arrangement.departments.default([]),
  sections: arrangement.sections.default([]),
  hiddenSections: arrangement.hiddenSections.default([]),
  theme: z.enum(['system', 'light', 'dark']),
  /** How dates, times and numbers are written: a BCP 47 tag; null: as the administrator says. */
  locale: z.string().max(35).nullable().default(null),
  /** Presence messages of late, newest first. */
  recentMessages: z.array(z.string().max(160)).max(10).default([]),
  console: consolePreferences.prefault({}),
});
export type Layout = z.infer<typeof layout>;

export { defaultLayout };

/** A layout with the version it was read at: saving over a newer version is a conflict, nothing is lost silently. */
export const savedLayout = z.object({ version: z.number().int().nonnegative(), layout });
export type SavedLayout = z.infer<typeof savedLayout>;
