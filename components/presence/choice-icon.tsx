import {
  BellOff,
  Car,
  Circle,
  CircleCheck,
  Clock,
  Coffee,
  House,
  type LucideIcon,
  Moon,
  Phone,
  Plane,
  UsersRound,
  Utensils,
} from 'lucide-react';
import { memo } from 'react';
import type { z } from 'zod';
import type { presenceIcon } from '@/server/protocol/records';

export type PresenceIcon = z.infer<typeof presenceIcon>;

const icons: Readonly<Record<PresenceIcon, LucideIcon>> = {
  check: CircleCheck,
  clock: Clock,
  utensils: Utensils,
  coffee: Coffee,
  users: UsersRound,
  home: House,
  car: Car,
  plane: Plane,
  moon: Moon,
  phone: Phone,
  'bell-off': BellOff,
  circle: Circle,
};

/** The icon of a presence state. It says nothing to a screen reader: the state's name stands beside it or in a label. */
export const ChoiceIcon = memo(function ChoiceIcon({
  icon,
  className,
}: {
  readonly icon: PresenceIcon;
  readonly className?: string;
}) {
  const Icon = icons[icon];
  return <Icon aria-hidden className={className ?? 'size-4'} />;
});
