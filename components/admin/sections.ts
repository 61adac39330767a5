'use client';

import {
  History,
  type LucideIcon,
  PhoneCall,
  ScrollText,
  Server,
  ShieldCheck,
  UserRoundCheck,
  UsersRound,
} from 'lucide-react';
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
  calls: {
    icon: PhoneCall,
    about: 'Which numbers may be called, the switch that stops all calls to the outside, and the names of recordings.',
    Content: lazy(() => import('./calls/calls-section')),
  },
  availability: {
    icon: UserRoundCheck,
    about: 'Do-not-disturb, forwarding and presence: where they are kept, and what people may set.',
    Content: lazy(() => import('./availability/availability-section')),
  },
  users: {
    icon: UsersRound,
    about: 'Who may sign in, and what they may do.',
    Content: lazy(() => import('./users/users-section')),
  },
  access: {
    icon: ShieldCheck,
    about: 'What each role may do, for everybody or for groups of people and queues.',
    Content: lazy(() => import('./access/access-section')),
  },
  history: {
    icon: History,
    about: 'Every change of do not disturb, presence and forwarding, wherever it was made.',
    Content: lazy(() => import('./history/history-section')),
  },
  audit: {
    icon: ScrollText,
    about: 'Who did what, and when.',
    Content: lazy(() => import('./audit/audit-section')),
  },
};
