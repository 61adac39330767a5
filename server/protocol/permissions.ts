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

/** The roles there always are. */
export const builtInRole = z.enum(['admin', 'supervisor', 'receptionist', 'member', 'viewer']);
export type BuiltInRole = z.infer<typeof builtInRole>;

/** Id of a role: a built-in one, or one that an administrator made. */
export const role = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'use small letters, digits and dashes');
export type Role = z.infer<typeof role>;

const supervised: readonly Permission[] = ['admin', 'spy', 'broadcast', 'voicemailadmin'];

/**
 * What the built-in roles may do until an administrator changes it. A supervisor does everything but administration, a
 * receptionist does not listen in either, a member sets their own availability, a viewer sees and does nothing.
 */
export const rolePermissions: Readonly<Record<BuiltInRole, readonly Permission[]>> = {
  admin: permission.options,
  supervisor: permission.options.filter((name) => name !== 'admin'),
  receptionist: permission.options.filter((name) => !supervised.includes(name)),
  member: ['dndself', 'forwardself', 'presenceself', 'callernumbers'],
  viewer: [],
};

/** Scopes of an API token. */
export const tokenScope = z.enum(['state:read', 'commands', 'events', 'dfks', 'admin']);
export type TokenScope = z.infer<typeof tokenScope>;
