import type { PresenceState } from '@/server/protocol/records';
import type { PresenceColour } from '../../presence/choice-colour';
import type { PresenceIcon } from '../../presence/choice-icon';

export const colourWords: Readonly<Record<PresenceColour, string>> = {
  green: 'Green',
  yellow: 'Yellow',
  orange: 'Orange',
  red: 'Red',
  purple: 'Purple',
  blue: 'Blue',
  teal: 'Teal',
  grey: 'Grey',
};

export const iconWords: Readonly<Record<PresenceIcon, string>> = {
  check: 'Tick',
  clock: 'Clock',
  utensils: 'Cutlery',
  coffee: 'Cup',
  users: 'People',
  home: 'House',
  car: 'Car',
  plane: 'Plane',
  moon: 'Moon',
  phone: 'Telephone',
  'bell-off': 'Silent bell',
  circle: 'Circle',
};

/** What phones understand; the words of their screens. */
export const phoneWords: Readonly<Record<PresenceState, string>> = {
  available: 'Available',
  chat: 'Chat',
  away: 'Away',
  xa: 'Extended away',
  dnd: 'Do not disturb',
  unavailable: 'Unavailable',
  not_set: 'Not set',
};
