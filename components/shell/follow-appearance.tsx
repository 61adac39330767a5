'use client';

import { useEffect } from 'react';
import { useConnection, useMirror } from '../live/hooks';
import { refreshAppearance } from './appearance';

/** Keeps name, logo, colours and locale as the administrator has them, also after a time without a connection. */
export function FollowAppearance() {
  const { topics } = useMirror();
  const live = useConnection() === 'live';
  useEffect(() => {
    if (live) void refreshAppearance();
    return topics.subscribe('appearance', () => void refreshAppearance());
  }, [topics, live]);
  return null;
}
