import { lookUp } from '../../ami/call-actions';
import { extensionRunning } from '../../ami/dialplan-search';
import type { AmiPort } from '../../ami/types';
import type { ModelPort } from '../model-port';

/**
 * Where `to` is dialled. A queue or a room is known by its name, and often reached at a number of the dialplan's own: that
 * one is found by what it runs. Everything else is dialled as it is.
 */
export async function dialledAs(ami: AmiPort, context: string, to: string, model: ModelPort): Promise<string> {
  const application = model.queue(to) ? 'Queue' : model.conference(to) ? 'ConfBridge' : null;
  if (application === null || (await lookUp(ami, context, to)) !== 'absent') return to;
  return (await extensionRunning(ami, context, { application, argument: to })) ?? to;
}
