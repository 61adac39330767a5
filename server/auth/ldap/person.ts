import type { Entry } from 'ldapts';
import type { LdapSettings } from '../../protocol/sign-in';
import { extensionOf, type Identity } from '../external-users';

/** Somebody as the directory has them. */
export interface Person {
  readonly dn: string;
  /** As the entry has it: bytes where it is no text (`objectGUID`). */
  readonly id: Buffer | string;
  readonly identity: Omit<Identity, 'groups'>;
  /** DNs that the entry itself lists. */
  readonly memberOf: readonly string[];
}

/** What is asked for of a person's entry. */
export function attributesOf({ attributes, groups }: LdapSettings): string[] {
  const listed = groups.from === 'attribute' ? [groups.attribute] : [];
  return [...new Set([...Object.values(attributes), ...listed])].filter((name) => name !== '');
}

/** Null: the entry has no id or no user name, so that it is nobody who could sign in. */
export function personOf(entry: Entry, { attributes, groups }: LdapSettings): Person | null {
  const raw = valuesOf(entry, attributes.id)[0];
  const username = textOf(entry, attributes.username);
  if (raw === undefined || raw.length === 0 || username === null) return null;
  const id = isBinary(attributes.id) ? raw : raw.toString('utf8');
  return {
    dn: entry.dn,
    id,
    identity: {
      origin: 'ldap',
      externalId: typeof id === 'string' ? id : id.toString('hex'),
      username,
      name: textOf(entry, attributes.name),
      email: textOf(entry, attributes.email),
      emailVerified: false,
      extension: extensionOf(textOf(entry, attributes.extension)),
    },
    memberOf:
      groups.from === 'attribute' ? valuesOf(entry, groups.attribute).map((value) => value.toString('utf8')) : [],
  };
}

/** The id as it was kept, as the directory is asked for it. */
export function idOf(externalId: string, attribute: string): Buffer | string {
  return isBinary(attribute) ? Buffer.from(externalId, 'hex') : externalId;
}

/** Active Directory's ids are 16 bytes, no text. */
export function isBinary(attribute: string): boolean {
  return /^object(guid|sid)$/i.test(attribute);
}

/** Servers write names of attributes as they like. */
function valuesOf(entry: Entry, attribute: string): Buffer[] {
  if (attribute === '') return [];
  const wanted = attribute.toLowerCase();
  const found = Object.entries(entry).find(([name]) => name.toLowerCase() === wanted)?.[1];
  return [found ?? []].flat().map((value) => (typeof value === 'string' ? Buffer.from(value) : value));
}

function textOf(entry: Entry, attribute: string): string | null {
  const text = valuesOf(entry, attribute)[0]?.toString('utf8').trim();
  return text ? text : null;
}
