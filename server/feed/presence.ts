import type { AmiMessage } from '../ami/types';
import type { PbxEvent } from '../pbx/events';
import { encodePresence } from '../pbx/held';
import type { PresenceState } from '../protocol/records';
import { text } from './values';

const STATES: ReadonlySet<string> = new Set<PresenceState>([
  'not_set',
  'unavailable',
  'available',
  'away',
  'xa',
  'chat',
  'dnd',
]);

export function presenceState(value: string): PresenceState {
  const word = value.trim().toLowerCase().replace(' ', '_');
  return STATES.has(word) ? (word as PresenceState) : 'not_set';
}

/** `CustomPresence:101` → `101`; '' when it names no provider. */
export function presentityNumber(presentity: string): string {
  const colon = presentity.indexOf(':');
  return colon <= 0 ? '' : presentity.slice(colon + 1).trim();
}

/**
 * PresenceStateChange (escaped, from the provider) and PresenceStatus (raw, per hint; only a fallback where the first is
 * not sent). The number of PresenceStateChange is the provider's own name: the directory maps it to its extensions.
 */
export function presenceEvents(message: AmiMessage, at: number): PbxEvent[] {
  const number =
    message.name === 'PresenceStatus' ? text(message, 'Exten') : presentityNumber(text(message, 'Presentity'));
  if (number === '') return [];
  return [{ type: 'held', at, backend: 'presence', number, slot: 'presence', held: heldPresence(message) }];
}

/** Canonical text of a block's Status, Subtype and Message. */
export function heldPresence(message: AmiMessage): string {
  return encodePresence({
    state: presenceState(text(message, 'Status')),
    subtype: text(message, 'Subtype'),
    message: text(message, 'Message'),
  });
}
