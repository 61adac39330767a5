'use client';

import { defaultAccess, type RoleTemplate, savedAccess } from '@/server/protocol/access';
import type { Role } from '@/server/protocol/permissions';
import { useResource } from '../use-resource';

export interface Roles {
  /** As they are saved; until they have been read, those that there are at first. */
  readonly list: readonly RoleTemplate[];
  /** Its name in words; of a role that is no more, its id. */
  readonly name: (id: Role) => string;
}

export function rolesOf(list: readonly RoleTemplate[]): Roles {
  const names = new Map(list.map(({ id, name }) => [id, name]));
  return { list, name: (id) => names.get(id) ?? id };
}

const atFirst = rolesOf(defaultAccess.roles);

/** The roles that users can have. */
export function useRoles(): Roles {
  const { value } = useResource(savedAccess, 'admin/access');
  return value ? rolesOf(value.settings.roles) : atFirst;
}
