/**
 * What is told to a phone itself: SIP NOTIFY inside the dialog of one of its calls (res/res_pjsip_notify.c,
 * channels/chan_sip.c). Class: system; chan_sip: call, system.
 */
import { getVar, notEmpty, oneChannel } from './actions';
import { AmiFieldError, AmiRefusedError } from './errors';
import type { AmiPort } from './types';

/** `talk`: answer, or take back from hold. `hold`: put on hold. */
export type PhoneEvent = 'talk' | 'hold';

/** The phone has taken none of it yet when this resolves: its channel tells. `channel`: a Uniqueid; `device`: `PJSIP/101`. */
export async function notifyPhone(port: AmiPort, channel: string, device: string, event: PhoneEvent): Promise<void> {
  const slash = device.indexOf('/');
  const peer = notEmpty('Channel', device.slice(slash + 1));
  const Variable = [`Event=${event}`];
  switch (device.slice(0, Math.max(0, slash))) {
    case 'PJSIP':
      return notifyPjsip(port, oneChannel(channel), peer, Variable);
    case 'SIP': {
      // Without it chan_sip would open a dialog of its own, of which the phone knows no call.
      const callId = notEmpty('Call-ID', await getVar(port, 'SIPCALLID', channel));
      await port.action('SIPnotify', { Channel: peer, Variable, 'Call-ID': callId });
      return;
    }
    default:
      throw new AmiFieldError('Channel', 'is not a SIP phone');
  }
}

async function notifyPjsip(port: AmiPort, Channel: string, Endpoint: string, Variable: readonly string[]) {
  try {
    await port.action('PJSIPNotify', { Channel, Variable });
  } catch (error) {
    if (!isWithoutChannels(error)) throw error;
    // Older releases write to the phone alone; many obey for the one call that rings.
    await port.action('PJSIPNotify', { Endpoint, Variable });
  }
}

/** Releases before the parameter `Channel` came want an endpoint or a URI. */
function isWithoutChannels(error: unknown): boolean {
  return error instanceof AmiRefusedError && /requires either an endpoint name or a SIP URI/i.test(error.reason);
}
