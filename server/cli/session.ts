import type { Accounts } from '../auth/accounts';
import type { PasswordRules } from '../auth/password-rules';
import type { Store } from '../store/store';

/** What a command of the command line works with. */
export interface Session {
  readonly store: Store;
  readonly accounts: Accounts;
  readonly rules: PasswordRules;
  /** Where browsers find the panel, without a slash at the end. */
  readonly publicUrl: string;
  readonly now: () => number;
  /** One line on standard output: the result. */
  readonly print: (line: string) => void;
  /** One line on standard error: what a person should know. */
  readonly say: (line: string) => void;
  /** The first line of standard input. */
  readonly readLine: () => Promise<string>;
  readonly note: (action: string, target: string) => void;
}

/** Rows as a table, columns aligned. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

export function day(date: Date | null): string {
  return date ? date.toISOString().slice(0, 16).replace('T', ' ') : '-';
}
