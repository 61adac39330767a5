import type { AmiMessage } from '../ami/types';
import type { BridgeInfo, ListEvent, ListedChannel, PbxEvent } from '../pbx/events';
import { type Access, inParallel } from './access';
import type { KnownChannel } from './channelBook';
import { bridgeInfo, channelSnapshot } from './snapshots';
import { clockDuration, epochSeconds, text } from './values';

export type ListedChannels = Extract<ListEvent, { type: 'list.channels' }>;

const ANSWER_CONCURRENCY = 8;
/** Each channel found up costs one Getvar; beyond this a talk timer starts at the first read instead. */
const ANSWER_LIMIT = 2_000;
const SURVIVOR_LIMIT = 200;

function listedChannel(
  item: AmiMessage,
  at: number,
  skewMs: number,
  answers: ReadonlyMap<string, number>,
): ListedChannel | null {
  const channel = channelSnapshot(item);
  if (channel === null) return null;
  return {
    ...channel,
    bridgeId: text(item, 'BridgeId') || null,
    application: text(item, 'Application'),
    applicationData: text(item, 'ApplicationData'),
    createdAt: createdAt(channel.uniqueid, clockDuration(text(item, 'Duration')) ?? 0, at, skewMs),
    answeredAt: answers.get(channel.uniqueid) ?? null,
  };
}

/**
 * `Duration` is relative to the list, so the PBX's clock does not matter, but whole seconds, cut off. The uniqueid names
 * the second of the PBX's clock in which the channel was made. Where the two agree, the middle of what both allow is the
 * better guess.
 */
export function createdAt(uniqueid: string, durationMs: number, at: number, skewMs: number): number {
  const second = epochSeconds(/(?:^|-)(\d{9,11})\.\d+$/.exec(uniqueid)?.[1]);
  const latest = at - durationMs;
  if (second === null) return latest;
  const from = Math.max(second + skewMs, latest - 1_000);
  const to = Math.min(second + skewMs + 1_000, latest);
  return from <= to ? Math.round((from + to) / 2) : latest;
}

/** BridgeList and CoreShowChannels, sent together so that nothing but a few events lies between the two. */
export async function readChannels(
  access: Access,
  now: () => number,
  skewMs: number,
  repair: boolean,
  answers: ReadonlyMap<string, number>,
): Promise<ListedChannels | null> {
  const [bridgeItems, channelItems] = await Promise.all([access.list('BridgeList'), access.list('CoreShowChannels')]);
  if (channelItems === null) return null;
  const at = now();
  const channels = channelItems.flatMap((item) => listedChannel(item, at, skewMs, answers) ?? []);
  const bridges = new Map<string, BridgeInfo>();
  for (const item of bridgeItems ?? []) {
    const bridge = bridgeInfo(item);
    if (bridge !== null) bridges.set(bridge.id, bridge);
  }
  // Without BridgeList, or for a bridge younger than it: the channels still tell who is together.
  for (const { bridgeId } of channels) {
    if (bridgeId !== null && !bridges.has(bridgeId)) {
      bridges.set(bridgeId, { id: bridgeId, type: '', technology: '', creator: '', name: '' });
    }
  }
  return { type: 'list.channels', at, repair, channels, bridges: [...bridges.values()] };
}

/**
 * Channels that a list lacks because a forged caller id cut its items, yet are alive: asked one by one with an answer
 * that holds nothing a caller could write.
 */
export async function readSurvivors(access: Access, missing: readonly KnownChannel[]): Promise<ListedChannel[]> {
  const alive: ListedChannel[] = [];
  await inParallel(missing.slice(0, SURVIVOR_LIMIT), ANSWER_CONCURRENCY, async ({ channel, bridgeId, since }) => {
    if (access.outcome('Getvar') === 'denied') return;
    const answer = await access.ask('Getvar', { Channel: channel.name, Variable: 'CHANNEL(uniqueid)' });
    if (answer === null || text(answer, 'Value') !== channel.uniqueid) return;
    alive.push({ ...channel, bridgeId, application: '', applicationData: '', createdAt: since, answeredAt: null });
  });
  return alive;
}

/**
 * When the channels that are up were answered, by uniqueid, epoch ms of our clock: from their CDR, and for a leg without
 * one of its own (a dialled phone) from the leg it is bridged with. Empty where Getvar is refused or CDR is off.
 */
export async function readAnswers(
  access: Access,
  skewMs: number,
  now: number,
  channels: readonly ListedChannel[],
): Promise<Map<string, number>> {
  const answers = new Map<string, number>();
  const up = channels.filter((channel) => channel.state === 'up' && !channel.name.startsWith('Local/'));
  await inParallel(up.slice(0, ANSWER_LIMIT), ANSWER_CONCURRENCY, async ({ name, uniqueid, createdAt }) => {
    if (access.outcome('Getvar') === 'denied') return;
    const answer = await access.ask('Getvar', { Channel: name, Variable: 'CDR(answer,u)' });
    const epoch = epochSeconds(answer?.get('Value'));
    if (epoch === null) return;
    // createdAt is whole seconds, so an answer may seem to come up to one second before it.
    const at = epoch + skewMs;
    if (at >= createdAt - 1_500 && at <= now + 1_500) answers.set(uniqueid, Math.min(at, now));
  });
  const byBridge = new Map<string, number>();
  for (const { uniqueid, bridgeId } of channels) {
    const answered = answers.get(uniqueid);
    if (bridgeId !== null && answered !== undefined)
      byBridge.set(bridgeId, Math.max(answered, byBridge.get(bridgeId) ?? 0));
  }
  for (const { uniqueid, bridgeId, createdAt } of up) {
    const answered = bridgeId === null ? undefined : byBridge.get(bridgeId);
    if (answered !== undefined && !answers.has(uniqueid)) answers.set(uniqueid, Math.max(answered, createdAt));
  }
  return answers;
}

/** The dialled number of trunk channels at the first read: FreePBX keeps it in FROM_DID, inherited along the call. */
export async function readDids(
  access: Access,
  channels: readonly ListedChannel[],
  isTrunk: (channelName: string) => boolean,
  at: () => number,
): Promise<PbxEvent[]> {
  const events: PbxEvent[] = [];
  const inbound = channels.filter((channel) => isTrunk(channel.name)).slice(0, ANSWER_LIMIT);
  await inParallel(inbound, ANSWER_CONCURRENCY, async ({ name, uniqueid }) => {
    if (access.outcome('Getvar') === 'denied') return;
    const answer = await access.ask('Getvar', { Channel: name, Variable: 'FROM_DID' });
    const did = answer === null ? '' : text(answer, 'Value');
    if (isDid(did)) events.push({ type: 'did', at: at(), uniqueid, did });
  });
  return events;
}

/** A dialled number, not one of the dialplan's own extensions (`s`, `h`, `i`, `t` …). */
export function isDid(exten: string): boolean {
  return /^\+?[0-9*#][0-9*#().-]{1,31}$/.test(exten);
}
