import type { Leg, LineOfSwitch, PbxModel } from '../pbx/model';
import type { ButtonFields } from '../protocol/buttons';
import type {
  ConferenceRecord,
  ExtensionRecord,
  LinkState,
  ParkingRecord,
  QueueRecord,
  TransferRecord,
} from '../protocol/records';

export type { Leg, LineOfSwitch } from '../pbx/model';

/** What commands may read of the model. */
export interface ModelPort {
  extension(number: string): ExtensionRecord | undefined;
  /** What an administrator set for an extension. */
  configured(number: string): ButtonFields;
  /** Who a call to this number rings, whether or not whoever calls can see them. */
  callee(number: string): ExtensionRecord | undefined;
  /** An extension, queue, room or lot of this PBX. */
  isInternal(number: string): boolean;
  link(): LinkState;
  /** Undefined: there is no such leg, or no longer. */
  leg(uniqueid: string): Leg | undefined;
  /** User-Agents of the phones that registered as this device; empty: not known. */
  agents(device: string): readonly string[];
  /** Any channel, Local halves included; undefined: gone. */
  line(uniqueid: string): LineOfSwitch | undefined;
  /** Uniqueid of the channel that has this name now. */
  named(name: string): string | undefined;
  queue(name: string): QueueRecord | undefined;
  queues(): Iterable<QueueRecord>;
  lot(name: string): ParkingRecord | undefined;
  lots(): Iterable<ParkingRecord>;
  /** Number of the extension whose phone this device is; null: nobody's. */
  ownerOf(device: string): string | null;
  /** Those that operators of the panel have under way. */
  transfers(): Iterable<TransferRecord>;
  conference(name: string): ConferenceRecord | undefined;
  conferences(): Iterable<ConferenceRecord>;
  isTrunk(device: string): boolean;
}

export function modelPortOf(model: PbxModel): ModelPort {
  const { maps } = model;
  return {
    extension: (number) => model.extension(number),
    configured: (number) => model.configured('extension', number),
    callee: (number) => model.extension(number),
    isInternal: (number) =>
      model.extension(number) !== undefined ||
      maps.queues.has(number) ||
      maps.conferences.has(number) ||
      maps.parking.has(number),
    link: () => [...maps.pbx.values()][0]?.link ?? 'down',
    leg: (uniqueid) => model.leg(uniqueid),
    line: (uniqueid) => model.line(uniqueid),
    named: (name) => model.named(name),
    agents: (device) => model.agents(device),
    queue: (name) => maps.queues.get(name),
    queues: () => maps.queues.values(),
    lot: (name) => maps.parking.get(name),
    ownerOf: (device) => model.findExtensionByDevice(device)?.number ?? null,
    lots: () => maps.parking.values(),
    transfers: () => maps.transfers.values(),
    conference: (name) => maps.conferences.get(name),
    conferences: () => maps.conferences.values(),
    isTrunk: (device) => maps.trunks.has(device),
  };
}
