import { Prisma, PrismaClient } from './generated/client';
import { GuardedSqlite } from './guarded-adapter';

export interface Database {
  readonly prisma: PrismaClient;
  /** Changes whenever another process wrote to the file; our own writes do not change it. */
  dataVersion(): Promise<number>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly file: string;
  readonly busyTimeoutMs?: number;
  /** A COMMIT failed and the connection was opened anew; the caller of the transaction got the error. */
  readonly onReopen: (cause: unknown) => void;
}

/** The one connection of this process; the schema must have been migrated before. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const adapter = new GuardedSqlite({
    file: options.file,
    busyTimeoutMs: options.busyTimeoutMs ?? 2_000,
    onReopen: options.onReopen,
  });
  const prisma = new PrismaClient({
    adapter,
    errorFormat: 'minimal',
    transactionOptions: { maxWait: 10_000, timeout: 10_000 },
  });
  await prisma.$connect();
  return {
    prisma,
    async dataVersion() {
      const rows = await prisma.$queryRawUnsafe<{ data_version: number | bigint }[]>('PRAGMA data_version');
      return Number(rows[0]?.data_version ?? 0);
    },
    async close() {
      adapter.end();
      await prisma.$disconnect();
    },
  };
}

/** What a repository works with: the client, or one transaction of it. */
export type Queries = Prisma.TransactionClient;

export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
