/** What a record shows of whom no administrator said anything, and of whom the PBX says nothing. Free of zod. */

const noTags: string[] = [];

export const notConfigured = { group: null, tags: noTags, colour: null, hidden: false };

/** The same of an extension. */
export const plainPerson = { external: null, email: null, privacy: 'none', ...notConfigured } as const;
