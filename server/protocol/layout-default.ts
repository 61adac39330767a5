import type { Layout } from './layout';

/** What a user sees before arranging anything. Free of zod, so that the browser's mirror is too. */
export const defaultLayout: Layout = {
  density: 'comfortable',
  grouping: 'group',
  favourites: [],
  hidden: [],
  order: [],
  collapsed: [],
  departments: [],
  sections: [],
  hiddenSections: [],
  theme: 'system',
  locale: null,
  recentMessages: [],
  console: {
    transfer: 'blind',
    focusOnCall: true,
    keys: {},
    notify: { desktop: false, sound: true, volume: 60, waitingSeconds: 60, parkedSeconds: 15 },
  },
};
