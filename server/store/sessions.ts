import { z } from 'zod';
import type { PrismaClient, Session } from './generated/client';
import { fromRow, type StoredUser } from './users';

export interface StoredSession {
  /** SHA-256 of the cookie's token. */
  readonly id: string;
  readonly userId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastSeenAt: Date;
  readonly address: string;
  readonly userAgent: string;
  /** How this user proved who they are. */
  readonly via: SessionVia;
}

export const sessionVia = z.enum(['password', 'oidc', 'code', 'invitation']);
export type SessionVia = z.infer<typeof sessionVia>;

export class Sessions {
  constructor(private readonly prisma: PrismaClient) {}

  /** Of a user's sessions only the newest `keep` stay. Answers the ids that had to go. */
  async create(session: StoredSession, keep: number): Promise<readonly string[]> {
    return this.prisma.$transaction(async (queries) => {
      await queries.session.create({ data: session });
      const surplus = await queries.session.findMany({
        where: { userId: session.userId },
        orderBy: { lastSeenAt: 'desc' },
        select: { id: true },
        skip: keep,
      });
      const ids = surplus.map((row) => row.id);
      if (ids.length > 0) await queries.session.deleteMany({ where: { id: { in: ids } } });
      return ids;
    });
  }

  async find(id: string): Promise<{ session: StoredSession; user: StoredUser } | null> {
    const row = await this.prisma.session.findUnique({ where: { id }, include: { user: true } });
    return row && { session: fromSessionRow(row), user: fromRow(row.user) };
  }

  /** Never brings back a session that has ended in the meantime. */
  async touch(id: string, lastSeenAt: Date, expiresAt: Date): Promise<void> {
    await this.prisma.session.updateMany({ where: { id }, data: { lastSeenAt, expiresAt } });
  }

  async remove(id: string): Promise<boolean> {
    return (await this.prisma.session.deleteMany({ where: { id } })).count > 0;
  }

  /** Answers the ids of those that were. */
  async removeOfUser(userId: string, except?: string): Promise<readonly string[]> {
    const where = { userId, ...(except && { id: { not: except } }) };
    return this.prisma.$transaction(async (queries) => {
      const rows = await queries.session.findMany({ where, select: { id: true } });
      await queries.session.deleteMany({ where });
      return rows.map((row) => row.id);
    });
  }

  /** Those that have not expired, the last used first. */
  async ofUser(userId: string, now: Date): Promise<readonly StoredSession[]> {
    const where = { userId, expiresAt: { gt: now } };
    return (await this.prisma.session.findMany({ where, orderBy: { lastSeenAt: 'desc' } })).map(fromSessionRow);
  }

  async removeExpired(now: Date): Promise<number> {
    return (await this.prisma.session.deleteMany({ where: { expiresAt: { lte: now } } })).count;
  }

  /** Every session that has not expired, with its user. */
  async alive(now: Date): Promise<readonly { id: string; userId: string }[]> {
    return this.prisma.session.findMany({ where: { expiresAt: { gt: now } }, select: { id: true, userId: true } });
  }
}

/** A way that this version does not know is as a password: nothing is spared them. */
function fromSessionRow(row: Session): StoredSession {
  const { id, userId, createdAt, expiresAt, lastSeenAt, address, userAgent } = row;
  const via = sessionVia.safeParse(row.via).data ?? 'password';
  return { id, userId, createdAt, expiresAt, lastSeenAt, address, userAgent, via };
}
