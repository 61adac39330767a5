import type { Role } from '../protocol/permissions';
import type { RoleMapping } from '../protocol/sign-in';

/** The role of somebody who is in these groups: of the first rule that fits; null: they may not sign in. */
export function mappedRole(mapping: RoleMapping, isIn: (group: string) => boolean): Role | null {
  return mapping.rules.find(({ value }) => isIn(value))?.role ?? mapping.otherwise;
}

/** Whether a rule names this entry of a directory: by its whole DN, or by its name alone. Case and spaces do not count. */
export function isGroup(dn: string, named: string): boolean {
  if (named.includes('=')) return plainDn(dn) === plainDn(named);
  return firstValue(dn) === named.trim().toLowerCase();
}

/** `CN=Desk\\, all, OU=Groups` and `cn=desk\\2c all,ou=groups` are one: what is the same in all ways to write it. */
function plainDn(dn: string): string {
  const parts = partsOf(dn).map(([attribute, value]) => [attribute, value.replace(/\s+/g, ' ')]);
  return JSON.stringify(parts);
}

/** `desk` of `CN=Desk,OU=Groups`. */
function firstValue(dn: string): string {
  return partsOf(dn)[0]?.[1] ?? '';
}

/** Attributes and their values in order, in small letters, without escapes. */
function partsOf(dn: string): [attribute: string, value: string][] {
  return [...dn.matchAll(/([^=,+]+)=((?:\\.|[^\\,+])*)/gs)].map(([, attribute = '', value = '']) => [
    attribute.trim().toLowerCase(),
    unescapeDn(value).trim().toLowerCase(),
  ]);
}

/** A value of a DN as it is meant. */
function unescapeDn(value: string): string {
  const bytes: number[] = [];
  for (let at = 0; at < value.length; ) {
    const hex = /^\\([0-9a-fA-F]{2})/.exec(value.slice(at, at + 3))?.[1];
    if (hex !== undefined) {
      bytes.push(Number.parseInt(hex, 16));
      at += 3;
      continue;
    }
    if (value[at] === '\\') at += 1;
    const character = String.fromCodePoint(value.codePointAt(at) ?? 0x5c);
    bytes.push(...Buffer.from(character));
    at += character.length;
  }
  return Buffer.from(bytes).toString('utf8');
}
