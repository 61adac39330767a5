import { issuedInvitation } from '@/server/protocol/account';
import { createUserBody, userRecord } from '@/server/protocol/admin';
import { linkOf } from '../admin/users/link-text';
import { problemInWords, sentence } from '../admin/words';
import { call } from '../auth/api';
import type { Guest } from './guests';

export const invitationDays = 7;

/** Makes the account where there is none, and the link. Answers the guest with the link, or with what was wrong. */
export async function invite(guest: Guest): Promise<Guest> {
  const account = guest.userId === null ? await makeUser(guest) : guest;
  if (account.userId === null) return account;
  const body = { days: invitationDays };
  const issued = await call(issuedInvitation, `admin/users/${account.userId}/invitation`, { method: 'POST', body });
  if (!issued.ok) return { ...account, problem: issued.message };
  const { token, expiresAt } = issued.value;
  const { userId: id, name, username, number: extension, email } = account;
  const link = { id, name, username, extension, email, link: linkOf(token, location.origin), expiresAt };
  return { ...account, problem: null, link };
}

async function makeUser(guest: Guest): Promise<Guest> {
  const { name, username, role, number, email } = guest;
  const read = createUserBody.safeParse(
    { name, username, role, extension: number, email: email.trim() === '' ? null : email },
    { error: problemInWords },
  );
  if (!read.success) return { ...guest, problem: sentence(read.error.issues[0]?.message ?? 'This is not right') };
  const made = await call(userRecord, 'admin/users', { method: 'POST', body: read.data });
  return made.ok ? { ...guest, userId: made.value.id } : { ...guest, problem: made.message };
}
