import type { FeatureValues, Forward } from '../values';
import type { DfksSlot } from './names';

/**
 * Canonical text of a slot: `0` off, `1` do-not-disturb on, `1 4 102` forwarded to 102 after 4 rings, `1 - 102` where no
 * number of rings is known. The target comes last and whole, so that any text of another system survives.
 */
export function heldText(slot: DfksSlot, values: FeatureValues): string {
  if (slot === 'dnd') return values.dnd ? '1' : '0';
  const { to, ringCount } = values[slot];
  return to === null ? '0' : `1 ${ringCount ?? '-'} ${to}`;
}

/** `values` with what a slot holds; the same object where that is nothing new. */
export function withHeld(slot: DfksSlot, held: string, values: FeatureValues): FeatureValues {
  if (heldText(slot, values) === held) return values;
  if (slot === 'dnd') return { ...values, dnd: held === '1' };
  return { ...values, [slot]: forwardIn(held) };
}

const forwarded = /^1 (-|-?\d+) (.*)$/s;

function forwardIn(held: string): Forward {
  const [, rings, to] = forwarded.exec(held) ?? [];
  if (rings === undefined || to === undefined) return { to: null, ringCount: null };
  return { to, ringCount: rings === '-' ? null : Number(rings) };
}
