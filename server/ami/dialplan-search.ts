import { isPermissionDenied, isUnknownAction } from './actions';
import { AmiRefusedError } from './errors';
import type { AmiPort } from './types';

/** What a context that was written by hand may lead to; FreePBX's are larger, and there names are numbers. */
const mostContexts = 25;

interface Step {
  readonly application: string;
  /** The first argument: the queue, the room. */
  readonly argument: string;
}

/**
 * The extension that leads to a queue or room of that name: `Queue(support,…)` is reached at 601. Looks through includes,
 * nearest first; patterns are passed over. Null: there is none, or it cannot be told. Class: config, reporting.
 */
export async function extensionRunning(port: AmiPort, context: string, step: Step): Promise<string | null> {
  const contexts = [context];
  for (let at = 0; at < Math.min(contexts.length, mostContexts); at += 1) {
    const found = await searchIn(port, contexts[at] ?? '', step, contexts);
    if (found !== null) return found;
  }
  return null;
}

/** Adds what is included to `contexts`. */
async function searchIn(port: AmiPort, context: string, step: Step, contexts: string[]): Promise<string | null> {
  let found: string | null = null;
  try {
    // To its end, even when it is found: the rest of the list would come in between other answers.
    for await (const item of port.list('ShowDialPlan', { Context: context })) {
      const included = item.get('IncludeContext');
      if (included !== undefined && !contexts.includes(included)) contexts.push(included);
      const exten = item.get('Extension');
      if (exten !== undefined && !exten.startsWith('_') && runs(item.get('Application'), item.get('AppData'), step)) {
        found ??= exten;
      }
    }
  } catch (error) {
    if (!(error instanceof AmiRefusedError)) throw error;
    if (isPermissionDenied(error) || isUnknownAction(error)) return null;
  }
  return found;
}

function runs(application: string | undefined, data: string | undefined, step: Step): boolean {
  if (application?.toLowerCase() !== step.application.toLowerCase()) return false;
  return data?.split(',')[0]?.trim() === step.argument;
}
