import type { UserRecord } from '@/server/protocol/admin';

/** How somebody gets in. */
export type WayIn = 'password' | 'invited' | 'oidc' | 'ldap' | 'none';

export function wayInOf({ origin, hasPassword, invitedUntil }: UserRecord): WayIn {
  if (origin !== 'local') return origin;
  if (hasPassword) return 'password';
  return invitedUntil === null ? 'none' : 'invited';
}

export const wayInWords: Readonly<Record<WayIn, string>> = {
  password: 'Password',
  invited: 'Invited',
  oidc: 'Single sign-on',
  ldap: 'Directory',
  none: 'Not yet',
};

export type UserState = 'active' | 'invited' | 'waiting' | 'disabled';

/** `waiting`: there is nothing yet that lets them in. */
export function stateOf(user: UserRecord): UserState {
  if (user.disabled) return 'disabled';
  const way = wayInOf(user);
  if (way === 'invited') return 'invited';
  return way === 'none' ? 'waiting' : 'active';
}

export const stateWords: Readonly<Record<UserState, string>> = {
  active: 'Active',
  invited: 'Invited',
  waiting: 'No way in',
  disabled: 'Disabled',
};
