import type { z } from 'zod';
import { isUniqueViolation } from './database';
import { ConflictError } from './errors';
import type { PrismaClient } from './generated/client';

export class Settings {
  constructor(private readonly prisma: PrismaClient) {}

  /** Null when it was never saved. Throws a ZodError when what is saved is not of this shape. */
  async get<T extends z.ZodType>(key: string, shape: T): Promise<{ value: z.infer<T>; version: number } | null> {
    const row = await this.prisma.setting.findUnique({ where: { key } });
    return row && { value: shape.parse(JSON.parse(row.value)), version: row.version };
  }

  /**
   * Save over the version that was read (0: it did not exist). Answers the new version; throws ConflictError when
   * somebody else saved in the meantime.
   */
  async put(key: string, value: unknown, version: number): Promise<number> {
    const conflict = new ConflictError('somebody else changed these settings in the meantime');
    const text = JSON.stringify(value);
    const next = version + 1;
    if (version === 0) {
      try {
        await this.prisma.setting.create({ data: { key, value: text, version: next } });
        return next;
      } catch (error) {
        throw isUniqueViolation(error) ? conflict : error;
      }
    }
    const { count } = await this.prisma.setting.updateMany({
      where: { key, version },
      data: { value: text, version: next },
    });
    if (count === 0) throw conflict;
    return next;
  }

  /** As if it had never been saved. Throws ConflictError when `version` is not the present one. */
  async remove(key: string, version: number): Promise<void> {
    const { count } = await this.prisma.setting.deleteMany({ where: { key, version } });
    if (count === 0) throw new ConflictError('somebody else changed these settings in the meantime');
  }
}
