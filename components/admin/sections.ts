'use client';

import { type LucideIcon, ScrollText, Server, UsersRound } from 'lucide-react';
import { type ComponentType, lazy } from 'react';
import type { SectionId } from './section-ids';

interface Section {
  readonly icon: LucideIcon;
  readonly about: string;
  readonly Content: ComponentType;
}

/** A new section: its id and title in section-ids.ts, and a row here. Each is loaded when it is opened. */
export const sections: Readonly<Record<SectionId, Section>> = {
  pbx: {
    icon: Server,
    about: 'The Asterisk this panel shows. A change connects at once, nothing is restarted.',
    Content: lazy(() => import('./pbx/pbx-section')),
  },
  users: {
    icon: UsersRound,
    about: 'Who may sign in, and what they may do.',
    Content: lazy(() => import('./users/users-section')),
  },
  audit: {
    icon: ScrollText,
    about: 'Who did what, and when.',
    Content: lazy(() => import('./audit/audit-section')),
  },
};
