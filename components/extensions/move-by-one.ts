import type { ActionContext } from '../actions/action';
import { mayMove, moveExtension } from '../actions/extension-actions';
import { announce } from '../ui/live-region';
import { arrange, ordered } from './arrange';

/** Past its neighbour in its own group. */
export function moveByOne(context: ActionContext, number: string, side: 'before' | 'after'): void {
  const { mirror, layout } = context;
  const sorted = ordered(mirror.records.map('extensions').values(), layout.order);
  const groups = arrange(sorted, { ...layout, collapsed: [] }, [], true);
  const numbers = groups.find((group) => group.numbers.includes(number))?.numbers ?? [];
  const target = numbers[numbers.indexOf(number) + (side === 'before' ? -1 : 1)];
  if (target && mayMove(context, number, target)) moveExtension(context, number, target, side);
  else announce('It is at the edge of its group already.');
}
