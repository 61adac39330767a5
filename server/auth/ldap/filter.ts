/** A value as it may stand in a filter (RFC 4515): nothing in it means anything but itself. */
export function escapeFilter(value: string | Buffer): string {
  if (typeof value !== 'string') return [...value].map(hex).join('');
  return value.replace(/[\\*()\p{Cc}]/gu, (character) => escapeFilter(Buffer.from(character)));
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

/** The filter of one person by what never changes, whatever they are called now, among those whom the template means. */
export function filterOfId(template: string, attribute: string, id: Buffer | string): string {
  return `(&${template.replaceAll('{username}', '*')}(${attribute}=${escapeFilter(id)}))`;
}
