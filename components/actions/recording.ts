import type { ActionContext } from './action';
import { send } from './send';

/** The leg at which this window began a recording, by call: ended there as well, for each leg has its own. */
const legs = new Map<string, string>();

export function isRecorded({ mirror }: ActionContext, callId: string | null): boolean {
  return callId !== null && (mirror.get('calls', callId)?.recording ?? false);
}

/** Starts recording this leg, or ends the recording of its call. */
export async function record(
  context: ActionContext,
  uniqueid: string,
  callId: string | null,
  who: string,
): Promise<void> {
  const on = !isRecorded(context, callId);
  const leg = (on || callId === null ? undefined : legs.get(callId)) ?? uniqueid;
  const result = await send(
    context,
    'call.record',
    { uniqueid: leg, on },
    {
      on: leg,
      refused: on ? `${who} is not recorded` : `The recording of ${who} was not ended`,
    },
  );
  if (!result?.ok || callId === null) return;
  if (on) legs.set(callId, leg);
  else legs.delete(callId);
}
