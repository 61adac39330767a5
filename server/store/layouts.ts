import { type Layout, layout, type SavedLayout } from '../protocol/layout';
import { defaultLayout } from '../protocol/layout-default';
import { isUniqueViolation } from './database';
import type { PrismaClient } from './generated/client';

export type LayoutSaved =
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly current: SavedLayout };

export class Layouts {
  constructor(private readonly prisma: PrismaClient) {}

  /** Version 0 with the default when the user never arranged anything. */
  async get(userId: string): Promise<SavedLayout> {
    const row = await this.prisma.layout.findUnique({ where: { userId } });
    if (!row) return { version: 0, layout: defaultLayout };
    return { version: row.version, layout: fromText(row.value) };
  }

  /** Save over the version that was read; when that is no longer the newest, nothing is written and it is answered. */
  async put(userId: string, saved: SavedLayout): Promise<LayoutSaved> {
    const next = saved.version + 1;
    const written = saved.version === 0 ? await this.first(userId, saved.layout) : await this.over(userId, saved);
    return written ? { ok: true, version: next } : { ok: false, current: await this.get(userId) };
  }

  private async first(userId: string, value: Layout): Promise<boolean> {
    try {
      await this.prisma.layout.create({ data: { userId, version: 1, value: JSON.stringify(value) } });
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  private async over(userId: string, saved: SavedLayout): Promise<boolean> {
    const { count } = await this.prisma.layout.updateMany({
      where: { userId, version: saved.version },
      data: { version: saved.version + 1, value: JSON.stringify(saved.layout) },
    });
    return count > 0;
  }
}

/** A layout of an older or newer version keeps what this one understands. */
function fromText(text: string): Layout {
  const value: unknown = JSON.parse(text);
  const strict = layout.safeParse(value);
  if (strict.success) return strict.data;
  const lenient = layout.partial().strip().safeParse(value);
  return lenient.success ? { ...defaultLayout, ...lenient.data } : defaultLayout;
}
