import { z } from 'zod';

/** What a user may do; the names are FOP2's where it has one. `…self`: for one's own extension only. */
export const permission = z.enum([
  'dial',
  'hangup',
  'hangupself',
  'transfer',
  'transferexternal',
  'pickup',
  'park',
  'spy',
  'record',
  'recordself',
  'conference',
  'queuemanager',
  'queueagent',
  'dnd',
  'dndself',
  'forward',
  'forwardself',
  'presence',
  'presenceself',
  'phonebook',
  'callhistory',
  'voicemailadmin',
  'broadcast',
  /** Sees the numbers of callers outside; without it they are masked on the server. FOP2 has it as a button's privacy. */
  'callernumbers',
  'admin',
]);
export type Permission = z.infer<typeof permission>;

/** Those that hold for one's own extension alone, and what they are a part of. */
export const wholeOf: Readonly<Partial<Record<Permission, Permission>>> = {
  hangupself: 'hangup',
  recordself: 'record',
  queueagent: 'queuemanager',
  dndself: 'dnd',
  forwardself: 'forward',
  presenceself: 'presence',
};

export const role = z.enum(['admin', 'operator', 'member', 'viewer']);
export type Role = z.infer<typeof role>;

/** A viewer sees and does nothing, a member sets their own availability, an operator does everything but settings. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  admin: permission.options,
  operator: permission.options.filter((name) => name !== 'admin'),
  member: ['dndself', 'forwardself', 'presenceself', 'callernumbers'],
  viewer: [],
};

/** Scopes of an API token. */
export const tokenScope = z.enum(['state:read', 'commands', 'events', 'dfks', 'admin']);
export type TokenScope = z.infer<typeof tokenScope>;
