import { AppearanceKeeper } from './appearance';
import type { Auth } from './auth/auth';
import { BoardKeeper } from './boards';
import { LayoutKeeper } from './layouts';
import type { Gateway } from './live/gateway';
import { limitOf } from './protocol/groups';
import type { Store } from './store/store';

export interface ViewParts {
  readonly store: Store;
  readonly auth: Auth;
  readonly gateway: () => Gateway | null;
  readonly now: () => number;
  readonly log: ConstructorParameters<typeof BoardKeeper>[0]['log'] &
    ConstructorParameters<typeof LayoutKeeper>[0]['log'];
}

/** How the panel looks: layouts, wallboards, and the panel's own name and colours. */
export async function composeViews({ store, auth, gateway, now, log }: ViewParts) {
  const layouts = new LayoutKeeper({
    store,
    openUsers: () => gateway()?.openUsers() ?? [],
    show: (userId, saved) => gateway()?.layoutSaved(userId, saved),
    log,
  });
  await layouts.load();
  auth.events.userChanged.on((id) => layouts.userChanged(id));
  const appearance = new AppearanceKeeper({
    settings: store.settings,
    changed: () => gateway()?.appearanceChanged(),
    log,
  });
  await appearance.load();
  const boards = new BoardKeeper({
    store,
    limitOf: (names) => limitOf(auth.access.get().settings.groups.filter(({ name }) => names.includes(name))),
    ended: (sessionId, reason) => auth.events.ended.emit({ sessionId, userId: '', reason }),
    screens: (session) => gateway()?.addressesOf(session) ?? [],
    now,
    log,
  });
  await boards.load();
  boards.start();
  auth.events.accessChanged.on(() => boards.groupsChanged());
  return { layouts, appearance, boards };
}
