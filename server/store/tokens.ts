import { createHash, randomBytes } from 'node:crypto';
import { type TokenScope, tokenScope } from '../protocol/permissions';
import { NotFoundError } from './errors';
import type { ApiToken, PrismaClient } from './generated/client';

export interface StoredToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface NewToken {
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  readonly expiresAt: Date | null;
}

/** SHA-256 of a random 256-bit token: enough, because it cannot be guessed in the first place. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** 256 random bits, safe in a cookie, a header and a URL. */
export function randomToken(prefix = ''): string {
  return prefix + randomBytes(32).toString('base64url');
}

/** What scanners for leaked secrets may look for. */
export const tokenPrefix = 'cbt_';

export class ApiTokens {
  constructor(private readonly prisma: PrismaClient) {}

  /** The token itself is answered here and nowhere else, ever. */
  async create(wanted: NewToken): Promise<{ stored: StoredToken; token: string }> {
    const token = randomToken(tokenPrefix);
    const row = await this.prisma.apiToken.create({
      data: {
        name: wanted.name,
        scopes: [...new Set(wanted.scopes)].join(' '),
        expiresAt: wanted.expiresAt,
        hash: hashToken(token),
      },
    });
    return { stored: fromTokenRow(row), token };
  }

  /** Null when there is none, or it is revoked or expired. */
  async find(token: string, now: Date): Promise<StoredToken | null> {
    const row = await this.prisma.apiToken.findUnique({ where: { hash: hashToken(token) } });
    if (!row || row.revokedAt || (row.expiresAt && row.expiresAt <= now)) return null;
    return fromTokenRow(row);
  }

  async list(): Promise<StoredToken[]> {
    return (await this.prisma.apiToken.findMany({ orderBy: { createdAt: 'asc' } })).map(fromTokenRow);
  }

  async alive(now: Date): Promise<readonly { id: string }[]> {
    const lasting = { OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
    return this.prisma.apiToken.findMany({ where: { revokedAt: null, ...lasting }, select: { id: true } });
  }

  /** By id or by name; throws NotFoundError when no living token is called so. */
  async revoke(idOrName: string, at: Date): Promise<number> {
    const { count } = await this.prisma.apiToken.updateMany({
      where: { revokedAt: null, OR: [{ id: idOrName }, { name: idOrName }] },
      data: { revokedAt: at },
    });
    if (count === 0) throw new NotFoundError(`there is no token "${idOrName}" that could be revoked`);
    return count;
  }

  /** Throws NotFoundError when there is none with this id that could be revoked. */
  async revokeOne(id: string, at: Date): Promise<void> {
    const { count } = await this.prisma.apiToken.updateMany({
      where: { id, revokedAt: null },
      data: { revokedAt: at },
    });
    if (count === 0) throw new NotFoundError('this token is revoked already');
  }

  async used(id: string, at: Date): Promise<void> {
    await this.prisma.apiToken.updateMany({ where: { id }, data: { lastUsedAt: at } });
  }
}

function fromTokenRow(row: ApiToken): StoredToken {
  const scopes = row.scopes.split(' ').flatMap((word) => {
    const known = tokenScope.safeParse(word);
    return known.success ? [known.data] : [];
  });
  const { id, name, createdAt, expiresAt, lastUsedAt, revokedAt } = row;
  return { id, name, scopes, createdAt, expiresAt, lastUsedAt, revokedAt };
}
