import type { Party, TransferRecord } from '../protocol/records';
import type { TransferLeg, World } from './facts';
import { touch } from './groups';
import { put, remove } from './publish';

/** Transfers of the panel's operators, as server/commands tells them. SPEC X. */

export function reduceTransfer(world: World, transfer: TransferRecord): void {
  release(world, world.maps.transfers.get(transfer.id));
  put(world, 'transfers', transfer.id, transfer);
  for (const [uniqueid, leg] of waitingLegs(world, transfer)) {
    world.transferLegs.set(uniqueid, leg);
    touchLeg(world, uniqueid);
  }
}

export function reduceTransferGone(world: World, id: string): void {
  release(world, world.maps.transfers.get(id));
  remove(world, 'transfers', id);
}

function release(world: World, before: TransferRecord | undefined): void {
  if (before === undefined) return;
  for (const uniqueid of [before.uniqueid, before.own, before.target]) {
    if (uniqueid !== null && world.transferLegs.delete(uniqueid)) touchLeg(world, uniqueid);
  }
}

function touchLeg(world: World, uniqueid: string): void {
  const channel = world.channels.get(uniqueid);
  if (channel) touch(world, channel);
}

/** The legs that wait for the sake of a transfer, in an application that the PBX tells nothing about. */
function* waitingLegs(world: World, transfer: TransferRecord): Generator<[string, TransferLeg]> {
  const { state, uniqueid, own, target, extension, to } = transfer;
  const operator: Party = { number: extension ?? '', name: world.extensions.get(extension ?? '')?.name ?? '' };
  const since = Date.parse(transfer.startedAt);
  if (state === 'swapped') {
    if (target !== null) yield [target, { state: 'onHold', since: Date.parse(transfer.since), party: operator }];
    return;
  }
  if (state === 'returned') return;
  if (state === 'transferred') yield [uniqueid, { state: 'dialing', since, party: to }];
  else yield [uniqueid, { state: 'onHold', since, party: operator }];
  if (state === 'ringing' && own !== null) yield [own, { state: 'dialing', since, party: to }];
}
