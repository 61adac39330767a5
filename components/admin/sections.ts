'use client';

import {
  Activity,
  Blocks,
  DatabaseBackup,
  History,
  Import,
  KeyRound,
  LayoutGrid,
  LayoutTemplate,
  type LucideIcon,
  MonitorPlay,
  Palette,
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
  buttons: {
    icon: LayoutGrid,
    about:
      'Every extension, queue, room and line of the PBX: what it is called, where it stands, and what belongs to it.',
    Content: lazy(() => import('./buttons/buttons-section')),
  },
  layouts: {
    icon: LayoutTemplate,
    about: 'How the panel looks to each role until its people arrange it themselves.',
    Content: lazy(() => import('./layouts/layouts-section')),
  },
  boards: {
    icon: MonitorPlay,
    about: 'Read-only views for a screen on the wall, each with a link of its own.',
    Content: lazy(() => import('./boards/boards-section')),
  },
  users: {
    icon: UsersRound,
    about: 'Who may sign in, and what they may do.',
    Content: lazy(() => import('./users/users-section')),
  },
  access: {
    icon: ShieldCheck,
    about: 'What each role may do and see, for everybody or for groups of people and queues.',
    Content: lazy(() => import('./access/access-section')),
  },
  'sign-in': {
    icon: KeyRound,
    about: 'How people sign in: passwords, a second factor, single sign-on, a directory.',
    Content: lazy(() => import('./sign-in/sign-in-section')),
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
  integrations: {
    icon: Blocks,
    about: 'API tokens for programs, and what the panel tells them.',
    Content: lazy(() => import('./integrations/integrations-section')),
  },
  appearance: {
    icon: Palette,
    about: 'The name, logo and colours of this panel, and how it writes dates and times.',
    Content: lazy(() => import('./appearance/appearance-section')),
  },
  import: {
    icon: Import,
    about: 'Users, permissions, groups and labels from the files of Flash Operator Panel 2.',
    Content: lazy(() => import('./import/import-section')),
  },
  health: {
    icon: Activity,
    about: 'How the panel and its link to the PBX do, who is connected, and a bundle for support.',
    Content: lazy(() => import('./health/health-section')),
  },
  data: {
    icon: DatabaseBackup,
    about: 'Backups and how to restore one, and how long calls, changes and recordings are kept.',
    Content: lazy(() => import('./data/data-section')),
  },
  history: {
    icon: History,
    about: 'Every change of do-not-disturb, presence and forwarding, wherever it was made.',
    Content: lazy(() => import('./history/history-section')),
  },
  audit: { icon: ScrollText, about: 'Who did what, and when.', Content: lazy(() => import('./audit/audit-section')) },
};
