import type { SetupPerson } from '@/server/protocol/setup';

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
  readonly link: string | null;
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

export function linkOf(token: string, origin: string): string {
  return `${origin}/setup/#invite=${token}`;
}

/** A mail to write: the panel itself sends none. */
export function mailTo({ name, email, link }: Guest, days: number): string {
  const body = [
    `Hello ${name},`,
    '',
    'this is your link to our telephone panel. It works once: set a password there, and you are in.',
    '',
    link ?? '',
    '',
    `It is good for ${days} days.`,
  ].join('\r\n');
  return `mailto:${encodeURIComponent(email)}?subject=${encodeURIComponent('Your telephone panel')}&body=${encodeURIComponent(body)}`;
}

/** RFC 4180; what a spreadsheet would take for a formula is made text. */
export function guestsCsv(guests: readonly Guest[]): string {
  const rows = guests.flatMap(({ name, number, username, email, link }) =>
    link === null ? [] : [[name, number, username, email, link]],
  );
  return [['name', 'extension', 'user name', 'e-mail', 'link'], ...rows]
    .map((row) => row.map(cell).join(','))
    .map((line) => `${line}\r\n`)
    .join('');
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
