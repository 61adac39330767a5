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
  emergency: 'May always be called, whatever else is stopped; calls are never forwarded there',
  other: 'Numbers that no pattern fits',
};

/** Emergency numbers are no choice. */
export const settableClasses: readonly NumberClass[] = numberClass.options.filter((name) => name !== 'emergency');

/** `0044123 → international: calls not allowed, forwarding not allowed` */
export function verdictWords(
  number: string,
  { class: found, forwardAllowed }: ClassifyResult,
  dialTo: readonly NumberClass[],
): string {
  const word = (allowed: boolean) => (allowed ? 'allowed' : 'not allowed');
  const calls = found === 'emergency' || dialTo.includes(found);
  return `${number} → ${classWords[found].toLowerCase()}: calls ${word(calls)}, forwarding ${word(forwardAllowed)}`;
}
