import type { PrismaClient } from './generated/client';

/** A queue membership that the panel paused. */
export interface PausedMembership {
  readonly queue: string;
  readonly interface: string;
  /** The extension whose do-not-disturb it was. */
  readonly number: string;
  /** The reason the panel gave: a membership that has another one now is somebody else's. */
  readonly reason: string;
}

export class PausedMemberships {
  constructor(private readonly prisma: PrismaClient) {}

  load(pbx: string): Promise<readonly PausedMembership[]> {
    return this.prisma.pausedMembership.findMany({ where: { pbx }, omit: { pbx: true } });
  }

  async add(pbx: string, membership: PausedMembership): Promise<void> {
    const { queue, interface: member, number, reason } = membership;
    await this.prisma.pausedMembership.upsert({
      where: { pbx_queue_interface: { pbx, queue, interface: member } },
      create: { pbx, queue, interface: member, number, reason },
      update: { number, reason },
    });
  }

  /** Nothing happens when it is not there. */
  async remove(pbx: string, queue: string, member: string): Promise<void> {
    await this.prisma.pausedMembership.deleteMany({ where: { pbx, queue, interface: member } });
  }
}
