'use client';

import { useCallback, useMemo } from 'react';
import { useConnection, useLayout, useMe, useMirror, useStaleness } from '../live/hooks';
import type { Mirror } from '../live/mirror';
import { stalenessOf } from '../live/staleness';
import type { ActionContext } from './action';

/** The context as it is now, for a component that shows whether an action can be done. */
export function useActionContext(): ActionContext {
  const mirror = useMirror();
  const me = useMe();
  const layout = useLayout();
  const connection = useConnection();
  const stale = useStaleness();
  const away = stale?.reason ?? (connection === 'live' ? null : 'Not connected yet.');
  return useMemo(() => ({ mirror, me, layout, away }), [mirror, me, layout, away]);
}

/** The context at the moment of a press, for a component that should not render when it changes. */
export function useContextGetter(): () => ActionContext {
  const mirror = useMirror();
  return useCallback(() => contextOf(mirror), [mirror]);
}

export function contextOf(mirror: Mirror): ActionContext {
  const away = stalenessOf(mirror)?.reason ?? (mirror.connection === 'live' ? null : 'Not connected yet.');
  return { mirror, me: mirror.me, layout: mirror.layouts.layout, away };
}
