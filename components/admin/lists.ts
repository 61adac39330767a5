/** `list` with the item at `from` taken to `to`; the same list when there is no such place. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length || from === to) return list;
  const rest = list.toSpliced(from, 1);
  return rest.toSpliced(to, 0, item);
}

/** `list` with or without `item`, in the order of `all`. */
export function chosen<T>(all: readonly T[], list: readonly T[], item: T, on: boolean): T[] {
  return all.filter((one) => (one === item ? on : list.includes(one)));
}
