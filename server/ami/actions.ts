/**
 * The actions the panel uses, each with its fields checked and its traps closed. Errors: those of AmiPort.action; the
 * class an account needs stands at each (any one of the classes named suffices; main/manager.c and its modules).
 */
import { AmiFieldError, AmiRefusedError } from './errors';
import type { AmiCallOptions, AmiMessage, AmiPort } from './types';

/** No class. */
export async function ping(port: AmiPort, options?: AmiCallOptions): Promise<void> {
  await port.action('Ping', {}, options);
}

/** `CoreShowChannel` items: the whole snapshot, Application, ApplicationData, Duration, BridgeId. Class: reporting, system. */
export function coreShowChannels(port: AmiPort, options?: AmiCallOptions): AsyncIterable<AmiMessage> {
  return port.list('CoreShowChannels', {}, options);
}

/** The value of `family/key`, or null when there is none. Class: reporting, system. */
export async function dbGet(
  port: AmiPort,
  family: string,
  key: string,
  options?: AmiCallOptions,
): Promise<string | null> {
  try {
    // The value comes as an event behind the answer; releases of 13 send no end of the list.
    for await (const item of port.list(
      'DBGet',
      { Family: notEmpty('Family', family), Key: notEmpty('Key', key) },
      options,
    )) {
      if (item.name === 'DBGetResponse') return item.get('Val') ?? '';
    }
    return null;
  } catch (error) {
    if (error instanceof AmiRefusedError && /not found/i.test(error.reason)) return null;
    throw error;
  }
}

/** Class: system. */
export async function dbPut(port: AmiPort, family: string, key: string, value: string): Promise<void> {
  await port.action('DBPut', { Family: notEmpty('Family', family), Key: notEmpty('Key', key), Val: value });
}

/**
 * True when there was something to delete. Class: system, and reporting to tell a missing entry from a failure: Asterisk
 * has the same words for both ("Database entry could not be deleted").
 */
export async function dbDel(port: AmiPort, family: string, key: string): Promise<boolean> {
  try {
    await port.action('DBDel', { Family: notEmpty('Family', family), Key: notEmpty('Key', key) });
    return true;
  } catch (error) {
    if (!(error instanceof AmiRefusedError) || isPermissionDenied(error)) throw error;
    if ((await dbGet(port, family, key)) === null) return false;
    throw error;
  }
}

export interface DbEntry {
  /** The whole path, "/DND/101". */
  readonly path: string;
  /** The last part, "101". */
  readonly key: string;
  readonly value: string;
}

/**
 * Every entry below `family` (and `key`). Class: reporting, system. DBGetTree came in 16.28, 18.14, 19.6 and 20: older ones
 * refuse it with "Invalid/unknown command" — `isUnknownAction` tells — and the caller reads key by key.
 */
export async function dbGetTree(
  port: AmiPort,
  family: string,
  key?: string,
  options?: AmiCallOptions,
): Promise<DbEntry[]> {
  const entries: DbEntry[] = [];
  for await (const item of port.list('DBGetTree', { Family: family, Key: key }, options)) {
    const path = item.get('Key');
    if (item.name !== 'DBGetTreeResponse' || path === undefined) continue;
    entries.push({ path, key: path.slice(path.lastIndexOf('/') + 1), value: item.get('Val') ?? '' });
  }
  return entries;
}

/** True when this release, or its loaded modules, do not know the action at all. */
export function isUnknownAction(error: unknown): boolean {
  return error instanceof AmiRefusedError && /^invalid\/unknown command/i.test(error.reason);
}

/** True when the account lacks the class. */
export function isPermissionDenied(error: unknown): boolean {
  return error instanceof AmiRefusedError && /permission denied/i.test(error.reason);
}

/** True when the channel, call or slot has already gone: a normal answer. */
export function isAlreadyGone(error: unknown): boolean {
  return error instanceof AmiRefusedError && /no such channel|not found|does not exist|no channel/i.test(error.reason);
}

/**
 * A variable or function: `DEVICE_STATE(Custom:DND101)`. Class: call (a global one: reporting too). The answer is printed
 * raw: never read with it a text that callers or other users choose, unless the function encodes it (PRESENCE_STATE's `e`).
 */
export async function getVar(port: AmiPort, variable: string, channel?: string): Promise<string> {
  const answer = await port.action('Getvar', { Channel: channel && oneChannel(channel), Variable: variable });
  return answer.get('Value') ?? '';
}

/** Set a variable or function, of a channel when given. Class: call. */
export async function setVar(port: AmiPort, variable: string, value: string, channel?: string): Promise<void> {
  await port.action('Setvar', { Channel: channel && oneChannel(channel), Variable: variable, Value: value });
}

export interface OriginateRequest {
  /** Dial string, "PJSIP/101". */
  readonly channel: string;
  readonly target:
    | { readonly context: string; readonly exten: string; readonly priority?: number }
    | { readonly application: string; readonly data: string };
  /** Uniqueid of the new channel, chosen by the caller so that its events can be told from others. */
  readonly uniqueid: string;
  /** Uniqueid of the second half when `channel` is a Local channel. */
  readonly otherUniqueid?: string;
  readonly callerId?: string;
  /** Milliseconds to ring; default 30,000. */
  readonly timeoutMs?: number;
  /** "NAME=value" each. */
  readonly variables?: readonly string[];
}

/**
 * Class: originate. Always `Async: true`: a synchronous one freezes every event of the session until it returns. Resolves
 * when Asterisk has accepted it; what becomes of it is told by `OriginateResponse` and the channel's events.
 */
export async function originate(port: AmiPort, request: OriginateRequest): Promise<void> {
  const { target } = request;
  await port.action('Originate', {
    Channel: notEmpty('Channel', request.channel),
    ...('application' in target
      ? { Application: target.application, Data: target.data }
      : { Context: target.context, Exten: target.exten, Priority: target.priority ?? 1 }),
    Async: true,
    ChannelId: notEmpty('ChannelId', request.uniqueid),
    OtherChannelId: request.otherUniqueid,
    CallerID: request.callerId,
    Timeout: request.timeoutMs ?? 30_000,
    Variable: request.variables,
  });
}

/** Hang up one channel, by Uniqueid or name. Class: call, system. */
export async function hangup(port: AmiPort, channel: string, cause?: number): Promise<void> {
  await port.action('Hangup', { Channel: oneChannel(channel), Cause: cause });
}

/** Send a channel (and with it `extra`) elsewhere. Class: call. */
export async function redirect(
  port: AmiPort,
  channel: string,
  to: { readonly context: string; readonly exten: string; readonly priority?: number },
): Promise<void> {
  await port.action('Redirect', {
    Channel: oneChannel(channel),
    Context: notEmpty('Context', to.context),
    Exten: notEmpty('Exten', to.exten),
    Priority: to.priority ?? 1,
  });
}

/** Tell every AMI client something. Class: user. */
export async function userEvent(port: AmiPort, name: string, headers: Readonly<Record<string, string>>): Promise<void> {
  await port.action('UserEvent', { UserEvent: notEmpty('UserEvent', name), ...headers });
}

/** `Channel: /regex/` acts on every channel that matches (main/manager.c): only one channel may be named here. */
export function oneChannel(channel: string): string {
  if (channel.trimStart().startsWith('/')) throw new AmiFieldError('Channel', 'must name one channel');
  return notEmpty('Channel', channel);
}

export function notEmpty(field: string, value: string): string {
  if (value.trim() === '') throw new AmiFieldError(field, 'is empty');
  return value;
}
