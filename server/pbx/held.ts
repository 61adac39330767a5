import { type PresenceState, presenceState } from '../protocol/records';

/** Canonical text of the slot `presence/presence` (server/features/backend.ts): what feed reads and features writes. */

export interface HeldPresence {
  readonly state: PresenceState;
  readonly subtype: string;
  readonly message: string;
}

export function encodePresence({ state, subtype, message }: HeldPresence): string {
  return JSON.stringify([state, subtype, message]);
}

/** A text that is none reads as nothing set. */
export function decodePresence(held: string): HeldPresence {
  try {
    const [state, subtype, message] = JSON.parse(held) as unknown[];
    const known = presenceState.safeParse(state);
    if (known.success) return { state: known.data, subtype: String(subtype ?? ''), message: String(message ?? '') };
  } catch {
    // Falls through to nothing.
  }
  return { state: 'not_set', subtype: '', message: '' };
}
