/** The row was changed by somebody else since it was read; nothing was written. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}

export class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
}

export class UsernameTakenError extends Error {
  override readonly name = 'UsernameTakenError';
  constructor(username: string) {
    super(`there is already a user "${username}"`);
  }
}

/** The change would leave nobody who can administer the panel. */
export class LastAdminError extends Error {
  override readonly name = 'LastAdminError';
  constructor() {
    super('this is the last administrator who can sign in: make another one first');
  }
}

/** A migration failed; the database is as it was before. `backup` is null when there was nothing to back up. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  constructor(
    readonly migration: string,
    readonly backup: string | null,
    cause: unknown,
  ) {
    const kept = backup ? ` A copy is at ${backup}.` : '';
    super(
      `migration ${migration} failed: ${cause instanceof Error ? cause.message : String(cause)}. ` +
        `The database is as it was before; the version that last ran can still open it.${kept}`,
      { cause },
    );
  }
}

/** The database was made by a newer version of the panel (or by another program). */
export class UnknownDatabaseError extends Error {
  override readonly name = 'UnknownDatabaseError';
}

/** The file is no SQLite database, is damaged, or cannot be opened. */
export class DatabaseFileError extends Error {
  override readonly name = 'DatabaseFileError';
}

/** The key that seals secrets is missing, malformed or another one than sealed the value. */
export class SecretKeyError extends Error {
  override readonly name = 'SecretKeyError';
}
