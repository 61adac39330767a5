import { existsSync } from 'node:fs';
import { defineConfig } from 'prisma/config';

// `generate` never runs the schema engine, it only insists that one is named; closed networks cannot fetch it.
if (process.argv.includes('generate') && existsSync('/bin/true')) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= '/bin/true';
}

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'file:./data/panel.db' },
});
