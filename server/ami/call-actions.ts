/**
 * Actions on calls, queues and rooms, each with its traps closed as in actions.ts. Class: call, unless another stands
 * there (main/manager.c, res/res_parking, apps/app_queue.c, app_confbridge.c, app_mixmonitor.c).
 */
import { getVar, isPermissionDenied, isUnknownAction, notEmpty, oneChannel } from './actions';
import { AmiFieldError, AmiRefusedError } from './errors';
import type { AmiPort } from './types';

/** `unknown`: it cannot be told (no class, an old release, a realtime switch). */
export type InDialplan = 'there' | 'absent' | 'unknown';

/** Whether the dialplan has this extension, looking through includes and patterns. Class: config, reporting. */
export async function lookUp(port: AmiPort, context: string, exten: string): Promise<InDialplan> {
  let found: InDialplan = 'absent';
  try {
    for await (const item of port.list('ShowDialPlan', { Context: context, Extension: exten })) {
      if (item.get('Extension') !== undefined && item.get('Priority') !== 'hint') return 'there';
      if (item.get('Switch') !== undefined) found = 'unknown';
    }
    return found;
  } catch (error) {
    if (!(error instanceof AmiRefusedError)) throw error;
    return isPermissionDenied(error) || isUnknownAction(error) ? 'unknown' : 'absent';
  }
}

/**
 * Whether a channel may be sent there. Redirect does not look: who is sent where there is nothing is hung up. True as well
 * where it cannot be told. Class: config, reporting.
 */
export async function hasExtension(port: AmiPort, context: string, exten: string): Promise<boolean> {
  return (await lookUp(port, context, exten)) !== 'absent';
}

/** Steps that lead on to others, which a look at one extension does not show. */
const leadsOn = /^(?:Goto|GotoIf|GotoIfTime|Gosub|GosubIf|Macro|MacroIf|ExecIf|Lua|AGI|FastAGI|Stasis)$/i;
const conferenceRoom = /^(?:ConfBridge|MeetMe)$/i;
/** How FreePBX marks its rooms, which lead on as everything of it does: the hint, `MEETME_ROOMNUM`, `STARTMEETME`. */
const roomHint = /^(?:confbridge|meetme):/i;
const roomMark = /MEETME/;

/**
 * Whether the extension is a conference room, or leads on to where one may be. A pattern that leads on is no room: ways to
 * the outside look so, and whoever is sent there would call. So may one that is written out (a misc application, DISA):
 * unless it is `dialable` by the rules anyway, it has to be marked as a room. Only what is listed first is where a call
 * would go; the same extension in what is included behind it is never reached. False where it cannot be told. Class:
 * config, reporting.
 */
export async function mayLeadToRoom(
  port: AmiPort,
  context: string,
  exten: string,
  dialable: boolean,
): Promise<boolean> {
  let within = '';
  let first: string | undefined;
  let isRoom = false;
  let marked = dialable;
  let goesOn = false;
  try {
    // To its end, even when it is found: the rest of the list would come in between other answers.
    for await (const item of port.list('ShowDialPlan', { Context: context, Extension: exten })) {
      within = item.get('Extension') ?? within;
      const application = item.get('Application');
      if (application === undefined) continue;
      if (item.get('Priority') === 'hint') {
        marked ||= within === exten && roomHint.test(application);
        continue;
      }
      const place = `${within}@${item.get('Context') ?? ''}`;
      first ??= place;
      if (place !== first) continue;
      isRoom ||= conferenceRoom.test(application);
      marked ||= roomMark.test(item.get('AppData') ?? '');
      goesOn ||= within === exten && leadsOn.test(application);
    }
    return isRoom || (marked && goesOn);
  } catch (error) {
    if (!(error instanceof AmiRefusedError)) throw error;
    return false;
  }
}

/** Park one leg. `returnTo`: the name of the channel that it talks to, which hears the space and is called when the time is over. */
export async function park(port: AmiPort, channel: string, returnTo?: string, lot?: string): Promise<void> {
  await port.action('Park', {
    Channel: oneChannel(channel),
    TimeoutChannel: returnTo && oneChannel(returnTo),
    Parkinglot: lot,
  });
}

/** Play one digit to the phone of this channel. Asterisk does nothing else for this session while it sounds (100 ms). */
export async function playDtmf(port: AmiPort, channel: string, digit: string): Promise<void> {
  await port.action('PlayDTMF', { Channel: oneChannel(channel), Digit: notEmpty('Digit', digit) });
}

/** Where MixMonitor leaves the id of the panel's own recording, so that no other is ended with it. */
const recordingVariable = 'CORDBOARD_RECORDING';

/** The id of the recording that `startRecording` began on this channel; empty: none. */
export function recordingOf(port: AmiPort, channel: string): Promise<string> {
  return getVar(port, recordingVariable, channel);
}

