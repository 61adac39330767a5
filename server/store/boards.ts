import { z } from 'zod';
import { type BoardSettings, boardSettings } from '../protocol/boards';
import { ConflictError, NotFoundError } from './errors';
import type { PrismaClient, Board as Row } from './generated/client';

export interface StoredBoard {
  readonly id: string;
  /** SHA-256 of the token of its link. */
  readonly hash: string;
  readonly settings: BoardSettings;
  readonly by: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastSeenAt: Date | null;
  readonly lastAddress: string | null;
}

export type NewBoard = Pick<StoredBoard, 'hash' | 'settings' | 'by' | 'expiresAt'>;
export type BoardChange = Partial<
  Pick<StoredBoard, 'hash' | 'settings' | 'by' | 'createdAt' | 'expiresAt' | 'revokedAt'>
>;

export class Boards {
  constructor(private readonly prisma: PrismaClient) {}

  /** Oldest first. One whose settings cannot be read any more is left out. */
  async list(): Promise<StoredBoard[]> {
    const rows = await this.prisma.board.findMany({ orderBy: { createdAt: 'asc' } });
    return rows.flatMap((row) => fromRow(row) ?? []);
  }

  async create({ hash, settings, by, expiresAt }: NewBoard): Promise<StoredBoard> {
    const value = textOf(settings, null);
    return known(await this.prisma.board.create({ data: { name: settings.name, hash, value, by, expiresAt } }));
  }

  /** Throws ConflictError when it was changed since `before` was read, NotFoundError when it is gone. */
  async update(before: StoredBoard, { settings, ...change }: BoardChange): Promise<StoredBoard> {
    const { id, version } = before;
    const next = settings ?? before.settings;
    const { count } = await this.prisma.board.updateMany({
      where: { id, version },
      data: { ...change, name: next.name, value: textOf(next, before.lastAddress), version: version + 1 },
    });
    const row = await this.prisma.board.findUnique({ where: { id } });
    if (row === null) throw new NotFoundError('there is no such board');
    if (count === 0) throw new ConflictError('somebody else changed this board in the meantime');
    return known(row);
  }

  /** A screen shows it. */
  async seen({ id, version, settings }: StoredBoard, at: Date, address: string): Promise<void> {
    const data = { lastSeenAt: at, value: textOf(settings, address) };
    await this.prisma.board.updateMany({ where: { id, version }, data });
  }

  /** Throws NotFoundError. */
  async remove(id: string): Promise<void> {
    const { count } = await this.prisma.board.deleteMany({ where: { id } });
    if (count === 0) throw new NotFoundError('there is no such board');
  }
}

const kept = z.object({ settings: boardSettings, lastAddress: z.string().nullable() });

function textOf(settings: BoardSettings, lastAddress: string | null): string {
  return JSON.stringify({ settings, lastAddress });
}

function fromRow(row: Row): StoredBoard | null {
  const { success, data } = kept.safeParse(JSON.parse(row.value));
  if (!success) return null;
  const { id, hash, by, version, createdAt, expiresAt, revokedAt, lastSeenAt } = row;
  return { id, hash, by, version, createdAt, expiresAt, revokedAt, lastSeenAt, ...data };
}

function known(row: Row): StoredBoard {
  const stored = fromRow(row);
  if (stored === null) throw new Error('a board was not written as it was meant');
  return stored;
}
