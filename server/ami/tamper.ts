/**
 * Structural check of one block: does it have the shape Asterisk itself prints?
 *
 * The danger. Asterisk prints some values raw that a caller chooses: CallerIDNum, ConnectedLineNum, Exten, AccountCode,
 * the Exten inside a Local channel's name (main/manager_channels.c), Subtype and Message of PresenceStatus. A percent-
 * encoded CR LF in an INVITE therefore ends the line, or the block, and what follows is read as blocks of its own.
 * A forged text always has three parts: the real block cut short (B0), forged blocks (F), and the real rest (T), which F
 * may absorb. Asterisk writes the whole event in one go, so nothing genuine stands between B0 and the end of T.
 *
 * The check. A channel snapshot is thirteen lines in a fixed order. After `<P>ChannelState` each next line must be the
 * next of that order with the same prefix, so B0 is caught unless the forger writes the whole rest of the snapshot
 * himself (140 bytes after CallerIDNum; Asterisk cuts a SIP user part and an extension at 79). A forged block that
 * absorbs T is caught by snapshot lines outside a snapshot (`Linkedid`, `Priority`, …) or by a name that repeats. Events
 * that always carry a snapshot must have one, events that Asterisk announces have `Privilege: …,all` second, and list
 * items have an ActionID nobody outside can know. Where it starts, ./parser drops everything until Asterisk has proved
 * with such an ActionID that the forged bytes are over.
 *
 * What remains. A raw value of more than about 250 bytes that completes every shape (chan_iax2 allows 255, chan_sip
 * more; dialplan can set any) cannot be told from the truth by its shape. Neither can a
 * forged block behind a raw LAST header: Message of PresenceStatus, AppData of Newexten, a UserEvent's own headers, Value
 * of Getvar. Hence: Newexten is masked at login, presence is read with base64, ./presenceGuard watches the rest.
 */
import { bytesAre, bytesAreNoCase, type LineTable, scanLine, scanValue } from './lines';
import type { TamperIncident } from './types';

export type TamperReason = TamperIncident['reason'];

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

const OPENER = ascii('ChannelState');
/** What follows `<P>ChannelState`, in Asterisk's order; Language is missing in the first releases of 13. */
const TAIL = [
  ...['ChannelStateDesc', 'CallerIDNum', 'CallerIDName', 'ConnectedLineNum', 'ConnectedLineName', 'Language'],
  ...['AccountCode', 'Context', 'Exten', 'Priority', 'Uniqueid', 'Linkedid'],
].map(ascii);
const LANGUAGE = 5;
const UNIQUEID = 10;
const LINKEDID = ascii('Linkedid');
/** Asterisk prints six at most (AttendedTransfer with two Local channels). */
const MAX_SNAPSHOTS = 8;

/** Headers that no event repeats, and that therefore betray an added line. */
const SINGLE: ReadonlySet<string> = new Set(
  [
    ...['Event', 'Response', 'Privilege', 'ActionID', 'Channel', 'ChannelState', 'ChannelStateDesc', 'CallerIDNum'],
    ...['CallerIDName', 'ConnectedLineNum', 'ConnectedLineName', 'Language', 'AccountCode', 'Context', 'Exten'],
    ...['Priority', 'Uniqueid', 'Linkedid', 'BridgeUniqueid', 'BridgeName', 'BridgeNumChannels', 'Queue', 'Interface'],
    ...['MemberName', 'Paused', 'Device', 'State', 'Hint', 'Status', 'StatusText', 'Subtype', 'Message', 'Mailbox'],
    ...['Conference', 'Cause', 'DialStatus', 'ParkingSpace', 'Parkinglot', 'Position', 'Presentity', 'Peer'],
  ].map((name) => name.toLowerCase()),
);

