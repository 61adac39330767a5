import { z } from 'zod';

/**
 * Toll-fraud guard: which numbers a call may be forwarded, dialled or transferred to. The classes are told by patterns of
 * the administrator, in Asterisk's notation; the first that fits decides, but for emergency numbers: those win
 * wherever they stand.
 */
export const numberClass = z.enum(['internal', 'local', 'national', 'international', 'premium', 'emergency', 'other']);
export type NumberClass = z.infer<typeof numberClass>;

/** Asterisk's pattern (`_0ZXXXXXX.`: X 0–9, Z 1–9, N 2–9, [15-7], . one or more, ! none or more) or a plain number. */
export const numberPattern = z
  .string()
  .trim()
  .max(60)
  .regex(
    /^(?:_(?!$)(?:[0-9XZNxzn*#+A-D]|\[[0-9*#+-]{1,20}\])*[.!]?|[0-9*#+]{1,40})$/,
    'enter a number such as 112, or a pattern such as _00. or _0900X.',
  )
  .refine(
    (text) => !rangesOf(text).some(isReversed),
    'a range in brackets runs from the lower digit to the higher: [2-9]',
  );

export const numberRules = z.strictObject({
  patterns: z.array(z.strictObject({ pattern: numberPattern, class: numberClass })).max(200),
  /** Classes that calls may be forwarded to; emergency numbers never. */
  forwardTo: z.array(numberClass).max(10),
  /** Classes that may be dialled, transferred to and invited into conferences; emergency numbers always. */
  dialTo: z.array(numberClass).max(10).default(['internal']),
  /** How many calls to the outside one user may begin, transfer, forward or invite in a minute; null: no limit. */
  externalPerMinute: z.number().int().min(1).max(600).nullable().default(10),
});
export type NumberRules = z.infer<typeof numberRules>;

/** Nothing leaves the house until the administrator says so. */
export const defaultNumberRules: NumberRules = {
  patterns: [
    { pattern: '112', class: 'emergency' },
    { pattern: '911', class: 'emergency' },
    { pattern: '_00.', class: 'international' },
    { pattern: '_011.', class: 'international' },
    { pattern: '_+.', class: 'international' },
  ],
  forwardTo: ['internal'],
  dialTo: ['internal'],
  externalPerMinute: 10,
};

/** The class of a number; `isInternal` knows the extensions, queues and rooms of the PBX. */
export function classOf(number: string, rules: NumberRules, isInternal: (number: string) => boolean): NumberClass {
  // Asterisk ignores dashes when it looks for where a number leads: 0-0441 is 00441.
  const dialled = number.replaceAll('-', '');
  const listed = rules.patterns.filter(({ pattern }) => fits(pattern, dialled));
  // A pattern that stands earlier by mistake must not open the way to them.
  if (listed.some((rule) => rule.class === 'emergency')) return 'emergency';
  if (isInternal(number)) return 'internal';
  return listed[0]?.class ?? 'other';
}

export type NumberVerdict =
  | { readonly ok: true; readonly class: NumberClass }
  | { readonly ok: false; readonly class: NumberClass; readonly message: string };

/** Whether calls may be forwarded to this number; if not, why, in words. */
export function mayForward(number: string, rules: NumberRules, isInternal: (number: string) => boolean): NumberVerdict {
  const found = classOf(number, rules, isInternal);
  if (found === 'emergency') {
    return { ok: false, class: found, message: `${number} is an emergency number; calls are never forwarded to one.` };
  }
  return verdict(number, found, rules.forwardTo, 'forwarding to');
}

/** Whether this number may be dialled, transferred to or invited; if not, why, in words. Emergency numbers always may. */
export function mayDial(number: string, rules: NumberRules, isInternal: (number: string) => boolean): NumberVerdict {
  const found = classOf(number, rules, isInternal);
  if (found === 'emergency') return { ok: true, class: found };
  return verdict(number, found, rules.dialTo, 'calls to');
}

function verdict(number: string, found: NumberClass, allowed: readonly NumberClass[], what: string): NumberVerdict {
  if (allowed.includes(found)) return { ok: true, class: found };
  const article = found === 'international' || found === 'internal' ? 'an' : 'a';
  const kind = found === 'other' ? 'not known here' : `${article} ${found} number`;
  const message = `${number} is ${kind}; the administrator does not allow ${what} those.`;
  return { ok: false, class: found, message };
}

function fits(pattern: string, number: string): boolean {
  return expression(pattern).test(number);
}

const compiled = new Map<string, RegExp>();

function expression(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known) return known;
  const made = compile(pattern);
  if (compiled.size > 2_000) compiled.clear();
  compiled.set(pattern, made);
  return made;
}

const sets: Readonly<Record<string, string>> = { X: '[0-9]', Z: '[1-9]', N: '[2-9]', '.': '[^]+', '!': '[^]*' };

function compile(pattern: string): RegExp {
  if (!pattern.startsWith('_')) return new RegExp(`^${literal(pattern)}$`);
  const parts = pattern.slice(1).match(/\[[^\]]*\]|./g) ?? [];
  const body = parts.map((part) => sets[part.toUpperCase()] ?? (part.startsWith('[') ? charset(part) : literal(part)));
  return new RegExp(`^${body.join('')}$`);
}

/** `[15-7]`: a dash between two digits is a range, elsewhere itself. */
function charset(part: string): string {
  const inside = part.slice(1, -1);
  const ranges = rangesOf(inside).filter((range) => !isReversed(range));
  const single = inside.replace(rangeOfDigits, '').replace(/[*+#-]/g, '\\$&');
  return `[${ranges.join('')}${single}]`;
}

const rangeOfDigits = /[0-9]-[0-9]/g;

function rangesOf(text: string): string[] {
  return text.match(rangeOfDigits) ?? [];
}

function isReversed(range: string): boolean {
  return Number(range[0]) > Number(range[2]);
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\#-]/g, '\\$&');
}
