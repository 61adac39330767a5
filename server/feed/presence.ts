import type { AmiMessage } from '../ami/types';
import type { PbxEvent } from '../pbx/events';
import { encodePresence } from '../pbx/held';
import { type PresenceState, presenceState as presenceStates } from '../protocol/records';
import { type Access, inParallel } from './access';
import { text } from './values';

const STATES: ReadonlySet<string> = new Set(presenceStates.options);

const CONCURRENCY = 4;
/** Asterisk decodes base64 into 255 bytes for events; a character that was cut may count for up to three fewer. */
const MAYBE_CUT_BYTES = 252;

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
  return [presenceEvent(number, heldPresence(message), at)];
}

export function presenceEvent(number: string, held: string, at: number): PbxEvent {
  return { type: 'held', at, backend: 'presence', number, slot: 'presence', held };
}

/** Canonical text of a block's Status, Subtype and Message: free texts, so none of Asterisk's words for nothing. */
export function heldPresence(message: AmiMessage): string {
  return encodePresence({
    state: presenceState(text(message, 'Status')),
    subtype: message.get('Subtype') ?? '',
    message: message.get('Message') ?? '',
  });
}

/** The block may show less than is held: a text of 255 bytes, or one that is no UTF-8 (perhaps for being cut). */
export function isMaybeCut(message: AmiMessage): boolean {
  return ['Subtype', 'Message'].some((header) => {
    const value = message.get(header) ?? '';
    return value.includes('\ufffd') || Buffer.byteLength(value) >= MAYBE_CUT_BYTES;
  });
}

/** A name that may become part of a dialplan function: no bracket, comma or quote can end it. */
export function isPresentity(presentity: string): boolean {
  return /^[A-Za-z]\w{0,39}:[\w.@+-]{1,80}$/.test(presentity);
}

/** What a provider holds now, in base64 so that no text can end its line; null when it may not be asked. */
export async function readPresence(access: Access, presentity: string): Promise<string | null> {
  if (!isPresentity(presentity)) return null;
  const values: string[] = [];
  for (const part of ['value', 'subtype,e', 'message,e']) {
    const answer = await access.ask('Getvar', { Variable: `PRESENCE_STATE(${presentity},${part})` });
    if (answer === null) return null;
    values.push(answer.get('Value') ?? '');
  }
  const [state = '', subtype = '', message = ''] = values;
  return encodePresence({ state: presenceState(state), subtype: fromBase64(subtype), message: fromBase64(message) });
}

function fromBase64(value: string): string {
  return Buffer.from(value, 'base64').toString('utf8');
}

/** Items of PresenceStateList as presentity and held text; those that may be cut are asked for again. */
export async function listedPresence(access: Access, items: readonly AmiMessage[]): Promise<Map<string, string>> {
  const rows = new Map<string, string>();
  await inParallel(items, CONCURRENCY, async (item) => {
    const presentity = text(item, 'Presentity');
    const read = isMaybeCut(item) ? await readPresence(access, presentity) : null;
    rows.set(presentity, read ?? heldPresence(item));
  });
  return rows;
}
