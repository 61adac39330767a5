import type { Invitation, PrismaClient } from './generated/client';
import { hashToken, randomToken } from './tokens';
import { fromRow, type StoredUser } from './users';

export interface OpenInvitation {
  readonly user: StoredUser;
  /** Name of the administrator who made it. */
  readonly by: string;
  readonly expiresAt: Date;
}

/** One-time links by which users set a password. Of a user at most one is open; only the SHA-256 of its token is kept. */
export class Invitations {
  constructor(private readonly prisma: PrismaClient) {}

  /** Ends what was open for this user. The token is answered here and nowhere else, ever. */
  async issue(userId: string, by: string, at: Date, expiresAt: Date): Promise<string> {
    const token = randomToken();
    await this.prisma.$transaction([
      this.prisma.invitation.updateMany({ where: open(userId), data: { revokedAt: at } }),
      this.prisma.invitation.create({ data: { userId, by, hash: hashToken(token), createdAt: at, expiresAt } }),
    ]);
    return token;
  }

  /** Null when there is none, or it was used, revoked or has expired, or its user is disabled. */
  async find(token: string, now: Date): Promise<OpenInvitation | null> {
    const row = await this.prisma.invitation.findUnique({ where: { hash: hashToken(token) }, include: { user: true } });
    if (!row || !isOpen(row, now) || row.user.disabled) return null;
    return { user: fromRow(row.user), by: row.by, expiresAt: row.expiresAt };
  }

  /** Uses it up and sets the password, both or neither. Null: it was not open any more; of two at once one is. */
  async accept(token: string, passwordHash: string, now: Date): Promise<StoredUser | null> {
    const hash = hashToken(token);
    return this.prisma.$transaction(async (queries) => {
      const { count } = await queries.invitation.updateMany({
        where: { hash, usedAt: null, revokedAt: null, expiresAt: { gt: now }, user: { disabled: false } },
        data: { usedAt: now },
      });
      if (count === 0) return null;
      const { userId } = await queries.invitation.findUniqueOrThrow({ where: { hash }, select: { userId: true } });
      await queries.invitation.updateMany({ where: open(userId), data: { revokedAt: now } });
      const data = { passwordHash, version: { increment: 1 } };
      return fromRow(await queries.user.update({ where: { id: userId }, data }));
    });
  }

  /** Ends what is open for this user; answers whether something was. */
  async revoke(userId: string, at: Date): Promise<boolean> {
    const where = { ...open(userId), expiresAt: { gt: at } };
    return (await this.prisma.invitation.updateMany({ where, data: { revokedAt: at } })).count > 0;
  }

  /** Until when the open link of each user holds, or of this one alone. */
  async openUntil(now: Date, userId?: string): Promise<ReadonlyMap<string, Date>> {
    const rows = await this.prisma.invitation.findMany({
      where: { usedAt: null, revokedAt: null, expiresAt: { gt: now }, ...(userId !== undefined && { userId }) },
      select: { userId: true, expiresAt: true },
    });
    return new Map(rows.map(({ userId, expiresAt }) => [userId, expiresAt]));
  }
}

function open(userId: string) {
  return { userId, usedAt: null, revokedAt: null };
}

function isOpen({ usedAt, revokedAt, expiresAt }: Invitation, now: Date): boolean {
  return usedAt === null && revokedAt === null && expiresAt > now;
}
