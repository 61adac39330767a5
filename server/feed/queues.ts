import type { AmiMessage } from '../ami/types';
import type { CallerInfo, MemberInfo, PbxEvent, QueueInfo } from '../pbx/events';
import type { MemberState } from '../protocol/records';
import { channelSnapshot } from './snapshots';
import { decimal, flag, integer, text } from './values';

/** enum ast_device_state (include/asterisk/devicestate.h), as `Status` of a member. */
const MEMBER_STATES: readonly MemberState[] = [
  'unknown',
  'idle',
  'inUse',
  'busy',
  'invalid',
  'unavailable',
  'ringing',
  'ringInUse',
  'onHold',
];

/** app_queue prints `unknown` for a caller without an id (QueueEntry), snapshots print `<unknown>`. */
function callerText(value: string): string {
  return value === 'unknown' ? '' : value;
}

/**
 * A member of an event (MemberName, Interface) or of QueueStatus (Name, Location). `skewMs` is added to the PBX's own
 * times. LastPause exists from 14 on; Asterisk 13 gives null.
 */
export function memberInfo(message: AmiMessage, skewMs: number): MemberInfo | null {
  const iface = text(message, 'Interface', 'Location');
  if (iface === '') return null;
  const paused = flag(message, 'Paused');
  const lastPause = integer(message, 'LastPause', { max: 4_102_444_800 });
  const lastCall = integer(message, 'LastCall', { max: 4_102_444_800 });
  return {
    interface: iface,
    stateInterface: text(message, 'StateInterface') || iface,
    name: text(message, 'MemberName', 'Name') || iface,
    state: MEMBER_STATES[integer(message, 'Status', { max: 8 })] ?? 'unknown',
    paused,
    pausedReason: paused ? text(message, 'PausedReason') || text(message, 'Reason') : '',
    pausedSince: paused && lastPause > 0 ? lastPause * 1000 + skewMs : null,
    penalty: integer(message, 'Penalty'),
    callsTaken: integer(message, 'CallsTaken'),
    lastCall: lastCall > 0 ? lastCall * 1000 + skewMs : null,
    membership: text(message, 'Membership'),
    inCall: message.get('InCall') === undefined ? null : flag(message, 'InCall'),
  };
}

/** QueueParams of QueueStatus. */
export function queueInfo(message: AmiMessage): QueueInfo | null {
  const name = text(message, 'Queue');
  if (name === '') return null;
  return {
    name,
    strategy: text(message, 'Strategy'),
    completed: integer(message, 'Completed'),
    abandoned: integer(message, 'Abandoned'),
    serviceLevel: integer(message, 'ServiceLevel'),
    serviceLevelPerf: decimal(message, 'ServicelevelPerf', 100),
  };
}

/** QueueEntry of QueueStatus, QueueCallerJoin. `Wait` is relative, so no clock of the PBX is needed. */
export function callerInfo(message: AmiMessage, at: number): CallerInfo | null {
  const uniqueid = text(message, 'Uniqueid');
  if (uniqueid === '') return null;
  return {
    uniqueid,
    number: callerText(text(message, 'CallerIDNum')),
    name: callerText(text(message, 'CallerIDName')),
    position: integer(message, 'Position', { min: 1, or: 1, max: 1_000_000 }),
    waitingSince: at - integer(message, 'Wait', { max: 31_536_000 }) * 1000,
  };
}

/** QueueMember…, QueueCaller…, AgentConnect, AgentComplete (apps/app_queue.c). */
export function queueEvents(message: AmiMessage, at: number, skewMs = 0): PbxEvent[] {
  const queue = text(message, 'Queue');
  if (queue === '') return [];
  if (message.name.startsWith('QueueMember')) return memberEvents(message, at, queue, skewMs);
  if (message.name.startsWith('Agent')) return agentEvents(message, at, queue);
  const caller = callerInfo(message, at);
  if (caller === null) return [];
  switch (message.name) {
    case 'QueueCallerJoin':
      return [{ type: 'queue.join', at, queue, caller: { ...caller, waitingSince: at } }];
    case 'QueueCallerLeave':
      return [{ type: 'queue.leave', at, queue, uniqueid: caller.uniqueid, position: caller.position }];
    default:
      return [{ type: 'queue.abandon', at, queue, uniqueid: caller.uniqueid }];
  }
}

function memberEvents(message: AmiMessage, at: number, queue: string, skewMs: number): PbxEvent[] {
  const member = memberInfo(message, skewMs);
  if (member === null) return [];
  if (message.name === 'QueueMemberRemoved') {
    return [{ type: 'queue.member.gone', at, queue, interface: member.interface }];
  }
  // Any other word of a member the model does not know comes late, after its removal.
  if (message.name === 'QueueMemberAdded') return [{ type: 'queue.member', at, queue, member, added: true }];
  return [{ type: 'queue.member', at, queue, member }];
}

function agentEvents(message: AmiMessage, at: number, queue: string): PbxEvent[] {
  const caller = channelSnapshot(message);
  const memberInterface = text(message, 'Interface');
  if (caller === null || memberInterface === '') return [];
  const memberUniqueid = text(message, 'DestUniqueid');
  const type = message.name === 'AgentConnect' ? 'queue.connect' : 'queue.complete';
  return [{ type, at, queue, uniqueid: caller.uniqueid, memberInterface, memberUniqueid }];
}
