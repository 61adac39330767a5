import type { Actor } from '../commands/actor';
import { type Permission, rolePermissions, type TokenScope } from '../protocol/permissions';
import type { Me } from '../protocol/session';
import type { StoredUser } from '../store/users';
import type { AccessKeeper } from './access';

/** Who makes a request: a person with a session, or a machine with an API token. */
export type Principal =
  | { readonly kind: 'user'; readonly user: Me; readonly sessionId: string }
  | {
      readonly kind: 'token';
      readonly id: string;
      readonly name: string;
      readonly scopes: readonly TokenScope[];
    };

export function toMe(user: StoredUser, access: Pick<AccessKeeper, 'rights' | 'roleName'>): Me {
  return {
    ...access.rights(user.role, user),
    id: user.id,
    username: user.username,
    name: user.name,
    role: user.role,
    roleName: access.roleName(user.role),
    extension: user.extension,
    hasPassword: user.passwordHash !== null,
    ...(user.origin !== 'local' && user.passwordHash === null && { elsewhere: true as const }),
  };
}

/** A token may run commands with `commands`, and administer with `admin`. */
function permissionsOf(principal: Principal): readonly Permission[] {
  if (principal.kind === 'user') return principal.user.permissions;
  const commands = principal.scopes.includes('commands') ? rolePermissions.supervisor : [];
  return principal.scopes.includes('admin') ? [...commands, 'admin'] : commands;
}

export function actorOf(principal: Principal, address: string): Actor {
  const permissions = permissionsOf(principal);
  if (principal.kind === 'token') {
    const { id, name } = principal;
    return { kind: 'token', id, name: `token ${name}`, permissions, limits: {}, extension: null, session: id, address };
  }
  const { id, username: name, extension, limits, sees } = principal.user;
  const seen = sees === undefined ? {} : { sees };
  const session = principal.sessionId;
  return { kind: 'user', id, name, permissions, limits, ...seen, extension, session, address };
}

/** A person may do what the role allows, but is no proxy that speaks for all phones; a machine needs the scope. */
export function hasScope(principal: Principal, scope: TokenScope): boolean {
  if (principal.kind === 'token') return principal.scopes.includes(scope);
  if (scope === 'dfks') return false;
  return scope !== 'admin' || principal.user.permissions.includes('admin');
}
