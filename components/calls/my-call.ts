import type { Party, TransferRecord } from '@/server/protocol/records';

/**
 * What one entry of *My calls* is. `consulting`: I talk to (or ring) the one I ask, the caller waits (`transfer`).
 * `transferred`: not yet answered there, can be taken back. `returned`: it came back, `transfer.reason` says why.
 * `parked`: parked by me.
 */
export type MyCallState =
  | 'ringing'
  | 'dialing'
  | 'talking'
  | 'held'
  | 'onHold'
  | 'queued'
  | 'conference'
  | 'service'
  | 'consulting'
  | 'transferred'
  | 'returned'
  | 'parked';

export interface MyCall {
  /** Stable while the entry lives: the transfer's id, else the uniqueid of my own leg, else that of the parked leg. */
  readonly id: string;
  readonly state: MyCallState;
  /** The call's id (for notes and earlier calls); null: not known. */
  readonly callId: string | null;
  /** My own leg; null: none (parked, transferred). */
  readonly own: string | null;
  /** The leg that a transfer, parking, recording or hang-up of the other party names; null: none or several. */
  readonly peer: string | null;
  readonly direction: 'in' | 'out';
  readonly party: Party;
  readonly queue: string | null;
  readonly did: string | null;
  readonly recording: boolean;
  /** The clock that belongs to the state, ISO 8601 UTC. */
  readonly since: string;
  readonly transfer: TransferRecord | null;
  readonly parked: { readonly lot: string; readonly space: string; readonly timeout: number } | null;
}
