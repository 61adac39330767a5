import type { AmiMessage } from '../ami/types';

/** Words Asterisk prints where it knows nothing (`S_OR(x, "<unknown>")` and its relatives). */
const NOTHING = new Set(['<unknown>', '<no name>', '(null)', '<none>']);

/** A header's text, trimmed; '' when it is absent or one of Asterisk's words for "nothing". Called for most headers. */
export function text(message: AmiMessage, header: string, ...others: readonly string[]): string {
  const value = message.get(header);
  if (value !== undefined) return cleaned(value);
  for (const other of others) {
    const found = message.get(other);
    if (found !== undefined) return cleaned(found);
  }
  return '';
}

function cleaned(value: string): string {
  const clean = value.trim();
  const first = clean.charCodeAt(0);
  // All of Asterisk's words begin with `<` or `(`.
  return (first === 60 || first === 40) && NOTHING.has(clean) ? '' : clean;
}

export interface NumberRange {
  readonly min?: number;
  readonly max?: number;
  readonly or?: number;
}

/** The first header that holds a whole number, clamped; `or` (0) when none does. */
export function integer(message: AmiMessage, headers: string | readonly string[], range: NumberRange = {}): number {
  const { min = 0, max = 2_147_483_647, or = 0 } = range;
  for (const header of typeof headers === 'string' ? [headers] : headers) {
    const value = message.get(header)?.trim();
    if (value === undefined || !/^[+-]?\d{1,20}$/.test(value)) continue;
    return Math.min(max, Math.max(min, Number(value)));
  }
  return or;
}

/** A decimal number, clamped to 0…`max`. */
export function decimal(message: AmiMessage, header: string, max: number): number {
  const value = message.get(header)?.trim() ?? '';
  if (!/^\d{1,12}(?:[.,]\d{1,12})?$/.test(value)) return 0;
  return Math.min(max, Number(value.replace(',', '.')));
}

/** `1`, `Yes`, `on`, `By admin` … are true; `0`, `No`, `off`, `Not monitored` and absence are false. */
export function flag(message: AmiMessage, ...headers: readonly string[]): boolean {
  for (const header of headers) {
    const value = message.get(header);
    if (value === undefined) continue;
    return !['', '0', 'no', 'off', 'false', 'n/a', 'not monitored', '(null)'].includes(value.trim().toLowerCase());
  }
  return false;
}

/** `01:02:03` → 3,723,000 ms; null when it is not a duration. */
export function clockDuration(value: string): number | null {
  const match = /^(\d{1,6}):(\d{1,2}):(\d{1,2})$/.exec(value.trim());
  if (match === null) return null;
  return (Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3])) * 1000;
}

/** `1795253047.123456` (seconds) → epoch ms; null when it is not plausible (before 2001, after 2100). */
export function epochSeconds(value: string | undefined): number | null {
  if (value === undefined || !/^\d{1,12}(?:\.\d{1,9})?$/.test(value.trim())) return null;
  const ms = Number(value) * 1000;
  return ms >= 978_307_200_000 && ms <= 4_102_444_800_000 ? Math.round(ms) : null;
}
