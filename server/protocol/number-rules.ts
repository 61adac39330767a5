import { z } from 'zod';

/**
 * Toll-fraud guard: which numbers a call may be forwarded, dialled or transferred to. The classes are told by patterns of
 * the administrator, in Asterisk's notation; the first that fits decides.
 */
export const numberClass = z.enum(['internal', 'local', 'national', 'international', 'premium', 'emergency', 'other']);
export type NumberClass = z.infer<typeof numberClass>;

/** Asterisk's pattern (`_0ZXXXXXX.`: X 0–9, Z 1–9, N 2–9, [15-7], . one or more, ! none or more) or a plain number. */
export const numberPattern = z
  .string()
  .trim()
  .regex(/^(?:_(?:[0-9XZNxzn*#+A-D]|\[[0-9*#+-]{1,20}\])*[.!]?|[0-9*#+]{1,40})$/, 'is no dial pattern, e.g. _00.')
  .max(60);

export const numberRules = z.strictObject({
  patterns: z.array(z.strictObject({ pattern: numberPattern, class: numberClass })).max(200),
  /** Classes that calls may be forwarded to; emergency numbers never. */
  forwardTo: z.array(numberClass).max(10),
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
};

/** The class of a number; `isInternal` knows the extensions, queues and rooms of the PBX. */
export function classOf(number: string, rules: NumberRules, isInternal: (number: string) => boolean): NumberClass {
  const listed = rules.patterns.find(({ pattern }) => fits(pattern, number));
  if (listed?.class === 'emergency') return 'emergency';
  if (isInternal(number)) return 'internal';
  return listed?.class ?? 'other';
}

export type ForwardVerdict =
  | { readonly ok: true; readonly class: NumberClass }
  | { readonly ok: false; readonly class: NumberClass; readonly message: string };

/** Whether calls may be forwarded to this number; if not, why, in words. */
export function mayForward(
  number: string,
  rules: NumberRules,
  isInternal: (number: string) => boolean,
): ForwardVerdict {
  const found = classOf(number, rules, isInternal);
  if (found === 'emergency') {
    return { ok: false, class: found, message: `${number} is an emergency number; calls are never forwarded to one.` };
  }
  if (rules.forwardTo.includes(found)) return { ok: true, class: found };
  const what =
    found === 'other'
      ? 'not known here'
      : `${found === 'international' || found === 'internal' ? 'an' : 'a'} ${found} number`;
  return {
    ok: false,
    class: found,
    message: `${number} is ${what}; the administrator does not allow forwarding to those.`,
  };
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

const sets: Readonly<Record<string, string>> = { X: '[0-9]', Z: '[1-9]', N: '[2-9]', '.': '.+', '!': '.*' };

function compile(pattern: string): RegExp {
  if (!pattern.startsWith('_')) return new RegExp(`^${literal(pattern)}$`);
  const parts = pattern.slice(1).match(/\[[^\]]*\]|./g) ?? [];
  const body = parts.map((part) => sets[part.toUpperCase()] ?? (part.startsWith('[') ? charset(part) : literal(part)));
  return new RegExp(`^${body.join('')}$`);
}

/** `[15-7]`: a dash between two digits is a range, elsewhere itself. */
function charset(part: string): string {
  return `[${part.slice(1, -1).replace(/[*+#]/g, '\\$&').replace(/^-|-$/g, '\\-')}]`;
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\#-]/g, '\\$&');
}
