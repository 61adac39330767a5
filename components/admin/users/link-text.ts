import { dateText } from '../../ui/region';
import { csvText } from '../csv-text';

/** Somebody with a link to set a password. */
export interface IssuedLink {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly extension: string | null;
  readonly email: string | null;
  readonly link: string;
  readonly expiresAt: string;
}

export function linkOf(token: string, origin: string): string {
  return `${origin}/setup/#invite=${token}`;
}

/** A mail to write: the panel itself sends none. */
export function mailOf({ name, username, email, link, expiresAt }: IssuedLink): string {
  const at = Date.parse(expiresAt);
  const body = [
    `Hello ${name},`,
    '',
    'this is your link to our telephone panel. It works once: set a password there, and you are in.',
    '',
    link,
    '',
    `Your user name is ${username}. The link works until ${dateText('day', at)}, ${dateText('shortTime', at)}.`,
  ].join('\r\n');
  const subject = 'Your link to the telephone panel';
  return `mailto:${encodeURIComponent(email ?? '')}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
}

export function linksCsv(links: readonly IssuedLink[]): string {
  return csvText(
    ['name', 'user name', 'extension', 'e-mail', 'link', 'until'],
    links.map(({ name, username, extension, email, link, expiresAt }) => [
      name,
      username,
      extension ?? '',
      email ?? '',
      link,
      expiresAt,
    ]),
  );
}
