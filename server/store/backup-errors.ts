/** A backup could not be made; the message says what to do about it. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/** One of these at a time: two would write over each other. */
export class BackupBusyError extends Error {
  override readonly name = 'BackupBusyError';
}

/** Why a file is not restored. `field`: what has to be given for it to go on. */
export type RestoreRefusal =
  | 'missing'
  | 'empty'
  | 'notSqlite'
  | 'truncated'
  | 'damaged'
  | 'foreign'
  | 'newer'
  | 'older'
  | 'shape'
  | 'passphrase'
  | 'noKey'
  | 'fixedKey'
  | 'busy'
  | 'disk';

/** Nothing was replaced; the message says why, and which way there is. */
export class RestoreError extends Error {
  override readonly name = 'RestoreError';
  constructor(
    readonly refusal: RestoreRefusal,
    message: string,
    readonly field?: 'passphrase' | 'upgrade' | 'withoutSecrets',
  ) {
    super(message);
  }
}

/** What the system said about a file, for a person. */
export function diskWords(error: unknown, file: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'SQLITE_FULL' || code === 'EDQUOT')
    return `the disk is full: there is no room for ${file}`;
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'SQLITE_CANTOPEN', 'SQLITE_READONLY'].includes(code)) {
    return `${file} cannot be written: its folder must belong to the user who runs the panel`;
  }
  return `${file}: ${error instanceof Error ? error.message : String(error)}`;
}
