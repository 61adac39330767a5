import { z } from 'zod';
import { type Domain, domainKeys, domains } from './domains';
import {
  callRecord,
  channelRecord,
  conferenceRecord,
  extensionRecord,
  isoTime,
  parkingRecord,
  pbxRecord,
  queueRecord,
  transferRecord,
  trunkRecord,
} from './records';

/**
 * Snapshot, then ordered ops. A frame says from which sequence it leads (`prev`) to which (`seq`): a browser whose own
 * sequence is not `prev` has a gap and asks again with `hello`. `epoch` changes when the server's state began anew.
 */

export { type Domain, domainKeys, domains };

export const snapshotLists = z.object({
  pbx: z.array(pbxRecord),
  extensions: z.array(extensionRecord),
  channels: z.array(channelRecord),
  calls: z.array(callRecord),
  queues: z.array(queueRecord),
  parking: z.array(parkingRecord),
  conferences: z.array(conferenceRecord),
  trunks: z.array(trunkRecord),
  /** Transfers that an operator of the panel has under way. */
  transfers: z.array(transferRecord),
});
export type SnapshotLists = z.infer<typeof snapshotLists>;

/** The row type of a domain. */
export type RecordOf<D extends Domain> = SnapshotLists[D][number];

export const snapshot = snapshotLists.extend({
  epoch: z.string(),
  seq: z.number().int().nonnegative(),
  /** Server clock when this was made; the browser's timers run on it. */
  serverTime: isoTime,
});
export type Snapshot = z.infer<typeof snapshot>;

/**
 * One change of one record: `[domain, key, fields]`. `fields` holds the top-level fields that changed (all of them for a
 * new record), each replaced whole; null removes the record.
 */
export type Op = readonly [domain: Domain, key: string, fields: Readonly<Record<string, unknown>> | null];

export interface Frame {
  readonly epoch: string;
  readonly prev: number;
  readonly seq: number;
  /** Server clock, epoch ms. */
  readonly at: number;
  readonly ops: readonly Op[];
}
