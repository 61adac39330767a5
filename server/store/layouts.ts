import { z } from 'zod';
import { layout } from '../protocol/layout';
import { type OwnLayout, ownOfWhole } from '../protocol/layout-own';
import { isUniqueViolation } from './database';
import type { PrismaClient } from './generated/client';

/** What one user arranged; version 0: nothing yet. */
export interface StoredLayout {
  readonly version: number;
  readonly own: OwnLayout;
}

const nothing: StoredLayout = { version: 0, own: {} };

export class Layouts {
  constructor(private readonly prisma: PrismaClient) {}

  async get(userId: string): Promise<StoredLayout> {
    const row = await this.prisma.layout.findUnique({ where: { userId } });
    return row === null ? nothing : { version: row.version, own: fromText(row.value) };
  }

  /** By the user's id; who never arranged anything is not in it. */
  async all(): Promise<ReadonlyMap<string, StoredLayout>> {
    const rows = await this.prisma.layout.findMany();
    return new Map(rows.map(({ userId, version, value }) => [userId, { version, own: fromText(value) }]));
  }

  /** Save over the version that was read. False: it is no longer the newest, and nothing was written. */
  async put(userId: string, { version, own }: StoredLayout): Promise<boolean> {
    const value = JSON.stringify({ own });
    if (version === 0) return this.first(userId, value);
    const { count } = await this.prisma.layout.updateMany({
      where: { userId, version },
      data: { version: version + 1, value },
    });
    return count > 0;
  }

  private async first(userId: string, value: string): Promise<boolean> {
    try {
      await this.prisma.layout.create({ data: { userId, version: 1, value } });
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }
}

const ownPart = z.object({ own: z.record(z.string(), z.unknown()) });
const whole = z.record(z.string(), z.unknown());

/** Of an older or newer version what this one understands is kept. Before there were defaults of roles all of it was kept. */
function fromText(text: string): OwnLayout {
  const value: unknown = JSON.parse(text);
  const part = ownPart.safeParse(value);
  if (part.success) return understood(part.data.own);
  const { data } = whole.safeParse(value);
  return data === undefined ? {} : ownOfWhole(understood(data));
}

function understood(fields: Readonly<Record<string, unknown>>): OwnLayout {
  return Object.fromEntries(
    Object.entries(layout.shape).flatMap(([key, shape]) => {
      if (fields[key] === undefined) return [];
      const { success, data } = shape.safeParse(fields[key]);
      return success ? [[key, data]] : [];
    }),
  );
}
