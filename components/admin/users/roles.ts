import type { Role } from '@/server/protocol/permissions';

export const roleNames: Readonly<Record<Role, string>> = {
  admin: 'Administrator',
  operator: 'Operator',
  member: 'Colleague',
  viewer: 'Viewer',
};

export const roleMeanings: Readonly<Record<Role, string>> = {
  admin: 'Sees and does everything, and changes these settings.',
  operator: 'Works with calls: at first everything but settings; see Access.',
  member: 'At first sees everyone and sets only their own availability; see Access.',
  viewer: 'At first sees everyone, but not who calls from outside, and changes nothing; see Access.',
};

export const roleOptions = (['supervisor', 'member', 'viewer', 'admin'] as const).map((value) => ({
  value,
  label: roleNames[value],
}));
