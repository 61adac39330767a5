import type { AmiMessage } from '../ami/types';
import type { BridgeInfo, ChannelSnapshot } from '../pbx/events';
import type { ChannelState } from '../protocol/records';
import { text } from './values';

/** enum ast_channel_state, include/asterisk/channelstate.h. */
const STATES: readonly ChannelState[] = [
  'down',
  'reserved',
  'offHook',
  'dialing',
  'ring',
  'ringing',
  'up',
  'busy',
  'dialingOffHook',
  'preRing',
];

export function channelState(value: string): ChannelState {
  return /^\d{1,2}$/.test(value) ? (STATES[Number(value)] ?? 'unknown') : 'unknown';
}

/**
 * The channel of a block (ast_manager_build_channel_state_string_prefix, main/manager_channels.c; the same headers in
 * 13–23), or null when it names none. `prefix`: `Dest`, `Parkee`, `OrigTransferer` …
 */
export function channelSnapshot(message: AmiMessage, prefix = ''): ChannelSnapshot | null {
  const uniqueid = text(message, `${prefix}Uniqueid`);
  const name = text(message, `${prefix}Channel`);
  if (uniqueid === '' || name === '') return null;
  return {
    uniqueid,
    linkedid: text(message, `${prefix}Linkedid`) || uniqueid,
    name,
    state: channelState(text(message, `${prefix}ChannelState`)),
    caller: { number: text(message, `${prefix}CallerIDNum`), name: text(message, `${prefix}CallerIDName`) },
    connected: {
      number: text(message, `${prefix}ConnectedLineNum`),
      name: text(message, `${prefix}ConnectedLineName`),
    },
    exten: text(message, `${prefix}Exten`),
    context: text(message, `${prefix}Context`),
    accountCode: text(message, `${prefix}AccountCode`),
  };
}

/** The bridge of a block (ast_manager_build_bridge_state_string_prefix, main/manager_bridges.c), or null. */
export function bridgeInfo(message: AmiMessage, prefix = ''): BridgeInfo | null {
  const id = text(message, `${prefix}BridgeUniqueid`);
  if (id === '') return null;
  return {
    id,
    type: text(message, `${prefix}BridgeType`),
    technology: text(message, `${prefix}BridgeTechnology`),
    creator: text(message, `${prefix}BridgeCreator`),
    name: text(message, `${prefix}BridgeName`),
  };
}
