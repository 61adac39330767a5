import { z } from 'zod';
import type { PrismaClient } from './generated/client';

export interface StoredSecondFactor {
  /** Sealed. */
  readonly secret: string;
  /** Since when it is asked for; null: it is being set up. */
  readonly since: Date | null;
  /** Newest 30-second step whose code was used. */
  readonly step: number | null;
  /** How many recovery codes are left. */
  readonly recoveryLeft: number;
}

const hashes = z.array(z.string());

/** What the second factor of users is checked by. Every code counts once, also when it comes twice at the same time. */
export class SecondFactors {
  constructor(private readonly prisma: PrismaClient) {}

  async get(userId: string): Promise<StoredSecondFactor | null> {
    const row = await this.prisma.user.findUnique({
      where: { id: userId },
      select: { totpSecret: true, totpSince: true, totpStep: true, recovery: true },
    });
    if (!row || row.totpSecret === null) return null;
    const { totpSecret: secret, totpSince: since, totpStep: step } = row;
    return { secret, since, step, recoveryLeft: listOf(row.recovery).length };
  }

  /** Keeps a secret that is not asked for yet, in place of an earlier one. False: a second factor is on already. */
  async begin(userId: string, secret: string): Promise<boolean> {
    const { count } = await this.prisma.user.updateMany({
      where: { id: userId, totpSince: null },
      data: { totpSecret: secret, totpStep: null, recovery: null },
    });
    return count > 0;
  }

  /** From now on it is asked for. False: `secret` is not the one that is being set up. */
  async enable(userId: string, secret: string, at: Date, step: number, recovery: readonly string[]): Promise<boolean> {
    const { count } = await this.prisma.user.updateMany({
      where: { id: userId, totpSince: null, totpSecret: secret },
      data: {
        totpSince: at,
        totpStep: step,
        recovery: JSON.stringify(recovery),
        version: { increment: 1 },
      },
    });
    return count > 0;
  }

  /** Uses the code of this step up. False: that one, or a newer one, was used before. */
  async spendStep(userId: string, step: number): Promise<boolean> {
    const { count } = await this.prisma.user.updateMany({
      where: { id: userId, totpSince: { not: null }, OR: [{ totpStep: null }, { totpStep: { lt: step } }] },
      data: { totpStep: step },
    });
    return count > 0;
  }

  /** Uses a recovery code up. False: there is none with this hash, or not any more. */
  async spendRecovery(userId: string, hash: string): Promise<boolean> {
    return this.prisma.$transaction(async (queries) => {
      const row = await queries.user.findUnique({ where: { id: userId }, select: { recovery: true } });
      const left = listOf(row?.recovery ?? null);
      if (!left.includes(hash)) return false;
      const { count } = await queries.user.updateMany({
        where: { id: userId, totpSince: { not: null }, recovery: row?.recovery ?? null },
        data: { recovery: JSON.stringify(left.filter((one) => one !== hash)) },
      });
      return count > 0;
    });
  }

  /** New recovery codes in place of all before. False: no second factor is on. */
  async renewRecovery(userId: string, recovery: readonly string[]): Promise<boolean> {
    const where = { id: userId, totpSince: { not: null } };
    return (await this.prisma.user.updateMany({ where, data: { recovery: JSON.stringify(recovery) } })).count > 0;
  }

  /** False: there was none. */
  async remove(userId: string): Promise<boolean> {
    const { count } = await this.prisma.user.updateMany({
      where: { id: userId, totpSecret: { not: null } },
      data: { totpSecret: null, totpSince: null, totpStep: null, recovery: null, version: { increment: 1 } },
    });
    return count > 0;
  }
}

function listOf(text: string | null): readonly string[] {
  if (text === null) return [];
  try {
    return hashes.safeParse(JSON.parse(text)).data ?? [];
  } catch {
    return [];
  }
}
