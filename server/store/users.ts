import { z } from 'zod';
import { type Grant, grants } from '../protocol/access';
import type { Role } from '../protocol/permissions';
import { isUniqueViolation, type Queries } from './database';
import { ConflictError, LastAdminError, NotFoundError, UsernameTakenError } from './errors';
import type { Prisma, PrismaClient, User } from './generated/client';

/** Where a user proves who they are: here, with a provider of OpenID Connect, or with the directory. */
export const origin = z.enum(['local', 'oidc', 'ldap']);
export type Origin = z.infer<typeof origin>;

export interface StoredUser {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  /** Null: as the role. */
  readonly grants: readonly Grant[] | null;
  /** Names of the groups they see; null: as the role. */
  readonly sees: readonly string[] | null;
  readonly extension: string | null;
  readonly email: string | null;
  readonly passwordHash: string | null;
  readonly disabled: boolean;
  readonly origin: Origin;
  /** Who `origin` says it is (issuer and subject, or the entry's id); null: nobody's but ours. */
  readonly externalId: string | null;
  /** Since when a second factor is asked for; null: none is. */
  readonly secondFactorSince: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
}

export interface NewUser {
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  readonly grants?: readonly Grant[] | null | undefined;
  readonly sees?: readonly string[] | null | undefined;
  readonly email?: string | null | undefined;
  readonly extension: string | null;
  readonly passwordHash: string | null;
  /** Default: local. */
  readonly origin?: Origin | undefined;
  readonly externalId?: string | null | undefined;
}

export type UserChange = Partial<
  Pick<
    StoredUser,
    'name' | 'role' | 'grants' | 'sees' | 'extension' | 'email' | 'disabled' | 'passwordHash' | 'origin' | 'externalId'
  >
>;

/** Rows of another version may hold a right this one does not know: then none. What proves who they are stays behind. */
export function fromRow({ totpSecret, totpSince, totpStep, recovery, ...row }: User): StoredUser {
  return {
    ...row,
    grants: listOf(grants, row.grants),
    sees: listOf(z.array(z.string()), row.sees),
    origin: origin.safeParse(row.origin).data ?? 'local',
    secondFactorSince: totpSince,
  };
}

function listOf<T>(shape: z.ZodType<T[]>, text: string | null): T[] | null {
  if (text === null) return null;
  try {
    return shape.safeParse(JSON.parse(text)).data ?? [];
  } catch {
    return [];
  }
}

interface Lists {
  readonly grants?: readonly Grant[] | null | undefined;
  readonly sees?: readonly string[] | null | undefined;
}

/** As the table keeps it. */
export function toRow<T extends Lists>({ grants: granted, sees, ...rest }: T) {
  const text = (list: readonly unknown[] | null): string | null => list && JSON.stringify(list);
  return {
    ...rest,
    ...(granted === undefined ? {} : { grants: text(granted) }),
    ...(sees === undefined ? {} : { sees: text(sees) }),
  };
}

const usableAdmin = { role: 'admin', disabled: false, passwordHash: { not: null } } satisfies Prisma.UserWhereInput;

export class Users {
  constructor(private readonly prisma: PrismaClient) {}

  async list(): Promise<StoredUser[]> {
    return (await this.prisma.user.findMany({ orderBy: { username: 'asc' } })).map(fromRow);
  }

  async byId(id: string): Promise<StoredUser | null> {
    const row = await this.prisma.user.findUnique({ where: { id } });
    return row && fromRow(row);
  }

  async byUsername(username: string): Promise<StoredUser | null> {
    const row = await this.prisma.user.findUnique({ where: { username } });
    return row && fromRow(row);
  }

  /** Whether some administrator can sign in with a password; until then the one-time code is needed. */
  async hasUsableAdmin(): Promise<boolean> {
    return (await this.prisma.user.count({ where: usableAdmin })) > 0;
  }

