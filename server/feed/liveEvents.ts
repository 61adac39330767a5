import type { AmiMessage } from '../ami/types';
import type { PbxEvent } from '../pbx/events';
import { deviceState, extensionStatus } from './devices';
import { deviceVerdict, type Trunk } from './directory';
import type { FeatureRefresh } from './featureRefresh';
import { featureMirror } from './features';
import { fop2Report } from './fop2';
import type { Fop2Gate } from './fop2Gate';
import type { PhoneRefresh } from './phoneRefresh';
import { isMaybeCut, isPresentity, presentityNumber } from './presence';
import type { PresenceRefresh } from './presenceRefresh';
import type { Reach } from './reachBook';
import { isDid } from './readChannels';
import type { ResyncRequest } from './reconcile';
import type { FeedState } from './state';
import { translate } from './translate';
import { registryKey, registryOf, trunkState } from './trunks';
import { text } from './values';

export interface LiveDeps {
  readonly state: FeedState;
  readonly features: FeatureRefresh;
  readonly presence: PresenceRefresh;
  readonly phones: PhoneRefresh;
  readonly fop2: Fop2Gate;
  readonly resync: (request: ResyncRequest) => void;
}

/** Events that yield nothing on purpose: they ask for a read, or concern states that are no phone's. */
const SILENT = new Set([
  'ExtensionStatus',
  'DeviceStateChange',
  'PresenceStatus',
  'PresenceStateChange',
  'UserEvent',
  'Reload',
  'Load',
  'Unload',
  'FullyBooted',
  'ContactStatus',
  'PeerStatus',
  'Registry',
  'Rename',
]);

/** An event of this name that makes nothing lacks a header it needs. */
export function isEssential(name: string): boolean {
  return !SILENT.has(name);
}

/** FreePBX and most hand-written dialplans name the context of their carriers so. */
const TRUNK_CONTEXT = /^(?:from-(?:trunk|pstn|did|dahdi|analog)|ext-did)/i;

/**
 * The events of one live block: its domain's translation, completed by what the feed knows. Null: nobody's block.
 * Custom device states, reloads and unknown hints ask for reads instead of making events.
 */
export function liveEvents(deps: LiveDeps, message: AmiMessage, at: number, skewMs: number): PbxEvent[] | null {
  const { state } = deps;
  switch (message.name) {
    case 'Rename':
      return state.channels.rename(message, at);
    case 'ParkedCallSwap':
      return state.parking.swap(translate(message, at, skewMs) ?? []);
    case 'Newchannel':
      return newChannel(state, translate(message, at, skewMs) ?? []);
    case 'Hangup':
      featureCode(deps, text(message, 'Uniqueid'));
      return translate(message, at, skewMs);
    case 'DeviceStateChange':
      return deviceChange(deps, message, at, skewMs);
    case 'ExtensionStatus':
      return extensionChange(deps, message, at);
    case 'PresenceStateChange':
    case 'PresenceStatus':
      return presenceChange(deps, message, translate(message, at, skewMs) ?? []);
    case 'UserEvent':
      return userEvent(deps, message, at);
    case 'PeerStatus':
      deps.phones.peerStatus(message);
      return reachEvents(state, state.reach.peerStatus(message), at);
    case 'ContactStatus':
      deps.phones.contactStatus(message);
      return reachEvents(state, state.reach.contactStatus(message), at);
    case 'Registry':
      return registryChange(deps, message, at);
    case 'Reload':
    case 'FullyBooted':
    case 'Load':
    case 'Unload':
      state.forgetStrangers();
      deps.resync({ scope: 'all', repair: false, reason: `${message.name} ${text(message, 'Module')}`.trim() });
      return [];
    default:
      return translate(message, at, skewMs);
  }
}

/** The first extension of an inbound trunk channel is the number that was dialled. */
function newChannel(state: FeedState, events: PbxEvent[]): PbxEvent[] {
  return events.flatMap((event) => {
    if (event.type !== 'channel' || event.channel.state !== 'ring') return event;
    const { uniqueid, exten, context, name } = event.channel;
    if (!isDid(exten) || !(state.isTrunkChannel(name) || TRUNK_CONTEXT.test(context))) return event;
    return [event, { type: 'did', at: event.at, uniqueid, did: exten }];
  });
}

