import { type FeatureKey, featureKey } from '@/server/protocol/records';
import type { HistoryFilter } from '../../history/use-history';

/** The filter as it stands in its fields; dates are `2026-03-01`, in the user's zone. */
export interface HistoryFieldValues {
  readonly extension: string;
  readonly feature: FeatureKey | '';
  readonly from: string;
  /** The last day that counts. */
  readonly to: string;
}

export const noFields: HistoryFieldValues = { extension: '', feature: '', from: '', to: '' };

/** What to ask for; a field that cannot be read yet says nothing. */
export function filterOf({ extension, feature, from, to }: HistoryFieldValues): HistoryFilter {
  const key = featureKey.safeParse(feature);
  const start = midnight(from, 0);
  const end = midnight(to, 1);
  return {
    ...(extension.trim() ? { extension: extension.trim() } : {}),
    ...(key.success ? { feature: key.data } : {}),
    ...(start ? { from: start } : {}),
    ...(end ? { to: end } : {}),
  };
}

/** The beginning of that day (`2026-03-01`), or of one later, as ISO 8601 UTC; null: it cannot be read. */
export function midnight(date: string, daysLater: number): string | null {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? [];
  if (year === undefined) return null;
  const found = new Date(Number(year), Number(month) - 1, Number(day) + daysLater);
  return found.getFullYear() < 1970 ? null : found.toISOString();
}
