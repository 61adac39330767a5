import type { Permission } from '../protocol/permissions';

/** FOP2's permissions and what they are here. docs/fop2-import.md is this table for people. */

type Grantable = Exclude<Permission, 'admin'>;

/** Without any permission everybody there sets their own presence, and sees who calls. */
export const everybody: readonly Grantable[] = ['dndself', 'presenceself', 'callernumbers'];

/** A sentence: there is nothing like it. */
export const meaning: Readonly<Record<string, readonly Grantable[] | string>> = {
  dial: ['dial'],
  hangup: ['hangup'],
  hangupself: ['hangupself'],
  meetme: ['conference'],
  pickup: ['pickup'],
  record: ['record'],
  recordself: ['recordself'],
  spy: ['spy'],
  // To FOP2 a lot is a button one transfers to.
  transfer: ['transfer', 'park'],
  transferexternal: ['transferexternal'],
  queuemanager: ['queuemanager'],
  queueagent: ['queueagent'],
  phonebook: ['phonebook'],
  callhistory: ['callhistory'],
  voicemailadmin: ['voicemailadmin'],
  broadcast: ['broadcast'],
  presencemanager: ['presence', 'dnd'],
  callforwardmanager: ['forwardself'],
  callforwardadmin: ['forward'],
  chat: 'The panel has no chat.',
  chatadmin: 'The panel has no chat.',
  sms: 'The panel sends no text messages.',
  smsmanager: 'The panel sends no text messages.',
  preferences: 'Everybody arranges their own panel.',
  followmemanager: 'The panel does not change find-me lists.',
};