/** Events that carry a snapshot under each of these prefixes, always (13–23). */
const REQUIRED = new Map<string, readonly string[]>();
for (const name of [
  ...['Newchannel', 'Newstate', 'Hangup', 'Newexten', 'NewCallerid', 'NewConnectedLine', 'NewAccountCode'],
  ...['HangupRequest', 'SoftHangupRequest', 'DTMFBegin', 'DTMFEnd', 'Flash', 'Wink', 'HangupHandlerRun'],
  ...['HangupHandlerPop', 'HangupHandlerPush', 'FAXStatus', 'ReceiveFAX', 'SendFAX', 'MusicOnHoldStart'],
  ...['MusicOnHoldStop', 'MixMonitorStart', 'MixMonitorStop', 'MixMonitorMute', 'MonitorStart', 'MonitorStop'],
  ...['Hold', 'Unhold', 'BridgeEnter', 'BridgeLeave', 'ConfbridgeJoin', 'ConfbridgeLeave', 'ConfbridgeMute'],
  ...['ConfbridgeUnmute', 'ConfbridgeTalking', 'AgentLogin', 'AgentLogoff', 'QueueCallerJoin', 'QueueCallerLeave'],
  ...['QueueCallerAbandon', 'ChannelTalkingStart', 'ChannelTalkingStop', 'CoreShowChannel', 'ConfbridgeList'],
  ...['AGIExecStart', 'AGIExecEnd', 'MeetmeJoin', 'MeetmeLeave', 'Status'],
]) {
  REQUIRED.set(name, ['']);
}
REQUIRED.set('DialBegin', ['Dest']);
REQUIRED.set('DialState', ['Dest']);
REQUIRED.set('DialEnd', ['Dest']);
REQUIRED.set('Pickup', ['', 'Target']);
REQUIRED.set('LocalBridge', ['LocalOne', 'LocalTwo']);
REQUIRED.set('LocalOptimizationBegin', ['LocalOne', 'LocalTwo']);
REQUIRED.set('LocalOptimizationEnd', ['LocalOne', 'LocalTwo']);
REQUIRED.set('BlindTransfer', ['Transferer']);
REQUIRED.set('AttendedTransfer', ['OrigTransferer', 'SecondTransferer']);
REQUIRED.set('ChanSpyStart', ['Spyer', 'Spyee']);
REQUIRED.set('ChanSpyStop', ['Spyer']);
for (const name of ['ParkedCall', 'ParkedCallTimeOut', 'ParkedCallGiveUp', 'UnParkedCall', 'ParkedCallSwap']) {
  REQUIRED.set(name, ['Parkee']);
}

/** Events without a snapshot that print a raw value and then this header; one cut in between lacks it. */
const CLOSING = new Map<string, Buffer>([
  ['PresenceStatus', ascii('message')],
  ['Rename', ascii('uniqueid')],
]);
for (const name of [
  'BridgeCreate',
  'BridgeDestroy',
  'ConfbridgeStart',
  'ConfbridgeEnd',
  'ConfbridgeLock',
  'ConfbridgeUnlock',
]) {
  CLOSING.set(name, ascii('bridgenumchannels'));
}

/** Items of lists only: without an ActionID the block was cut before its end, where Asterisk prints it. */
const LIST_ONLY: ReadonlySet<string> = new Set([
  ...['QueueEntry', 'QueueMember', 'QueueParams', 'CoreShowChannel', 'ConfbridgeList', 'Status'],
  ...['DBGetResponse', 'DBGetTreeResponse'],
]);

/** What is known of an event by its name alone. */
export interface EventShape {
  readonly required: readonly Buffer[];
  readonly closing: Buffer | undefined;
  readonly listOnly: boolean;
  /** Builds for Asterisk's own test suite print any pairs, repeated and with line breaks, under this name. */
  readonly freeText: boolean;
}

export function eventShape(name: string): EventShape {
  return {
    required: (REQUIRED.get(name) ?? []).map(ascii),
    closing: CLOSING.get(name),
    listOnly: LIST_ONLY.has(name),
    freeText: name === 'TestEvent',
  };
}

const ACTION_ID = ascii('actionid');
const USER_EVENT = ascii('userevent');
const PRIVILEGE = ascii('privilege');
const ALL = ascii(',all');
const NONE = ascii('<none>');

