import type { AmiMessage } from '../ami/types';
import type { PbxEvent } from '../pbx/events';
import { channelSnapshot } from './snapshots';
import { integer } from './values';

const CAUSES = {
  Newchannel: 'new',
  Newstate: 'state',
  NewCallerid: 'callerid',
  NewConnectedLine: 'connected',
  NewAccountCode: 'other',
} as const;

/**
 * Newchannel, Newstate, NewCallerid, NewConnectedLine, NewAccountCode, Hangup, Hold, Unhold, LocalBridge, Pickup,
 * MixMonitorStart, MixMonitorStop.
 * `Rename` carries no snapshot: ChannelBook completes it.
 */
export function channelEvents(message: AmiMessage, at: number): PbxEvent[] {
  if (message.name === 'LocalBridge') return localPair(message, at);
  const channel = channelSnapshot(message);
  if (channel === null) return [];
  switch (message.name) {
    case 'Hangup': {
      const hangupCause = integer(message, 'Cause', { max: 255 });
      return [{ type: 'channel.gone', at, uniqueid: channel.uniqueid, hangupCause }];
    }
    case 'MixMonitorStart':
    case 'MixMonitorStop':
      return [{ type: 'recording', at, uniqueid: channel.uniqueid, on: message.name === 'MixMonitorStart', by: 'pbx' }];
    case 'Hold':
      return [{ type: 'hold', at, channel }];
    case 'Unhold':
      return [{ type: 'unhold', at, channel }];
    case 'Pickup': {
      const target = channelSnapshot(message, 'Target');
      return target === null ? [] : [{ type: 'pickup', at, channel, target }];
    }
    case 'Newchannel':
    case 'Newstate':
    case 'NewCallerid':
    case 'NewConnectedLine':
    case 'NewAccountCode':
      return [{ type: 'channel', at, cause: CAUSES[message.name], channel }];
    default:
      return [];
  }
}

function localPair(message: AmiMessage, at: number): PbxEvent[] {
  const one = channelSnapshot(message, 'LocalOne');
  const two = channelSnapshot(message, 'LocalTwo');
  return one === null || two === null ? [] : [{ type: 'local.pair', at, one, two }];
}
