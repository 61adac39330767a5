import { breath } from './breath';
import type { ImportRun, PrismaClient } from './generated/client';
import { type NewUser, toRow } from './users';

export type StoredImport = ImportRun;
/** Without what is needed to undo it, which may be large. */
export type ImportSummary = Omit<StoredImport, 'undo'>;

/** SQLite takes so many rows in one statement. */
const atOnce = 250;

/** Runs of the import, and users by the thousand. */
export class Imports {
  constructor(private readonly prisma: PrismaClient) {}

  /** Newest first. */
  async list(limit: number): Promise<ImportSummary[]> {
    const omit = { undo: true };
    return this.prisma.importRun.findMany({ orderBy: [{ at: 'desc' }, { id: 'desc' }], take: limit, omit });
  }

  async summary(id: string): Promise<ImportSummary | null> {
    return this.prisma.importRun.findUnique({ where: { id }, omit: { undo: true } });
  }

  async find(id: string): Promise<StoredImport | null> {
    return this.prisma.importRun.findUnique({ where: { id } });
  }

  async add(run: Pick<StoredImport, 'at' | 'by' | 'report' | 'undo'>): Promise<StoredImport> {
    return this.prisma.importRun.create({ data: run });
  }

  async update(id: string, change: Partial<Pick<StoredImport, 'report' | 'undo' | 'undoneAt'>>): Promise<void> {
    await this.prisma.importRun.update({ where: { id }, data: change });
  }

  /** `told` hears how many more there are. Throws when a user name is taken; those before it are there then. */
  async addUsers(users: readonly NewUser[], at: Date, told: (count: number) => void): Promise<void> {
    for (let start = 0; start < users.length; start += atOnce) {
      const part = users.slice(start, start + atOnce);
      await this.prisma.user.createMany({ data: part.map((user) => ({ ...toRow(user), createdAt: at })) });
      told(part.length);
      await breath();
    }
  }

  /**
   * Removes those of them that were added at `at` and that nobody has touched or signed in with since. Answers the others
   * that are still there.
   */
  async removeUntouched(usernames: readonly string[], at: Date, told: (count: number) => void): Promise<string[]> {
    const left: string[] = [];
    for (let start = 0; start < usernames.length; start += atOnce) {
      const username = { in: usernames.slice(start, start + atOnce) };
      const untouched = { version: 0, passwordHash: null, externalId: null, lastSeenAt: null, createdAt: at };
      await this.prisma.user.deleteMany({ where: { username, ...untouched, sessions: { none: {} } } });
      const rows = await this.prisma.user.findMany({ where: { username }, select: { username: true } });
      left.push(...rows.map((row) => row.username));
      told(username.in.length);
      await breath();
    }
    return left;
  }

  /** Those of them who can still be invited: added at `at`, and never signed in. */
  async invitable(usernames: readonly string[], at: Date) {
    const found = [];
    for (let start = 0; start < usernames.length; start += atOnce) {
      const username = { in: usernames.slice(start, start + atOnce) };
      const fresh = { passwordHash: null, externalId: null, disabled: false, createdAt: at };
      const select = { id: true, username: true, name: true, extension: true, email: true };
      found.push(...(await this.prisma.user.findMany({ where: { username, ...fresh }, select })));
    }
    return found;
  }
}
