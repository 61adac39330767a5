import type { AmiMessage } from '../ami/types';
import type { PbxEvent } from '../pbx/events';
import { bridgeEvents } from './bridges';
import { channelEvents } from './channels';
import { conferenceEvents } from './conferences';
import { deviceEvents } from './devices';
import { dialEvents } from './dial';
import { parkingEvents } from './parking';
import { presenceEvents } from './presence';
import { queueEvents } from './queues';
import { transferEvents } from './transfers';
import { voicemailEvents } from './voicemail';

/** Pure: a block and its time in epoch ms; `skewMs` is added to the PBX's own times. [] when a header is wanting. */
export type Translator = (message: AmiMessage, at: number, skewMs: number) => PbxEvent[];

const byDomain: readonly (readonly [Translator, readonly string[]])[] = [
  [
    channelEvents,
    ['Newchannel', 'Newstate', 'NewCallerid', 'NewConnectedLine', 'NewAccountCode', 'Hangup', 'Hold', 'Unhold'],
  ],
  [channelEvents, ['LocalBridge', 'Pickup', 'MixMonitorStart', 'MixMonitorStop']],
  [transferEvents, ['BlindTransfer', 'AttendedTransfer']],
  [bridgeEvents, ['BridgeCreate', 'BridgeDestroy', 'BridgeEnter', 'BridgeLeave', 'BridgeMerge']],
  [dialEvents, ['DialBegin', 'DialEnd']],
  [deviceEvents, ['DeviceStateChange']],
  [presenceEvents, ['PresenceStateChange', 'PresenceStatus']],
  [voicemailEvents, ['MessageWaiting']],
  [queueEvents, ['QueueMemberAdded', 'QueueMemberRemoved', 'QueueMemberStatus', 'QueueMemberPause']],
  [queueEvents, ['QueueMemberPaused', 'QueueMemberPenalty', 'QueueMemberRinginuse']],
  [queueEvents, ['QueueCallerJoin', 'QueueCallerLeave', 'QueueCallerAbandon', 'AgentConnect', 'AgentComplete']],
  [parkingEvents, ['ParkedCall', 'UnParkedCall', 'ParkedCallTimeOut', 'ParkedCallGiveUp', 'ParkedCallSwap']],
  [
    conferenceEvents,
    ['Start', 'End', 'Join', 'Leave', 'Mute', 'Unmute', 'Talking', 'Lock', 'Unlock', 'Record', 'StopRecord'].map(
      (word) => `Confbridge${word}`,
    ),
  ],
  [conferenceEvents, ['MeetmeJoin', 'MeetmeLeave', 'MeetmeEnd', 'MeetmeMute', 'MeetmeTalking']],
];

const translators: ReadonlyMap<string, Translator> = new Map(
  byDomain.flatMap(([translator, names]) => names.map((name) => [name, translator] as const)),
);

/** Events that need what the feed knows (directory, books), see feed.ts. */
const statefulEvents = [
  'Rename',
  'ExtensionStatus',
  'UserEvent',
  'PeerStatus',
  'ContactStatus',
  'Registry',
  'FullyBooted',
  'Reload',
  'Load',
  'Unload',
] as const;

/** Everything the feed reads. The parser leaves all other events unparsed (VarSet, Newexten, RTCP… are half a stream). */
export const wantedEvents: ReadonlySet<string> = new Set([...translators.keys(), ...statefulEvents]);

/** The events a block stands for; null when the block's name belongs to no domain. */
export function translate(message: AmiMessage, at: number, skewMs: number): PbxEvent[] | null {
  const translator = translators.get(message.name);
  return translator === undefined ? null : translator(message, at, skewMs);
}
