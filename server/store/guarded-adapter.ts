import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { Mutex } from './mutex';

type Factory = PrismaBetterSqlite3;
type Connection = Awaited<ReturnType<Factory['connect']>>;
type Transaction = Awaited<ReturnType<Connection['startTransaction']>>;
type Query = Parameters<Connection['queryRaw']>[0];

export interface GuardedOptions {
  readonly file: string;
  /** How long a statement waits for another process's write, in ms. It blocks this process: keep it short. */
  readonly busyTimeoutMs: number;
  /** Called after a failed COMMIT made the connection start over. */
  readonly onReopen: (cause: unknown) => void;
}

/**
 * Prisma's SQLite adapter with three traps closed: a statement outside a transaction waits until an open one ends
 * (there is one connection, it would land inside it and be rolled back with it); transactions take the write lock at
 * BEGIN, where the busy timeout works; and a COMMIT that failed leaves no transaction open behind which every later
 * write would be lost, because the connection is opened anew (prisma/prisma issue 29933).
 */
export class GuardedSqlite {
  readonly provider = 'sqlite';
  readonly adapterName = '@cordboard/guarded-better-sqlite3';
  readonly #factory: Factory;
  #over = false;

  constructor(private readonly options: GuardedOptions) {
    this.#factory = new PrismaBetterSqlite3({ url: `file:${options.file}`, timeout: options.busyTimeoutMs });
  }

  async connect(): Promise<GuardedConnection> {
    return new GuardedConnection(await this.open(), () => this.open(), this.options.onReopen);
  }

  /** Never to be opened again: Prisma would, for whoever still writes, and by then another database may lie there. */
  end(): void {
    this.#over = true;
  }

  private async open(): Promise<Connection> {
    if (this.#over) throw new Error('the database is closed');
    const connection = await this.#factory.connect();
    await connection.executeScript(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
       PRAGMA busy_timeout = ${Math.trunc(this.options.busyTimeoutMs)}; PRAGMA trusted_schema = OFF;`,
    );
    return connection;
  }
}

class GuardedConnection implements Connection {
  readonly provider = 'sqlite';
  readonly adapterName = '@cordboard/guarded-better-sqlite3';
  readonly #lock = new Mutex();

  constructor(
    private connection: Connection,
    private readonly reopen: () => Promise<Connection>,
    private readonly onReopen: (cause: unknown) => void,
  ) {}

  queryRaw(query: Query) {
    return this.#lock.run(() => this.connection.queryRaw(query));
  }

  executeRaw(query: Query) {
    return this.#lock.run(() => this.connection.executeRaw(query));
  }

  executeScript(script: string) {
    return this.#lock.run(() => this.connection.executeScript(script));
  }

  async startTransaction(): Promise<Transaction> {
    const release = await this.#lock.acquire();
    try {
      await this.connection.executeRaw(statement('BEGIN IMMEDIATE'));
    } catch (cause) {
      release();
      throw cause;
    }
    return new GuardedTransaction(this.connection, release, (cause) => this.startOver(cause));
  }

  dispose() {
    return this.#lock.run(() => this.connection.dispose());
  }

  /** Closing rolls back whatever the connection is still inside of. */
  private async startOver(cause: unknown): Promise<void> {
    await this.connection.dispose();
    this.connection = await this.reopen();
    this.onReopen(cause);
  }
}

class GuardedTransaction implements Transaction {
  readonly provider = 'sqlite';
  readonly adapterName = '@cordboard/guarded-better-sqlite3';
  /** "Phantom": COMMIT and ROLLBACK are ours to send, Prisma only logs them. */
  readonly options = { usePhantomQuery: true };

  constructor(
    private readonly connection: Connection,
    private readonly release: () => void,
    private readonly startOver: (cause: unknown) => Promise<void>,
  ) {}

  queryRaw(query: Query) {
    return this.connection.queryRaw(query);
  }

  executeRaw(query: Query) {
    return this.connection.executeRaw(query);
  }

  commit(): Promise<void> {
    return this.end('COMMIT');
  }

  rollback(): Promise<void> {
    return this.end('ROLLBACK');
  }

  async createSavepoint(name: string): Promise<void> {
    await this.connection.executeRaw(statement(`SAVEPOINT ${name}`));
  }

  async rollbackToSavepoint(name: string): Promise<void> {
    await this.connection.executeRaw(statement(`ROLLBACK TO ${name}`));
  }

  async releaseSavepoint(name: string): Promise<void> {
    await this.connection.executeRaw(statement(`RELEASE SAVEPOINT ${name}`));
  }

  private async end(verb: 'COMMIT' | 'ROLLBACK'): Promise<void> {
    try {
      await this.connection.executeRaw(statement(verb));
    } catch (cause) {
      await this.startOver(cause);
      // A rollback that failed has happened all the same: the connection is gone.
      if (verb === 'COMMIT') throw cause;
    } finally {
      this.release();
    }
  }
}

function statement(sql: string): Query {
  return { sql, args: [], argTypes: [] };
}
