import { AndFilter, EqualityFilter, type Filter, FilterParser } from 'ldapts';

/** A value as it may stand in a filter (RFC 4515): nothing in it means anything but itself. */
export function escapeFilter(value: string): string {
  return value.replace(/[\\*()\p{Cc}]/gu, (character) => [...Buffer.from(character)].map(hex).join(''));
}

function hex(byte: number): string {
  return `\\${byte.toString(16).padStart(2, '0')}`;
}

/** The template with its placeholders filled in, escaped. */
export function fillFilter(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? escapeFilter(values[name] ?? '') : whole,
  );
}

/**
 * The filter of one person by what never changes, whatever they are called now, among those whom the template means. An id
 * that is no text must not go through the text of a filter.
 */
export function filterOfId(template: string, attribute: string, value: Buffer | string): Filter {
  const anybody = FilterParser.parseString(template.replaceAll('{username}', '*'));
  return new AndFilter({ filters: [anybody, new EqualityFilter({ attribute, value })] });
}
