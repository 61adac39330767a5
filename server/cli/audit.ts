import type { AuditVerdict } from '../protocol/admin';
import type { Session } from './session';
import { readWords, UsageError } from './usage';

type Command = (args: readonly string[], session: Session) => Promise<void>;

/** Ends with 1 where the log is not as it was written, so that a script can watch over it. */
async function verify(args: readonly string[], { store, print }: Session): Promise<void> {
  const words = readWords(args, { from: 'text', json: 'flag' }, 0);
  const from = words.text('from');
  if (from !== undefined && !/^[1-9]\d{0,14}$/.test(from)) throw new UsageError('--from must be the number of a line');
  const verdict = await store.audit.verify(from === undefined ? undefined : Number(from));
  for (const line of words.flag('json') ? [JSON.stringify(verdict)] : told(verdict)) print(line);
  if (!verdict.ok) process.exitCode = 1;
}

function told({ ok, checked, from, brokenAt, reason, unchained, head }: AuditVerdict): string[] {
  const lines = [];
  if (ok) lines.push(`Chain of ${entries(checked)} intact.`);
  else lines.push(brokenAt === null ? 'The chain is broken.' : `The chain is broken at line ${brokenAt}.`, `${reason}`);
  if (!ok && checked > 0) lines.push(`Before it, from line ${from}, ${entries(checked)} intact.`);
  if (unchained > 0) lines.push(`${entries(unchained)} from before the chain: nothing vouches for them.`);
  if (head !== null) lines.push(`Newest line: ${head.id} ${head.hash}`);
  return lines;
}

function entries(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`;
}

export const auditCommands: ReadonlyMap<string, Command> = new Map([['verify', verify]]);
