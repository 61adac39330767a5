import { type PresenceState, presenceState } from '../protocol/records';

/** Canonical texts of slots (server/features/backend.ts) that feed reads and features writes. */

export interface HeldPresence {
  readonly state: PresenceState;
  readonly subtype: string;
  readonly message: string;
}

/** Bytes of UTF-8; both fit in base64 into one line of AMI (1,024 bytes). */
const mostSubtype = 120;
const mostMessage = 600;
/** Bytes; DBGet cuts a value after 255. */
const mostFop2 = 250;

/** What FOP2 and its scripts know as do-not-disturb, letter for letter. */
export const fop2Dnd = 'Do not Disturb';

/** Slot `presence/presence`: a JSON list of state, subtype and message. */
export function encodePresence({ state, subtype, message }: HeldPresence): string {
  return JSON.stringify([state, plain(subtype, mostSubtype), plain(message, mostMessage)]);
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

/** Slots `fop2/event` and `fop2/state`: one line; every spelling of do-not-disturb is `fop2Dnd`, available is ''. */
export function fop2Text(value: string): string {
  const line = plain(value.replace(/[\p{Cc}\s]+/gu, ' '), mostFop2);
  if (/^(?:dnd|do[ _-]?not[ _-]?disturb)$/i.test(line)) return fop2Dnd;
  return /^available$/i.test(line) ? '' : line;
}

/** Without what Asterisk would cut or lose: NUL, halves of characters, spaces around it, too many bytes. */
function plain(text: string, most: number): string {
  const whole = text
    .replaceAll('\0', '')
    .replace(/[\ud800-\udfff]/gu, '\ufffd')
    .trim();
  let bytes = 0;
  let end = 0;
  for (const character of whole) {
    bytes += bytesOf(character);
    if (bytes > most) return whole.slice(0, end).trimEnd();
    end += character.length;
  }
  return whole;
}

/** Bytes of one character in UTF-8. */
function bytesOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
