import { parseArgs } from 'node:util';

/** The words on the command line make no sense; the message says which. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const help = `Administration from the command line. It works while the server runs.

  npm run cli -- COMMAND …

API tokens, for programs
  token create --name NAME --scope SCOPE [--scope SCOPE …] [--expires 30d]
        prints the token, once, alone on the last line
        scopes: state:read, commands, events, dfks, admin
  token list [--json]
  token revoke ID-OR-NAME

Users
  user create USERNAME [--name "FULL NAME"] [--role ROLE] [--extension NUMBER] [--password-stdin]
        (--username USERNAME does as well) without --password-stdin a password is made up and printed, alone on the last line
        roles: admin, supervisor, receptionist, member, viewer, and those that an administrator made
  user list [--json]
  user disable USERNAME           ends the user's sessions at once
  user enable USERNAME
  user set-role USERNAME ROLE
  user set-password USERNAME [--password-stdin]
  user invite USERNAME [--days 7]   prints a link with which the user sets a password, once
  user reset-second-factor USERNAME
        after a lost phone: the user signs in without a code until a second factor is set up again

The audit log
  audit verify [--from LINE] [--json]
        says whether every line is as it was written and none is missing; ends with 1 where not
        --from: only from that line on, which is taken as right

Backups
  backup [--to FILE] [--passphrase-stdin]
        copies the database as it is now and prints where; with a passphrase the key of the secrets goes along
  backup list [--json]
  restore FILE-OR-NAME [--upgrade] [--passphrase-stdin] [--without-secrets] [--yes]
        only while the panel does not run; without --yes it says what is in the file and changes nothing
        --upgrade: brings a backup of an older version up to date first
        --without-secrets: takes a backup whose key is not there; secrets have to be set anew

The database is the one of DATABASE_URL (default file:./data/panel.db), from the environment or .env.
`;

export interface Words {
  readonly positionals: readonly string[];
  readonly text: (name: string) => string | undefined;
  readonly list: (name: string) => readonly string[];
  readonly flag: (name: string) => boolean;
}

type Kind = 'text' | 'list' | 'flag';

/** Reads the options a command knows; anything else is a UsageError. */
export function readWords(args: readonly string[], known: Readonly<Record<string, Kind>>, positionals: number): Words {
  const options = Object.fromEntries(
    Object.entries(known).map(([name, kind]) => [
      name,
      { type: kind === 'flag' ? ('boolean' as const) : ('string' as const), multiple: kind === 'list' },
    ]),
  );
  const parsed = parse(args, options);
  if (parsed.positionals.length !== positionals) {
    const wanted = positionals === 0 ? 'no further words' : `${positionals} word${positionals > 1 ? 's' : ''}`;
    throw new UsageError(`this command takes ${wanted} beside its options, not ${parsed.positionals.length}`);
  }
  const value = (name: string): unknown => parsed.values[name];
  return {
    positionals: parsed.positionals,
    text: (name) => (typeof value(name) === 'string' ? String(value(name)) : undefined),
    list: (name) => {
      const found = value(name);
      return Array.isArray(found) ? found.map(String) : [];
    },
    flag: (name) => value(name) === true,
  };
}

function parse(args: readonly string[], options: Record<string, { type: 'boolean' | 'string'; multiple: boolean }>) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

const units = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const;

/** `12h`, `30d`, `8w` from now, or a date (`2027-01-31`). */
export function readExpiry(text: string | undefined, now: number): Date | null {
  if (text === undefined) return null;
  const [, amount, unit] = /^(\d{1,4})([hdw])$/.exec(text) ?? [];
  if (amount && (unit === 'h' || unit === 'd' || unit === 'w') && Number(amount) > 0) {
    return new Date(now + Number(amount) * units[unit]);
  }
  const date = /^\d{4}-\d{2}-\d{2}/.test(text) ? new Date(text) : null;
  if (!date || Number.isNaN(date.getTime()))
    throw new UsageError('--expires must look like 12h, 30d, 8w or 2027-01-31');
  if (date.getTime() <= now) throw new UsageError('--expires lies in the past');
  return date;
}
