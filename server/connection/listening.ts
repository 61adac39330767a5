import { setTimeout as wait } from 'node:timers/promises';
import type { AmiPort } from '../ami/types';
import type { MissingFunction } from '../protocol/records';

/** Names of the events that came. */
export type Heard = Set<string>;

const patienceMs = 1_500;
const stepMs = 50;

interface Class {
  readonly name: string;
  readonly event: string;
  readonly feature: string;
}

const classes = {
  call: { name: 'call', event: 'OriginateResponse', feature: 'Calls and states while they change' },
  user: { name: 'user', event: 'UserEvent', feature: 'What FOP2 and scripts announce' },
  system: { name: 'system', event: 'FullyBooted', feature: 'Restarts of the PBX, changes of its configuration' },
} as const satisfies Record<string, Class>;

/**
 * Classes of `read=` without which the panel would hear nothing: no answer of Asterisk tells them, so something that makes
 * an event of the class is done and waited for. A call through a channel type that does not exist harms nobody and leaves
 * nothing. What the account may not cause cannot be told and is not reported.
 */
export async function unheardClasses(ami: AmiPort, heard: Heard): Promise<MissingFunction[]> {
  const calls = await caused(ami, 'Originate', {
    Channel: 'CordboardTest/none',
    Application: 'NoOp',
    Async: true,
    Timeout: 1_000,
  });
  const users = await caused(ami, 'UserEvent', { UserEvent: 'CordboardTest' });
  const due: Class[] = [classes.system, ...(calls ? [classes.call] : []), ...(users ? [classes.user] : [])];
  for (let waited = 0; waited < patienceMs; waited += stepMs) {
    if (due.every(({ event }) => heard.has(event))) return [];
    await wait(stepMs);
  }
  return due.filter(({ event }) => !heard.has(event)).map(lacking);
}

async function caused(ami: AmiPort, action: string, fields: Record<string, string | number | boolean>) {
  try {
    await ami.action(action, fields, { timeoutMs: patienceMs });
    return true;
  } catch {
    // Refused, or no answer: nothing can be concluded from silence.
    return false;
  }
}

function lacking({ name, feature }: Class): MissingFunction {
  return {
    feature,
    needs: `read: ${name}`,
    message: `${feature}: the AMI account lacks “${name}” in its read= line of manager.conf.`,
  };
}
