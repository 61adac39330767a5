import type { AmiMessage } from '../ami/types';
import type { PbxEvent } from '../pbx/events';
import { flag, integer, text } from './values';

/** `101` → `101@default`, so that events and lists name a mailbox alike. */
export function mailboxName(box: string, context = ''): string {
  if (box === '' || box.includes('@')) return box;
  return `${box}@${context || 'default'}`;
}

/** MessageWaiting (main/manager_mwi.c). A dialect without counts says only that there is something. */
export function voicemailEvents(message: AmiMessage, at: number): PbxEvent[] {
  const mailbox = mailboxName(text(message, 'Mailbox'));
  if (mailbox === '') return [];
  const waiting = message.get('New') === undefined && flag(message, 'Waiting') ? 1 : 0;
  return [{ type: 'mwi', at, mailbox, new: integer(message, 'New', { or: waiting }), old: integer(message, 'Old') }];
}