/** Record what both sides say into `file`, below the PBX's folder for recordings. Class: system. */
export async function startRecording(port: AmiPort, channel: string, file: string): Promise<void> {
  // Never `Command:`, which MixMonitor would run in a shell.
  await port.action('MixMonitor', {
    Channel: oneChannel(channel),
    File: notEmpty('File', file),
    Options: `i(${recordingVariable})`,
  });
}

/** Class: call, system. */
export async function stopRecording(port: AmiPort, channel: string, id: string): Promise<void> {
  await port.action('StopMixMonitor', { Channel: oneChannel(channel), MixMonitorID: notEmpty('MixMonitorID', id) });
  await port.action('Setvar', { Channel: oneChannel(channel), Variable: recordingVariable, Value: '' });
}

export interface NewMember {
  readonly interface: string;
  readonly stateInterface?: string;
  readonly name?: string;
  readonly penalty?: number;
}

/** Class: agent. */
export async function queueAdd(port: AmiPort, queue: string, member: NewMember): Promise<void> {
  await port.action('QueueAdd', {
    Queue: notEmpty('Queue', queue),
    Interface: notEmpty('Interface', member.interface),
    StateInterface: member.stateInterface,
    MemberName: member.name,
    Penalty: member.penalty,
  });
}

/** Class: agent. */
export async function queueRemove(port: AmiPort, queue: string, memberInterface: string): Promise<void> {
  const Interface = notEmpty('Interface', memberInterface);
  await port.action('QueueRemove', { Queue: notEmpty('Queue', queue), Interface });
}

/** Without a queue Asterisk would pause the member in all. Class: agent. */
export async function queuePause(
  port: AmiPort,
  queue: string,
  memberInterface: string,
  paused: boolean,
  reason?: string,
): Promise<void> {
  await port.action('QueuePause', {
    Queue: notEmpty('Queue', queue),
    Interface: notEmpty('Interface', memberInterface),
    Paused: paused,
    Reason: reason,
  });
}

/** Without a queue Asterisk would set it in all. Class: agent. */
export async function queuePenalty(
  port: AmiPort,
  queue: string,
  memberInterface: string,
  penalty: number,
): Promise<void> {
  await port.action('QueuePenalty', {
    Queue: notEmpty('Queue', queue),
    Interface: notEmpty('Interface', memberInterface),
    Penalty: penalty,
  });
}

/** `channel` is a name: ConfBridge knows no Uniqueids. Class: call. */
export async function confbridgeMute(port: AmiPort, conference: string, channel: string, on: boolean): Promise<void> {
  await port.action(on ? 'ConfbridgeMute' : 'ConfbridgeUnmute', participant(conference, channel));
}

/** `channel` is a name, as above. */
export async function confbridgeKick(port: AmiPort, conference: string, channel: string): Promise<void> {
  await port.action('ConfbridgeKick', participant(conference, channel));
}

export async function confbridgeLock(port: AmiPort, conference: string, on: boolean): Promise<void> {
  await port.action(on ? 'ConfbridgeLock' : 'ConfbridgeUnlock', { Conference: notEmpty('Conference', conference) });
}

export interface Place {
  readonly context: string;
  readonly exten: string;
}

/** Send two channels at once, so that neither ends because the other left. Class: call. */
export async function redirectBoth(
  port: AmiPort,
  [channel, to]: readonly [string, Place],
  [extra, extraTo]: readonly [string, Place],
): Promise<void> {
  await port.action('Redirect', {
    Channel: oneChannel(channel),
    ExtraChannel: oneChannel(extra),
    Context: notEmpty('Context', to.context),
    ExtraContext: notEmpty('ExtraContext', extraTo.context),
    Exten: notEmpty('Exten', to.exten),
    ExtraExten: notEmpty('ExtraExten', extraTo.exten),
    Priority: 1,
    ExtraPriority: 1,
  });
}

/**
 * Connect two channels wherever they are; afterwards each goes on in the dialplan behind where it was. By whole names:
 * Asterisk takes the first channel whose name or Uniqueid *begins* so, and `….1` begins `….10`. Class: call.
 */
export async function bridge(port: AmiPort, one: string, two: string): Promise<void> {
  await port.action('Bridge', { Channel1: channelName('Channel1', one), Channel2: channelName('Channel2', two) });
}

function channelName(field: string, name: string): string {
  if (!name.includes('/')) throw new AmiFieldError(field, 'must be the name of a channel');
  return oneChannel(name);
}

/** The application that runs on a channel now, e.g. `VoiceMail`; empty: none. Class: system, call, reporting. */
export async function applicationOf(port: AmiPort, channel: string): Promise<string> {
  for await (const item of port.list('Status', { Channel: oneChannel(channel) })) {
    if (item.name === 'Status') return item.get('Application') ?? '';
  }
  return '';
}

function participant(Conference: string, channel: string) {
  // `all` and `participants` stand for everybody; the name of a channel has a slash.
  if (!channel.includes('/')) throw new AmiFieldError('Channel', 'must name one channel');
  return { Conference: notEmpty('Conference', Conference), Channel: oneChannel(channel) };
}
