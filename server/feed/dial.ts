import type { AmiMessage } from '../ami/types';
import type { PbxEvent } from '../pbx/events';
import { channelSnapshot } from './snapshots';
import { text } from './values';

/** DialBegin, DialEnd (main/manager_channels.c): one per destination of a fork; an Originate has no source. */
export function dialEvents(message: AmiMessage, at: number): PbxEvent[] {
  const dest = channelSnapshot(message, 'Dest');
  if (dest === null) return [];
  const source = channelSnapshot(message);
  if (message.name === 'DialBegin') {
    return [{ type: 'dial.begin', at, source, dest, dialString: text(message, 'DialString') }];
  }
  return [{ type: 'dial.end', at, source, dest, status: text(message, 'DialStatus') }];
}
