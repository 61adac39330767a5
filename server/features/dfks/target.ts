import { extensionNumber } from '../../protocol/extension-number';

/**
 * What a phone's `forwardTo` means: the number to dial on this PBX; `unreadable`: neither number nor URI; `elsewhere`: a URI
 * of another SIP domain, which the dialplan cannot dial.
 */
export type Target =
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'elsewhere'; readonly host: string };

const unreadable: Target = { kind: 'unreadable' };
/** `sip:user@host;parameters`; a password, parameters of the user and headers make it unreadable. */
const sipUri = /^sips?:([^@:;?]+)@(\[[0-9a-f:.]+\]|[^@:;?[\]]+)(?::\d{1,5})?(?:;[^?]*)?$/i;

/**
 * Reads `102`, `tel:102` and `sip:102@host`. Only what `extensionNumber` allows comes out: it ends in AstDB and in a Dial() of
 * the dialplan. `isOurs` knows the hosts whose users are numbers of this PBX (lower case, without a port).
 */
export function readTarget(text: string, isOurs: (host: string) => boolean): Target {
  const trimmed = text.trim();
  if (!trimmed.includes(':')) return numberOf(trimmed);
  if (/^tel:/i.test(trimmed)) return numberOf(trimmed.slice(4));
  const [, user, host] = sipUri.exec(trimmed) ?? [];
  if (user === undefined || host === undefined) return unreadable;
  const number = numberOf(unescaped(user));
  if (number.kind !== 'number') return number;
  return isOurs(host.toLowerCase()) ? number : { kind: 'elsewhere', host };
}

function numberOf(text: string): Target {
  const number = extensionNumber.safeParse(text);
  return number.success ? { kind: 'number', number: number.data } : unreadable;
}

/** `%2B49` is `+49`; what cannot be unescaped stays, and is no number. */
function unescaped(user: string): string {
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}
