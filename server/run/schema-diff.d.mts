/** The SQL that leads from the database in `file` to prisma/schema.prisma; null when they agree. */
export function schemaDiff(file: string): Promise<string | null>;
