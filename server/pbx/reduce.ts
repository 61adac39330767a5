import * as bridges from './bridges';
import { reduceApplication, reduceChannel, reduceDid, reduceRecording } from './channels';
import * as conferences from './conferences';
import { clearConfigured, reduceConfigured } from './configured';
import * as devices from './devices';
import * as dials from './dials';
import type { PbxEvent } from './events';
import * as extensions from './extensions';
import type { World } from './facts';
import * as features from './features';
import { reduceGone } from './gone';
import { reduceLink, reduceOutside } from './link';
import * as parking from './parking';
import * as queues from './queues';
import { listChannels } from './restore';
import { listRingGroups } from './ring-groups';
import * as transfers from './transfers';
import * as trunks from './trunks';
import * as voicemail from './voicemail';

type EventOf<T extends PbxEvent['type']> = Extract<PbxEvent, { readonly type: T }>;
type Reducers = { readonly [T in PbxEvent['type']]: (world: World, event: EventOf<T>, pbxId: string) => void };

/** Where each event belongs; a reducer changes facts and marks what to derive again. */
const reducers: Reducers = {
  channel: (world, { cause, channel }) => reduceChannel(world, cause, channel),
  'channel.gone': (world, { uniqueid }) => reduceGone(world, uniqueid),
  'dial.begin': (world, { source, dest }) => dials.reduceDialBegin(world, source, dest),
  'dial.end': (world, { source, dest, status }) => dials.reduceDialEnd(world, source, dest, status),
  bridge: (world, { bridge }) => bridges.reduceBridge(world, bridge),
  'bridge.gone': (world, { bridgeId }) => bridges.reduceBridgeGone(world, bridgeId),
  'bridge.enter': (world, { bridge, channel, swapWith }) => bridges.reduceEnter(world, bridge, channel, swapWith),
  'bridge.leave': (world, { bridgeId, channel }) => bridges.reduceLeave(world, bridgeId, channel),
  'bridge.merge': (world, { into, from }) => bridges.reduceMerge(world, into, from),
  hold: (world, { channel }) => dials.reduceHold(world, channel, true),
  unhold: (world, { channel }) => dials.reduceHold(world, channel, false),
  'local.pair': (world, { one, two }) => dials.reduceLocalPair(world, one, two),
  'transfer.blind': dials.reduceBlindTransfer,
  'transfer.attended': dials.reduceAttendedTransfer,
  pickup: (world, { channel, target }) => dials.reducePickup(world, channel, target),
  did: (world, { uniqueid, did }) => reduceDid(world, uniqueid, did),
  recording: (world, { uniqueid, on, by }) => reduceRecording(world, uniqueid, on, by),
  application: (world, { uniqueid, application }) => reduceApplication(world, uniqueid, application),

  extension: (world, { extension }) => extensions.reduceExtension(world, extension),
  'extension.gone': (world, { number }) => extensions.reduceExtensionGone(world, number),
  device: (world, { device, state }) => devices.reduceDevice(world, device, state),
  reachable: (world, { device, reachable }) => devices.reduceReachable(world, device, reachable),
  phone: (world, { device, agents }) => devices.reducePhone(world, device, agents),
  mwi: (world, event) => voicemail.reduceMwi(world, event.mailbox, event.new, event.old),

  // For server/features, which answers with `features`.
  held: () => undefined,
  'list.held': () => undefined,
  features: features.reduceFeatures,
  'features.clear': features.clearFeatures,
  'pbx.features': (world, event, pbxId) => features.reducePbxFeatures(world, pbxId, event.features),

  queue: (world, { queue }) => queues.reduceQueue(world, queue),
  'queue.gone': (world, { name }) => queues.reduceQueueGone(world, name),
  'queue.member': (world, { queue, member, added }) => queues.reduceMember(world, queue, member, added === true),
  'queue.member.gone': (world, event) => queues.reduceMemberGone(world, event.queue, event.interface),
  'queue.join': (world, { queue, caller }) => queues.reduceJoin(world, queue, caller),
  'queue.leave': (world, { queue, uniqueid }) => queues.removeCaller(world, queue, uniqueid),
  'queue.abandon': (world, { queue, uniqueid }) => queues.reduceAbandon(world, queue, uniqueid),
  'queue.connect': (world, event) => queues.reduceConnect(world, event.queue, event.uniqueid, event.memberInterface),
  'queue.complete': (world, event) => queues.reduceComplete(world, event.queue, event.uniqueid, event.memberInterface),

  'parking.lot': (world, { lot, first, last }) => parking.reduceLot(world, lot, first, last),
  parked: (world, { lot, slot }) => parking.reduceParked(world, lot, slot),
  unparked: (world, { lot, uniqueid, swapped }) => parking.reduceUnparked(world, lot, uniqueid, swapped),

  conference: conferences.reduceConference,
  'conference.gone': (world, { name }) => conferences.reduceConferenceGone(world, name),
  'conference.join': (world, event) => conferences.reduceJoinRoom(world, event.name, event.kind, event.participant),
  'conference.leave': (world, { name, uniqueid }) => conferences.reduceLeaveRoom(world, name, uniqueid),
  'conference.participant': conferences.reduceParticipant,

  trunk: (world, { name, state }) => trunks.reduceTrunk(world, name, state),
  'trunk.gone': (world, { name }) => trunks.reduceTrunkGone(world, name),
  link: (world, event, pbxId) => reduceLink(world, pbxId, event),
  tick: () => undefined,

  transfer: (world, { transfer }) => transfers.reduceTransfer(world, transfer),
  'transfer.gone': (world, { id }) => transfers.reduceTransferGone(world, id),
  configured: (world, { rows }) => reduceConfigured(world, rows),
  'configured.clear': clearConfigured,
  outside: (world, { stopped }, pbxId) => reduceOutside(world, pbxId, stopped),

  'list.channels': (world, { channels, bridges: listed }) => listChannels(world, channels, listed),
  'list.extensions': (world, event) => extensions.listExtensions(world, event.extensions),
  'list.devices': (world, event) => devices.listDevices(world, event.devices),
  'list.phones': (world, { phones }) => devices.listPhones(world, phones),
  'list.mwi': (world, { mailboxes }) => voicemail.listMwi(world, mailboxes),
  'list.queues': (world, event) => queues.listQueues(world, event.queues),
  'list.parking': (world, { lots }) => parking.listParking(world, lots),
  'list.conferences': (world, event) => conferences.listConferences(world, event.conferences),
  'list.ringGroups': (world, { groups }) => listRingGroups(world, groups),
  'list.trunks': (world, event) => trunks.listTrunks(world, event.trunks),
};

export function dispatch(world: World, pbxId: string, event: PbxEvent): void {
  // The table pairs each type with its own event; TypeScript cannot follow that through an index.
  const reduce = reducers[event.type] as (world: World, event: PbxEvent, pbxId: string) => void;
  reduce(world, event, pbxId);
}