/** Scans and checks events, one after the other; the findings stand in its fields until the next `check`. */
export class EventCheck {
  readonly lines: LineTable;
  reason: TamperReason | null = null;
  hasSnapshot = false;
  /** Slot of the ActionID's line in `lines.at`, relative to `lines.base`; -1 when there is none. */
  idSlot = -1;
  /** Asterisk announced it to everybody (`Privilege` second), so it is no list's item. */
  announced = false;
  /** Part of it is a sender's own business (UserEvent), which its header names say nothing about. */
  free = false;
  /** Start and end of the prefix of each snapshot found. */
  readonly #prefixes = new Int32Array(MAX_SNAPSHOTS * 2);
  #found = 0;

  constructor(lines: LineTable) {
    this.lines = lines;
  }

  /** Find the lines of the event in `buffer[start, end)` and its signs of forgery. */
  check(buffer: Buffer, start: number, end: number, shape: EventShape): void {
    const lines = this.lines;
    lines.begin();
    this.reason = null;
    this.hasSnapshot = false;
    this.idSlot = -1;
    this.announced = false;
    this.#found = 0;
    let user = shape.freeText;
    let i = scanLine(buffer, start, end, lines);
    while (i < end && this.reason === null) {
      i = scanLine(buffer, i, end, lines);
      // What a UserEvent carries behind its name is its sender's own business and may look like anything.
      if (user) this.#noteId(buffer);
      else if (this.#line(buffer)) user = true;
      else if (this.#opens(buffer)) i = this.#snapshot(buffer, i, end);
    }
    this.free = user;
    if (this.reason === null) this.#whole(buffer, shape);
  }

  /** Check the line just scanned; true when it is `UserEvent`. */
  #line(buffer: Buffer): boolean {
    const { at, base, count } = this.lines;
    const slot = base + (count - 1) * 4;
    const start = at[slot] as number;
    const nameEnd = at[slot + 1] as number;
    const length = nameEnd - start;
    if (buffer[nameEnd - 8] === 76 && length >= 8 && bytesAre(buffer, nameEnd - 8, LINKEDID)) {
      // The real rest of an event that was cut, taken in by a forged block.
      this.reason = this.hasSnapshot ? 'repeatedHeader' : 'missingChannelTail';
    } else if (length === 5 && bytesAreNoCase(buffer, start, EVENT)) {
      this.reason = 'repeatedHeader';
    } else if (length === 9 && bytesAreNoCase(buffer, start, USER_EVENT)) {
      return true;
    } else if (length === 9 && count === 2 && bytesAreNoCase(buffer, start, PRIVILEGE)) {
      this.announced = true;
    } else if (this.#repeats(buffer, slot, start, length)) {
      this.reason = 'repeatedHeader';
    } else {
      this.#noteId(buffer);
    }
    return false;
  }

  #noteId(buffer: Buffer): void {
    const { at, base, count } = this.lines;
    const slot = base + (count - 1) * 4;
    const start = at[slot] as number;
    if (this.idSlot >= 0 || (at[slot + 1] as number) - start !== 8) return;
    if (bytesAreNoCase(buffer, start, ACTION_ID)) this.idSlot = slot - base;
  }