/** What a feature code (`*90`) wrote to AstDB is there when its call ends; FreePBX lights no lamp for half of them. */
function featureCode({ state, features }: LiveDeps, uniqueid: string): void {
  const known = state.channels.find(uniqueid);
  if (known === undefined || !/^[*#]/.test(known.dialled)) return;
  for (const number of state.ownersOf(known.channel.name)) features.reread(number);
}

function deviceChange({ state, features }: LiveDeps, message: AmiMessage, at: number, skewMs: number): PbxEvent[] {
  const device = text(message, 'Device');
  const mirror = featureMirror(device);
  if (mirror === null) return [...(translate(message, at, skewMs) ?? []), ...trunkDevice(state, device, message, at)];
  const now = deviceState(text(message, 'State'));
  for (const number of mirroredNumbers(state, mirror.owner, mirror.id)) features.changed(mirror, number, now);
  return [];
}

function trunkDevice(state: FeedState, device: string, message: AmiMessage, at: number): PbxEvent[] {
  const trunk = state.directory.trunks.get(device);
  if (trunk?.byDevice !== true) return [];
  const verdict = deviceVerdict(deviceState(text(message, 'State')), trunk.verdict);
  return verdict === trunk.verdict ? [] : trunkEvent(state, { ...trunk, verdict }, at);
}

function trunkEvent(state: FeedState, trunk: Trunk, at: number): PbxEvent[] {
  state.directory = { ...state.directory, trunks: new Map(state.directory.trunks).set(trunk.name, trunk) };
  return [{ type: 'trunk', at, name: trunk.name, state: trunkState(trunk.registration, trunk.verdict) }];
}

function mirroredNumbers(state: FeedState, owner: 'extension' | 'device', id: string): readonly string[] {
  if (owner === 'extension') return [id];
  for (const tech of ['PJSIP', 'SIP', 'IAX2', 'DAHDI']) {
    const numbers = state.directory.owners.get(`${tech}/${id}`);
    if (numbers !== undefined) return numbers;
  }
  return [id];
}

function extensionChange({ state, resync }: LiveDeps, message: AmiMessage, at: number): PbxEvent[] {
  const number = text(message, 'Exten');
  if (number === '') return [];
  if (!state.directory.hintNumbers.has(number)) {
    if (state.isNewStranger(`hint ${number}`)) resync({ scope: 'extensions', repair: false, reason: 'unknown hint' });
    return [];
  }
  const device = state.deviceEvents ? undefined : state.directory.pureHints.get(number);
  return device === undefined ? [] : [{ type: 'device', at, device, state: extensionStatus(message) }];
}

function presenceChange(deps: LiveDeps, message: AmiMessage, events: PbxEvent[]): PbxEvent[] {
  const { directory, presenceEvents } = deps.state;
  const isProvider = message.name === 'PresenceStateChange';
  if (isProvider !== presenceEvents) return [];
  const number = text(message, 'Exten');
  const presentity = isProvider ? text(message, 'Presentity') : (directory.presentityOf.get(number) ?? '');
  const numbers = directory.presentities.get(presentity) ?? [];
  if (isProvider && numbers.length === 0) askWhose(deps, presentity);
  // The words of PresenceStatus are raw: a line break in them leaves no trace, so it only tells that there is news.
  const isDoubtful = !isProvider || isMaybeCut(message) || deps.presence.isReading(presentity);
  const held = events.filter((event) => event.type === 'held');
  if (isDoubtful && held[0] !== undefined && isPresentity(presentity)) {
    deps.presence.changed(presentity, held[0].held);
    return [];
  }
  return isProvider ? held.flatMap((event) => numbers.map((one) => ({ ...event, number: one }))) : held;
}

/** The first state of a provider that no hint names makes it its number's. */
function askWhose({ state, resync }: LiveDeps, presentity: string): void {
  if (!state.directory.numbers.has(presentityNumber(presentity)) || !state.isNewStranger(presentity)) return;
  resync({ scope: 'all', repair: false, reason: 'new presence' });
}

/** Believed a moment later, if at all. */
function userEvent({ fop2 }: LiveDeps, message: AmiMessage, at: number): PbxEvent[] {
  const report = fop2Report(message);
  if (report !== null) fop2.hear(report, at);
  return [];
}

function reachEvents(state: FeedState, reach: Reach | null, at: number): PbxEvent[] {
  if (reach === null) return [];
  const { device, verdict } = reach;
  const trunk = state.directory.trunks.get(device);
  if (trunk === undefined) return [{ type: 'reachable', at, device, reachable: verdict !== 'silent' }];
  return trunkEvent(state, { ...trunk, verdict }, at);
}

function registryChange({ state, resync }: LiveDeps, message: AmiMessage, at: number): PbxEvent[] {
  const registry = registryOf(message);
  if (registry === null) return [];
  const key = registryKey(registry.tech, registry.username, registry.domain);
  const name = state.directory.registries.get(key);
  const trunk = name === undefined ? undefined : state.directory.trunks.get(name);
  if (trunk === undefined) {
    if (state.isNewStranger(key)) resync({ scope: 'extensions', repair: false, reason: 'unknown registration' });
    return [];
  }
  return trunkEvent(state, { ...trunk, registration: registry.state }, at);
}
