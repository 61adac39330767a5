import { signedOut } from '@/server/protocol/session';
import { call } from '../auth/api';

/** Null: signed out and on the way to the sign-in page; else a sentence on why not. */
export async function signOut(): Promise<string | null> {
  const outcome = await call(signedOut, 'logout', { method: 'POST' });
  if (!outcome.ok && outcome.error !== 'unauthenticated') return outcome.message;
  location.assign((outcome.ok ? outcome.value.next : undefined) ?? '/login/');
  return null;
}
