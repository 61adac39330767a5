import type { z } from 'zod';

/** What is wrong with a value, where its schema has no words of its own. Given to `safeParse` as `error`. */
export function problemInWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'too_small') {
    const size = Number(issue.minimum);
    if (issue.origin === 'string') return size === 1 ? 'fill this in' : `use at least ${size} characters`;
    return `use a number from ${size}`;
  }
  if (issue.code === 'too_big') {
    const size = Number(issue.maximum);
    return issue.origin === 'string' ? `use at most ${size} characters` : `use a number up to ${size}`;
  }
  if (issue.code === 'invalid_type') return issue.expected === 'number' ? 'enter a number' : 'fill this in';
  return undefined;
}

/** As a sentence stands beside a field. */
export function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}

/** The first problem of every field, by the field's name. */
export function problemsByField(error: z.ZodError): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const issue of error.issues) {
    const name = issue.path.map(String).join('.');
    problems[name] ??= sentence(issue.message);
  }
  return problems;
}
