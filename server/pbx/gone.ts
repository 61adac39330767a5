import { forgetChannel } from './channels';
import { leaveRooms } from './conferences';
import type { World } from './facts';
import { removeSlot } from './parking';
import { removeWaiting } from './queues';

/** A channel's end is final, for it and for every place it was in. SPEC C7. */
export function reduceGone(world: World, uniqueid: string): void {
  if (uniqueid === '') return;
  world.goneChannels.add(uniqueid);
  removeWaiting(world, uniqueid);
  removeSlot(world, uniqueid);
  leaveRooms(world, uniqueid);
  const channel = world.channels.get(uniqueid);
  if (channel) forgetChannel(world, channel);
}
