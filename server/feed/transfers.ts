import type { AmiMessage } from '../ami/types';
import type { PbxEvent } from '../pbx/events';
import { channelSnapshot } from './snapshots';
import { text } from './values';

/** BlindTransfer, AttendedTransfer (main/stasis_bridges.c). `Result` is Success, Fail, Invalid or Not Permitted. */
export function transferEvents(message: AmiMessage, at: number): PbxEvent[] {
  const ok = text(message, 'Result').toLowerCase() === 'success';
  const transferee = channelSnapshot(message, 'Transferee');
  if (message.name === 'BlindTransfer') {
    const transferer = channelSnapshot(message, 'Transferer');
    if (transferer === null) return [];
    const exten = text(message, 'Extension');
    return [
      { type: 'transfer.blind', at, transferer, transferee, bridgeId: text(message, 'BridgeUniqueid'), exten, ok },
    ];
  }
  const original = channelSnapshot(message, 'OrigTransferer');
  const consult = channelSnapshot(message, 'SecondTransferer');
  if (original === null || consult === null) return [];
  const target = channelSnapshot(message, 'TransferTarget');
  return [{ type: 'transfer.attended', at, original, consult, transferee, target, ok }, ...linkPair(message, at)];
}

/** `DestType: Link` joins the two bridges with a new Local channel, told nowhere else in the event stream. */
function linkPair(message: AmiMessage, at: number): PbxEvent[] {
  const one = channelSnapshot(message, 'LocalOne');
  const two = channelSnapshot(message, 'LocalTwo');
  return one === null || two === null ? [] : [{ type: 'local.pair', at, one, two }];
}
