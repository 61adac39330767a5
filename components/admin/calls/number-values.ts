import type { NumberRules } from '@/server/protocol/number-rules';
import { asRow, type PatternRow } from '../availability/availability-values';

/** What the form holds; its paths are those of the rules. */
export interface NumberValues extends Omit<NumberRules, 'patterns' | 'externalPerMinute'> {
  readonly patterns: readonly PatternRow[];
  /** Empty: no limit. */
  readonly externalPerMinute: string;
}

export function numberValues({ patterns, externalPerMinute, ...rules }: NumberRules): NumberValues {
  return { ...rules, patterns: patterns.map(asRow), externalPerMinute: externalPerMinute?.toString() ?? '' };
}

/** What is sent, not checked yet. */
export function rulesOf({ patterns, externalPerMinute, ...rules }: NumberValues): NumberRules {
  const limit = externalPerMinute.trim();
  return {
    ...rules,
    patterns: patterns.map(({ id: _, ...pattern }) => pattern),
    externalPerMinute: limit === '' ? null : Number(limit),
  };
}