  /** True when a header that never repeats stood in the block before. */
  #repeats(buffer: Buffer, slot: number, start: number, length: number): boolean {
    const { at, base } = this.lines;
    const first = (buffer[start] as number) | 0x20;
    const last = (buffer[start + length - 1] as number) | 0x20;
    for (let earlier = base; earlier < slot; earlier += 4) {
      const from = at[earlier] as number;
      if ((at[earlier + 1] as number) - from !== length) continue;
      if (((buffer[from] as number) | 0x20) !== first || ((buffer[from + length - 1] as number) | 0x20) !== last)
        continue;
      const name = buffer.toString('latin1', start, start + length).toLowerCase();
      // A long answer repeats its lines by the thousand: one look at a repeatable name is enough.
      if (!SINGLE.has(name)) return false;
      if (buffer.toString('latin1', from, from + length).toLowerCase() === name) return true;
    }
    return false;
  }

  #opens(buffer: Buffer): boolean {
    const { at, base, count } = this.lines;
    const slot = base + (count - 1) * 4;
    const from = (at[slot + 1] as number) - OPENER.length;
    return buffer[from] === 67 && from >= (at[slot] as number) && bytesAre(buffer, from, OPENER);
  }

  /** Walk the snapshot whose opener was just scanned; gives the start of the line after it. */
  #snapshot(buffer: Buffer, from: number, end: number): number {
    const { lines } = this;
    const start = lines.at[lines.base + (lines.count - 1) * 4] as number;
    const prefix = (lines.at[lines.base + (lines.count - 1) * 4 + 1] as number) - OPENER.length - start;
    let i = from;
    for (let step = 0; step < TAIL.length; step++) {
      const want = TAIL[step] as Buffer;
      const nameEnd = i + prefix + want.length;
      // Length, first and last letter tell the twelve names apart; whoever writes those can write the name itself.
      const fits =
        buffer[nameEnd] === 58 && buffer[i + prefix] === want[0] && buffer[nameEnd - 1] === want[want.length - 1];
      if (!fits || !sameBytes(buffer, start, i, prefix)) {
        if (step === LANGUAGE) continue;
        this.reason = 'missingChannelTail';
        return end;
      }
      i = scanValue(buffer, i, nameEnd, nameEnd + 1, end, lines);
      const slot = lines.base + (lines.count - 1) * 4;
      if (step >= UNIQUEID && lines.at[slot + 2] === lines.at[slot + 3]) this.reason = 'missingChannelTail';
    }
    if (this.#hasPrefix(buffer, start, prefix)) this.reason = 'repeatedHeader';
    if (this.#found === MAX_SNAPSHOTS * 2) this.reason = 'repeatedHeader';
    this.#prefixes[this.#found] = start;
    this.#prefixes[this.#found + 1] = start + prefix;
    this.#found += 2;
    this.hasSnapshot = true;
    return i;
  }

  #hasPrefix(buffer: Buffer, start: number, length: number): boolean {
    for (let i = 0; i < this.#found; i += 2) {
      const from = this.#prefixes[i] as number;
      if ((this.#prefixes[i + 1] as number) - from === length && sameBytes(buffer, from, start, length)) return true;
    }
    return false;
  }

  #whole(buffer: Buffer, shape: EventShape): void {
    for (const prefix of shape.required) {
      if (!this.#hasPrefixText(buffer, prefix)) this.reason = 'missingChannelTail';
    }
    if (shape.closing !== undefined && !this.#hasLine(buffer, shape.closing)) this.reason = 'missingChannelTail';
    if (this.idSlot >= 0) return;
    if (shape.listOnly) this.reason = 'missingChannelTail';
    if (this.announced && !this.#isPrivilege(buffer)) this.reason = 'unknownFirstHeader';
  }

  #hasPrefixText(buffer: Buffer, prefix: Buffer): boolean {
    for (let i = 0; i < this.#found; i += 2) {
      const from = this.#prefixes[i] as number;
      if ((this.#prefixes[i + 1] as number) - from === prefix.length && bytesAre(buffer, from, prefix)) return true;
    }
    return false;
  }

  #hasLine(buffer: Buffer, lower: Buffer): boolean {
    const { at, base, count } = this.lines;
    for (let slot = base + 4; slot < base + count * 4; slot += 4) {
      const from = at[slot] as number;
      if ((at[slot + 1] as number) - from === lower.length && bytesAreNoCase(buffer, from, lower)) return true;
    }
    return false;
  }

  /** `Privilege: call,all`; every announced event has one of these ends (authority_to_str in main/manager.c). */
  #isPrivilege(buffer: Buffer): boolean {
    const end = this.lines.at[this.lines.base + 7] as number;
    return bytesAre(buffer, end - ALL.length, ALL) || bytesAre(buffer, end - NONE.length, NONE);
  }
}

const EVENT = ascii('event');

function sameBytes(buffer: Buffer, one: number, other: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (buffer[one + i] !== buffer[other + i]) return false;
  return true;
}
