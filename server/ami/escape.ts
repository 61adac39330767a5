/**
 * Asterisk's C-escapes. `ast_escape_c_alloc` (main/utils.c) is applied to exactly these values, since 12 and the same in
 * 13–23: `CallerIDName`, `ConnectedLineName` and the value of `ChanVariable` of a channel snapshot, under any prefix
 * (main/manager_channels.c); `Value` of VarSet (main/stasis_channels.c); `Subtype` and `Message` of PresenceStateChange
 * (main/presencestate.c); `CID-CallingPres` of NewCallerid. Everything else is printed raw — also `CallerIDName` where
 * there is no snapshot (QueueEntry, OriginateResponse) and `Subtype`/`Message` of PresenceStatus (main/manager.c).
 */
const PLAIN: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
});

/** Undo `ast_escape_c` once. A backslash before anything it never writes is kept as it stands. */
export function unescapeC(value: string): string {
  let at = value.indexOf('\\');
  if (at < 0) return value;
  let out = '';
  let from = 0;
  while (at >= 0 && at + 1 < value.length) {
    const plain = PLAIN[value.charAt(at + 1)];
    if (plain !== undefined) {
      out += value.slice(from, at) + plain;
      from = at + 2;
      at = value.indexOf('\\', from);
    } else {
      at = value.indexOf('\\', at + 1);
    }
  }
  return out + value.slice(from);
}

/** Which values of a block are escaped; decided once per block from its event name and whether it has a snapshot. */
export type EscapeRule = 'none' | 'snapshot' | 'varSet' | 'newCallerid' | 'presence';

export function escapeRule(event: string, hasSnapshot: boolean): EscapeRule {
  if (event === 'VarSet') return 'varSet';
  if (event === 'NewCallerid') return 'newCallerid';
  if (event === 'PresenceStateChange') return 'presence';
  return hasSnapshot ? 'snapshot' : 'none';
}

/** `header` in lower case. */
export function isEscaped(rule: EscapeRule, header: string): boolean {
  if (rule === 'none') return false;
  if (rule === 'presence') return header === 'subtype' || header === 'message';
  if (rule === 'varSet' && header === 'value') return true;
  if (rule === 'newCallerid' && header === 'cid-callingpres') return true;
  if (header.endsWith('chanvariable') || header.endsWith('calleridname')) return true;
  return header.endsWith('connectedlinename') && !header.startsWith('effective');
}
