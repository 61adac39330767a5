/** Those that are not hidden, by label. */
export function shownPlaces(
  records: ReadonlyMap<string, { readonly label: string; readonly hidden: boolean }>,
): readonly string[] {
  return [...records]
    .filter(([, { hidden }]) => !hidden)
    .sort(([, a], [, b]) => a.label.localeCompare(b.label, 'en', { numeric: true }))
    .map(([key]) => key);
}
