import { getVar, hangup, redirect, setVar } from '../../ami/actions';
import type { Place } from '../../ami/call-actions';
import { hasExtension } from '../../ami/call-actions';
import type { AmiPort } from '../../ami/types';
import type { ListedChannel } from '../../pbx/events';
import { ownPlace, waitingContexts } from './transfer-places';

/** Set on a caller who is sent to wait: where they come back to, should the panel be gone meanwhile. */
const backVariable = 'CORDBOARD_BACK';

/** Begins the Uniqueid of the call to one who is asked, and of nothing else. */
const askedPrefix = 'cordboard-transfer-';

export function askedId(uniqueid: string): string {
  return uniqueid.replace(/^cordboard-/, askedPrefix);
}

const written = /^([A-Za-z0-9*#+._-]{1,80})@([A-Za-z0-9_.-]{1,79})$/;

export async function rememberWayBack(ami: AmiPort, uniqueid: string, { context, exten }: Place): Promise<void> {
  await setVar(ami, backVariable, `${exten}@${context}`, uniqueid);
}

/**
 * Those whom a panel that was restarted left waiting: a caller rings at the operator who had them; who is asked, and who
 * else is in the panel's own waiting place, has nobody to wait for. `isKnown`: part of a transfer that still runs.
 */
export async function sendStraysHome(
  ami: AmiPort,
  channels: readonly ListedChannel[],
  isKnown: (uniqueid: string) => boolean,
): Promise<number> {
  let sent = 0;
  for (const { uniqueid, context, bridgeId } of channels) {
    if (bridgeId !== null || isKnown(uniqueid)) continue;
    const asked = uniqueid.startsWith(askedPrefix);
    if (asked) await hangup(ami, uniqueid);
    if (asked || !waitingContexts.has(context)) continue;
    const [, exten, home] = written.exec(await getVar(ami, backVariable, uniqueid)) ?? [];
    if (exten !== undefined && home !== undefined && (await hasExtension(ami, home, exten))) {
      await redirect(ami, uniqueid, { context: home, exten });
      sent += 1;
    } else if (context === ownPlace) await hangup(ami, uniqueid);
  }
  return sent;
}
