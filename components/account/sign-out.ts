import { z } from 'zod';
import { call } from '../auth/api';

/** Null: signed out and on the way to the sign-in page; else a sentence on why not. */
export async function signOut(): Promise<string | null> {
  const outcome = await call(z.object({ ok: z.literal(true) }), 'logout', { method: 'POST' });
  if (!outcome.ok && outcome.error !== 'unauthenticated') return outcome.message;
  location.assign('/login/');
  return null;
}
