import type { TokenRecord } from '@/server/protocol/account';

const day = 24 * 60 * 60_000;
const soonMs = 14 * day;

export const lives = ['30', '90', '365', 'date', 'never'] as const;
export type Life = (typeof lives)[number];

export const lifeWords: Readonly<Record<Life, string>> = {
  '30': '30 days',
  '90': '90 days',
  '365': 'One year',
  date: 'Until a day that I choose',
  never: 'Until it is revoked',
};

/** When a token ends, as ISO 8601; null: never. `until`: `2027-01-31`, the last day on which it works, here. */
export function endOf(life: Life, until: string, now: number): string | null {
  if (life === 'never') return null;
  if (life !== 'date') return new Date(now + Number(life) * day).toISOString();
  const end = new Date(`${until}T23:59:59`);
  return Number.isNaN(end.getTime()) ? '' : end.toISOString();
}

export type TokenState = 'valid' | 'soon' | 'expired' | 'revoked';

/** `soon`: it expires within two weeks. */
export function stateOf(
  { expiresAt, revokedAt }: Pick<TokenRecord, 'expiresAt' | 'revokedAt'>,
  now: number,
): TokenState {
  if (revokedAt !== null) return 'revoked';
  if (expiresAt === null) return 'valid';
  const left = Date.parse(expiresAt) - now;
  if (left <= 0) return 'expired';
  return left < soonMs ? 'soon' : 'valid';
}

/** `in 3 days`, `today`. */
export function leftText(expiresAt: string, now: number): string {
  const days = Math.floor((Date.parse(expiresAt) - now) / day);
  if (days < 1) return 'within a day';
  return days === 1 ? 'in 1 day' : `in ${days} days`;
}
