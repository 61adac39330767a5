import type { SetupPerson } from '@/server/protocol/setup';
import type { IssuedLink } from '../admin/users/link-text';

/** Somebody who may be invited, as the form has them. */
export interface Guest {
  readonly number: string;
  readonly name: string;
  readonly username: string;
  readonly email: string;
  readonly role: string;
  readonly chosen: boolean;
  /** What is wrong with them; null: nothing. */
  readonly problem: string | null;
  /** Their account, once it was made: a second try only makes the link. */
  readonly userId: string | null;
  /** Null: not invited yet. */
  readonly link: IssuedLink | null;
}

/** Those who have no account yet, none of them chosen. */
export function guestsOf(people: readonly SetupPerson[]): Guest[] {
  return people
    .filter(({ hasUser }) => !hasUser)
    .map(({ number, name, username, email, role }) => ({
      ...{ number, name: name || number, username, email: email ?? '', role },
      ...{ chosen: false, problem: null, userId: null, link: null },
    }));
}

export function findGuests(guests: readonly Guest[], query: string): Guest[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return guests.filter((guest) => {
    const text = `${guest.number} ${guest.name} ${guest.username} ${guest.email}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
