import { type ButtonKind, buttonKind } from '../protocol/buttons';
import { breath } from './breath';
import { Prisma, type PrismaClient } from './generated/client';

/** One row as it is kept: `own` and `found` are JSON that only server/buttons.ts understands. */
export interface ButtonRow {
  readonly kind: ButtonKind;
  readonly key: string;
  readonly own: string;
  readonly found: string;
  readonly added: boolean;
  readonly vanishedAt: Date | null;
  readonly version: number;
}

/** Nothing else runs while these are written. */
const atOnce = 100;

export class Buttons {
  constructor(private readonly prisma: PrismaClient) {}

  async load(pbx: string): Promise<readonly ButtonRow[]> {
    const rows = await this.prisma.button.findMany({ where: { pbx } });
    return rows.flatMap(({ kind, key, own, found, added, vanishedAt, version }) => {
      const known = buttonKind.safeParse(kind);
      return known.success ? [{ kind: known.data, key, own, found, added, vanishedAt, version }] : [];
    });
  }

  /** What an administrator changed: all or nothing. */
  async save(pbx: string, rows: readonly ButtonRow[]): Promise<void> {
    await this.prisma.$transaction(async (queries) => {
      for (let from = 0; from < rows.length; from += atOnce) {
        await queries.$executeRaw(upsert(pbx, rows.slice(from, from + atOnce)));
      }
    });
  }

  /** What was found: in batches, each by itself, with a pause after each. */
  async note(pbx: string, rows: readonly ButtonRow[]): Promise<void> {
    for (let from = 0; from < rows.length; from += atOnce) {
      await this.prisma.$executeRaw(upsert(pbx, rows.slice(from, from + atOnce)));
      await breath();
    }
  }

  /** All or nothing. */
  async remove(pbx: string, ids: readonly { readonly kind: ButtonKind; readonly key: string }[]): Promise<void> {
    await this.prisma.$transaction(async (queries) => {
      for (const kind of buttonKind.options) {
        const keys = ids.flatMap((one) => (one.kind === kind ? [one.key] : []));
        for (let from = 0; from < keys.length; from += atOnce) {
          const some = keys.slice(from, from + atOnce);
          await queries.button.deleteMany({ where: { pbx, kind, key: { in: some } } });
        }
      }
    });
  }
}

function upsert(pbx: string, rows: readonly ButtonRow[]): Prisma.Sql {
  const now = new Date();
  const values = rows.map(({ kind, key, own, found, added, vanishedAt, version }) => {
    return Prisma.sql`(${pbx}, ${kind}, ${key}, ${own}, ${found}, ${added}, ${vanishedAt}, ${version}, ${now})`;
  });
  return Prisma.sql`INSERT INTO "Button"
    ("pbx", "kind", "key", "own", "found", "added", "vanishedAt", "version", "updatedAt") VALUES ${Prisma.join(values)}
    ON CONFLICT ("pbx", "kind", "key") DO UPDATE SET "own" = excluded."own", "found" = excluded."found",
      "added" = excluded."added", "vanishedAt" = excluded."vanishedAt", "version" = excluded."version",
      "updatedAt" = excluded."updatedAt"`;
}
