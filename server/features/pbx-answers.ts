import { AmiFieldError, AmiRefusedError } from '../ami/errors';
import type { AmiPort } from '../ami/types';
import type { WriteOutcome } from './backend';

/** Class of manager.conf (`write=`) that allows an action: Asterisk main/db.c, main/manager.c. */
const neededClass: Readonly<Record<string, string>> = {
  DBPut: 'system',
  DBDel: 'system',
  DBGet: 'reporting',
  Getvar: 'call',
  QueuePause: 'agent',
  Setvar: 'call',
  UserEvent: 'user',
};

const notConnected = 'The PBX is not connected.';

/** The account lacks a class: asking again is of no use before the next connection. */
export function isDenied(error: unknown): boolean {
  return error instanceof AmiRefusedError && /permission|not allowed|denied/i.test(error.message);
}

/** There is nothing of it. */
export function isMissing(error: unknown): boolean {
  return error instanceof AmiRefusedError && /not found|does not exist/i.test(error.message);
}

/** One sentence for a person, with Asterisk's words and what the administrator can do about it. */
export function refusalInWords(error: AmiRefusedError): string {
  const asterisk = `Asterisk refused ${error.action} ("${error.message}")`;
  if (!isDenied(error)) return `${asterisk}.`;
  return `${asterisk}: the AMI account needs the class "${neededClass[error.action] ?? 'all'}" in write= of manager.conf.`;
}

/** The link; throws when there is none. */
export function connected(ami: AmiPort | null): AmiPort {
  if (ami === null) throw new Error(notConnected);
  return ami;
}

/** Carries out a write; `work` answers a warning, or null. Never rejects. */
export async function attempt(
  ami: AmiPort | null,
  work: (ami: AmiPort) => Promise<string | null>,
): Promise<WriteOutcome> {
  if (ami === null) return { kind: 'away', message: notConnected };
  try {
    const warning = await work(ami);
    return warning === null ? { kind: 'done' } : { kind: 'done', warning };
  } catch (error) {
    if (error instanceof AmiRefusedError) return { kind: 'refused', message: refusalInWords(error) };
    // No PBX is away because of a text that cannot be sent to it.
    if (error instanceof AmiFieldError)
      return { kind: 'refused', message: `It cannot be sent to Asterisk: ${error.message}.` };
    return { kind: 'away', message: error instanceof Error ? error.message : 'The PBX does not answer.' };
  }
}
