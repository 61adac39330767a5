import { createStore } from '../ui/store';

/** The tiles that are chosen to do something to all of them; nothing of it is kept. */
export interface Selection {
  readonly numbers: ReadonlySet<string>;
  /** Where a range begins: the tile that was chosen last. */
  readonly anchor: string | null;
}

const nobody: Selection = { numbers: new Set(), anchor: null };

export const selection = createStore<Selection>(nobody);

/** What one command takes at most. */
export const mostSelected = 500;

export function toggled({ numbers }: Selection, number: string): Selection {
  const next = new Set(numbers);
  if (!next.delete(number)) next.add(number);
  return { numbers: next, anchor: number };
}

/** From the anchor to `to`, both included, beside what is chosen already. `order`: the tiles as they are read. */
export function ranged({ numbers, anchor }: Selection, order: readonly string[], to: string): Selection {
  const end = order.indexOf(to);
  const start = anchor === null ? end : order.indexOf(anchor);
  // The anchor may have gone out of sight.
  const [first, last] = start < 0 ? [end, end] : [Math.min(start, end), Math.max(start, end)];
  const range = order.slice(first, last + 1);
  return { numbers: new Set([...numbers, ...range]), anchor: anchor ?? to };
}

export function isSelected(number: string): boolean {
  return selection.get().numbers.has(number);
}

/** Returns how many are chosen now. */
export function toggleSelected(number: string): number {
  selection.set(toggled(selection.get(), number));
  return selection.get().numbers.size;
}

export function selectRange(order: readonly string[], to: string): number {
  selection.set(ranged(selection.get(), order, to));
  return selection.get().numbers.size;
}

export function selectAll(order: readonly string[]): number {
  selection.set({ numbers: new Set(order), anchor: order[0] ?? null });
  return order.length;
}

export function clearSelection(): void {
  selection.set(nobody);
}
