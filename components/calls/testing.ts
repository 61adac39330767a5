import { emptyMaps, type StateMaps } from '@/server/protocol/apply';
import { notConfigured } from '@/server/protocol/configured';
import type { Domain } from '@/server/protocol/domains';
import type { CallRecord, ExtensionCall, ParkingSlot, QueueRecord, TransferRecord } from '@/server/protocol/records';
import type { RecordOf } from '@/server/protocol/state';
import { person } from '../live/testing';
import type { CallSource } from './my-calls';

/** For tests: a moment of one morning, in seconds after eight. */
export function at(seconds: number): string {
  return new Date(Date.UTC(2026, 10, 21, 8, 0, 0) + seconds * 1_000).toISOString();
}

/** For tests: records as the mirror holds them. */
export class Office implements CallSource {
  readonly maps: StateMaps = emptyMaps();

  map<D extends Domain>(domain: D): ReadonlyMap<string, RecordOf<D>> {
    return this.maps[domain] as ReadonlyMap<string, RecordOf<D>>;
  }

  /** The phone of an extension with its lines. */
  phone(number: string, ...calls: ExtensionCall[]): this {
    this.maps.extensions.set(number, person({ number, devices: [`PJSIP/${number}`], calls }));
    return this;
  }

  transfer(...transfers: TransferRecord[]): this {
    for (const one of transfers) this.maps.transfers.set(one.id, one);
    return this;
  }

  park(...slots: ParkingSlot[]): this {
    this.maps.parking.set('default', { ...notConfigured, lot: 'default', label: 'default', spaces: null, slots });
    return this;
  }

  call(...calls: CallRecord[]): this {
    for (const one of calls) this.maps.calls.set(one.id, one);
    return this;
  }

  queue(...queues: QueueRecord[]): this {
    for (const one of queues) this.maps.queues.set(one.name, one);
    return this;
  }
}

export const holm = { number: '+46701234567', name: 'Maria Holm' };

export function line(change: Partial<ExtensionCall> = {}): ExtensionCall {
  return {
    callId: 'c1',
    uniqueid: 'own1',
    peer: 'peer1',
    direction: 'in',
    state: 'talking',
    party: holm,
    queue: null,
    startedAt: at(0),
    answeredAt: at(5),
    stateSince: null,
    ...change,
  };
}

export function transferOf(change: Partial<TransferRecord> = {}): TransferRecord {
  return {
    id: 't1',
    mode: 'attended',
    state: 'talking',
    uniqueid: 'peer1',
    party: holm,
    extension: '101',
    by: 'greta',
    to: { number: '102', name: 'Erik Berg' },
    own: 'own1',
    target: 'target1',
    reason: null,
    startedAt: at(20),
    since: at(25),
    ...change,
  };
}

export function slotOf(change: Partial<ParkingSlot> = {}): ParkingSlot {
  return {
    space: '701',
    uniqueid: 'parked1',
    ...holm,
    parkedBy: 'PJSIP/101',
    parkedSince: at(40),
    timeout: 60,
    ...change,
  };
}

export function callRecordOf(change: Partial<CallRecord> = {}): CallRecord {
  return {
    id: 'c1',
    state: 'talking',
    legs: ['peer1', 'own1'],
    from: holm,
    to: { number: '101', name: 'Anna' },
    queue: null,
    did: '+4687000100',
    createdAt: at(0),
    answeredAt: at(5),
    heldSince: null,
    parkedSince: null,
    recording: false,
    ...change,
  };
}
