'use client';

import clsx from 'clsx';
import { lazy, Suspense, useEffect } from 'react';
import { FocusKeeper } from '../actions/focus-keeper';
import { Shortcuts } from '../actions/shortcuts';
import { Calls } from '../calls/calls';
import { DragCalls } from '../drag/drag-calls';
import { Peek } from '../extensions/peek';
import { People } from '../extensions/people';
import { useLayout, useLoaded, useMirror, useStaleness } from '../live/hooks';
import { Notifications } from '../notify/notifications';
import { ErrorBoundary } from '../ui/error-boundary';
import { setOwnLocale } from '../ui/region';
import { useStore } from '../ui/store';
import { Announcer } from './announcer';
import { Banners } from './banners';
import { ColumnSkeleton } from './column-skeleton';
import { FollowAppearance } from './follow-appearance';
import { SideSections } from './side-sections';
import { TabBar } from './tab-bar';
import { applyTheme, followSystem } from './theme';
import { TopBar } from './top-bar';
import { view } from './view';

const CommandPalette = lazy(() => import('./command-palette'));
const Sheet = lazy(() => import('../availability/sheet'));
const EarlierDialog = lazy(() => import('../calls/earlier-dialog'));
const HistoryDialog = lazy(() => import('../history/history-dialog'));
const ArrangeDialog = lazy(() => import('../arrange/arrange-dialog'));
const KeyboardMap = lazy(() => import('./keyboard-map'));

/** The whole screen: calls at the left, people in the middle, queues and the rest at the right. */
export function Panel() {
  const tab = useStore(view, (v) => v.tab);
  const dialog = useStore(view, (v) => v.dialog);
  const sheet = useStore(view, (v) => v.sheet);
  const history = useStore(view, (v) => v.history);
  const earlier = useStore(view, (v) => v.earlier);
  const loaded = useLoaded();
  const stale = useStaleness() !== null;
  useThemeOfLayout();
  useLocaleOfLayout();
  const column = clsx('min-h-0 overflow-y-auto', stale && 'stale-content');
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <TopBar />
      <Banners />
      <main className="panel-columns min-h-0 flex-1" data-tab={tab}>
        <section aria-label="Calls" className={clsx('panel-calls', column)}>
          <ErrorBoundary what="The calls">{loaded ? <Calls /> : <ColumnSkeleton />}</ErrorBoundary>
        </section>
        <div className="panel-people flex min-h-0 min-w-0 flex-col">
          <ErrorBoundary what="The people">
            <People />
          </ErrorBoundary>
        </div>
        <section aria-label="Queues, parking, conferences and trunks" className={clsx('panel-side px-2 pb-3', column)}>
          <h2 className="sr-only">Queues, parking, conferences and trunks</h2>
          {loaded ? (
            <ErrorBoundary what="Queues and lines">
              <SideSections />
            </ErrorBoundary>
          ) : (
            <ColumnSkeleton />
          )}
        </section>
        <Peek />
      </main>
      <TabBar />
      <Announcer />
      <FollowAppearance />
      {loaded ? <Notifications /> : null}
      <Shortcuts />
      <FocusKeeper />
      <DragCalls />
      <Suspense>
        {dialog === 'palette' ? <CommandPalette /> : null}
        {dialog === 'keys' ? <KeyboardMap /> : null}
        {dialog === 'arrange' ? <ArrangeDialog /> : null}
        {sheet ? <Sheet sheet={sheet} key={sheet.numbers.join()} /> : null}
        {earlier ? (
          <EarlierDialog key={earlier.number} {...earlier} onClose={() => view.set({ earlier: null })} />
        ) : null}
        {history === null ? null : <HistoryDialog number={history} onClose={() => view.set({ history: null })} />}
      </Suspense>
    </div>
  );
}

/** The theme goes with the user from browser to browser. */
function useThemeOfLayout(): void {
  const { theme } = useLayout();
  const known = useMirror().layouts.known;
  useEffect(() => {
    if (!known) return;
    applyTheme(theme);
    return followSystem(theme);
  }, [theme, known]);
}

/** As the theme does. */
function useLocaleOfLayout(): void {
  const { locale } = useLayout();
  const known = useMirror().layouts.known;
  useEffect(() => {
    if (known) setOwnLocale(locale);
  }, [locale, known]);
}
