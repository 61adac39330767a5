import { hasExtension } from '../../ami/call-actions';
import type { AmiPort } from '../../ami/types';
import type { Failure } from '../../protocol/errors';
import { mayDial, type NumberRules } from '../../protocol/number-rules';
import { fail } from '../failures';
import type { ModelPort } from '../model-port';
import { refuse } from './plan';

/** Why this number may not be called, in the words of the administrator's rules; null: it may. */
export function whyNotDial(number: string, rules: NumberRules, model: ModelPort, field: string): Failure | null {
  const verdict = mayDial(number, rules, (one) => model.isInternal(one));
  return verdict.ok ? null : fail('invalid', verdict.message, field);
}

/** Whether a call there leaves the house. */
export function isOutside(number: string, rules: NumberRules, model: ModelPort): boolean {
  return mayDial(number, rules, (one) => model.isInternal(one)).class !== 'internal';
}

/** Refuses before a caller is sent where the dialplan has nothing, and lost. */
export async function mustExist(ami: AmiPort, context: string, exten: string): Promise<void> {
  if (await hasExtension(ami, context, exten)) return;
  refuse(fail('conflict', `The PBX has nothing at ${exten} in ${context}; nothing was changed.`));
}
