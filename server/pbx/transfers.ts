import type { TransferRecord } from '../protocol/records';
import type { World } from './facts';
import { put, remove } from './publish';

/** Transfers of the panel's operators, as server/commands tells them. */

export function reduceTransfer(world: World, transfer: TransferRecord): void {
  put(world, 'transfers', transfer.id, transfer);
}

export function reduceTransferGone(world: World, id: string): void {
  remove(world, 'transfers', id);
}