  /** The oldest enabled administrator. */
  async firstAdmin(): Promise<StoredUser | null> {
    const row = await this.prisma.user.findFirst({
      where: { role: 'admin', disabled: false },
      orderBy: { createdAt: 'asc' },
    });
    return row && fromRow(row);
  }

  /** Throws UsernameTakenError. */
  async create(user: NewUser): Promise<StoredUser> {
    try {
      return fromRow(await this.prisma.user.create({ data: toRow(user) }));
    } catch (error) {
      if (isUniqueViolation(error)) throw new UsernameTakenError(user.username);
      throw error;
    }
  }

  /**
   * Throws ConflictError when `version` is no longer the row's (undefined: whatever it is), NotFoundError, and
   * LastAdminError when nobody could administer the panel any more.
   */
  async update(id: string, change: UserChange, version?: number): Promise<StoredUser> {
    return this.prisma.$transaction(async (queries) => {
      const before = await queries.user.findUnique({ where: { id } });
      if (!before) throw new NotFoundError('there is no such user');
      if (version !== undefined && before.version !== version) {
        throw new ConflictError('somebody else changed this user in the meantime');
      }
      const after = await queries.user.update({ where: { id }, data: { ...toRow(change), version: { increment: 1 } } });
      await keepAnAdmin(queries, before);
      return fromRow(after);
    });
  }

  /** With sessions, layout and invitations. Throws NotFoundError, and LastAdminError as `update` does. */
  async remove(id: string): Promise<StoredUser> {
    return this.prisma.$transaction(async (queries) => {
      const before = await queries.user.findUnique({ where: { id } });
      if (!before) throw new NotFoundError('there is no such user');
      await queries.user.delete({ where: { id } });
      await keepAnAdmin(queries, before);
      return fromRow(before);
    });
  }

  /** Null: nobody has been found by it yet. */
  async byExternalId(from: Origin, externalId: string): Promise<StoredUser | null> {
    const row = await this.prisma.user.findUnique({ where: { origin_externalId: { origin: from, externalId } } });
    return row && fromRow(row);
  }

  /** Own permissions and sights by a group go on meaning it by its new name; all at once, so that names may be swapped. */
  async renameGroups(renames: readonly { readonly from: string; readonly to: string }[]): Promise<void> {
    const names = new Map(renames.map(({ from, to }) => [from, to]));
    if (names.size === 0) return;
    const now = (name: string): string => names.get(name) ?? name;
    await this.prisma.$transaction(async ({ user }) => {
      const rows = await user.findMany({ where: { OR: [{ grants: { not: null } }, { sees: { not: null } }] } });
      for (const row of rows) {
        const { id, grants: own, sees } = fromRow(row);
        const renamed = toRow({
          grants:
            own === null
              ? null
              : own.map((one) => ({ ...one, groups: one.groups === null ? null : one.groups.map(now) })),
          sees: sees === null ? null : sees.map(now),
        });
        if (renamed.grants === row.grants && renamed.sees === row.sees) continue;
        await user.update({ where: { id }, data: { ...renamed, version: { increment: 1 } } });
      }
    });
  }

  /** Throws UsernameTakenError. */
  async rename(id: string, username: string): Promise<StoredUser> {
    try {
      return fromRow(await this.prisma.user.update({ where: { id }, data: { username, version: { increment: 1 } } }));
    } catch (error) {
      if (isUniqueViolation(error)) throw new UsernameTakenError(username);
      throw error;
    }
  }

  async seen(id: string, at: Date): Promise<void> {
    await this.prisma.user.updateMany({ where: { id }, data: { lastSeenAt: at } });
  }
}

async function keepAnAdmin(queries: Queries, before: User): Promise<void> {
  if (before.role !== 'admin' || before.disabled) return;
  const needed = before.passwordHash === null ? { role: 'admin', disabled: false } : usableAdmin;
  if ((await queries.user.count({ where: needed })) === 0) throw new LastAdminError();
}
