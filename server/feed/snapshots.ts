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
  const names = headersOf(prefix);
  const uniqueid = text(message, names.uniqueid);
  const name = text(message, names.channel);
  if (uniqueid === '' || name === '') return null;
  return {
    uniqueid,
    linkedid: text(message, names.linkedid) || uniqueid,
    name,
    state: channelState(text(message, names.state)),
    caller: { number: text(message, names.callerNumber), name: text(message, names.callerName) },
    connected: { number: text(message, names.connectedNumber), name: text(message, names.connectedName) },
    exten: text(message, names.exten),
    context: text(message, names.context),
    accountCode: text(message, names.accountCode),
  };
}

/** The header names of a snapshot; put together once per prefix, not once per event. */
function namesFor(prefix: string) {
  return {
    uniqueid: `${prefix}Uniqueid`,
    channel: `${prefix}Channel`,
    linkedid: `${prefix}Linkedid`,
    state: `${prefix}ChannelState`,
    callerNumber: `${prefix}CallerIDNum`,
    callerName: `${prefix}CallerIDName`,
    connectedNumber: `${prefix}ConnectedLineNum`,
    connectedName: `${prefix}ConnectedLineName`,
    exten: `${prefix}Exten`,
    context: `${prefix}Context`,
    accountCode: `${prefix}AccountCode`,
  } as const;
}

/** Prefixes come from our own code alone: a dozen. */
const byPrefix = new Map<string, ReturnType<typeof namesFor>>();

function headersOf(prefix: string): ReturnType<typeof namesFor> {
  const known = byPrefix.get(prefix);
  if (known !== undefined) return known;
  const names = namesFor(prefix);
  byPrefix.set(prefix, names);
  return names;
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
