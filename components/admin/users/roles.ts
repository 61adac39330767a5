import type { Role } from '@/server/protocol/permissions';

export const roleNames: Readonly<Record<Role, string>> = {
  admin: 'Administrator',
  operator: 'Operator',
  member: 'Colleague',
  viewer: 'Viewer',
};

export const roleMeanings: Readonly<Record<Role, string>> = {
  admin: 'Sees and does everything, and changes these settings.',
  operator: 'Sees and does everything but settings.',
  member: 'Sees everyone, sets only their own availability.',
  viewer: 'Sees everything, changes nothing.',
};

export const roleOptions = (['operator', 'member', 'viewer', 'admin'] as const).map((value) => ({
  value,
  label: roleNames[value],
}));
