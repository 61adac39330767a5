import type { ClassifyResult } from '@/server/protocol/availability';
import { type NumberClass, numberClass } from '@/server/protocol/number-rules';

export const classWords: Readonly<Record<NumberClass, string>> = {
  internal: 'Internal',
  local: 'Local',
  national: 'National',
  international: 'International',
  premium: 'Premium',
  emergency: 'Emergency',
  other: 'Anything else',
};

export const classHints: Readonly<Partial<Record<NumberClass, string>>> = {
  internal: 'Extensions, queues, conference rooms and parking lots of this PBX',
  other: 'Numbers that no pattern fits',
};

/** Emergency numbers are no choice. */
export const forwardClasses: readonly NumberClass[] = numberClass.options.filter((name) => name !== 'emergency');

/** `0044123 → international: not allowed` */
export function verdictWords(number: string, { class: found, forwardAllowed }: ClassifyResult): string {
  return `${number} → ${classWords[found].toLowerCase()}: ${forwardAllowed ? 'allowed' : 'not allowed'}`;
}
