'use client';

import { defaultAccess, type Grant, roleOf, type SavedAccess, savedAccess } from '@/server/protocol/access';
import type { Role } from '@/server/protocol/permissions';
import { ChoiceChip } from '../../ui/choice-chip';
import { useResource } from '../use-resource';
import { GrantTable } from './grant-table';

interface OwnGrantsProps {
  readonly role: Role;
  /** Null: as the role. */
  readonly grants: Grant[] | null;
  readonly onChange: (grants: Grant[] | null) => void;
  readonly error: string | undefined;
}

/** As the role says, or permissions of one's own. */
export function OwnGrants({ role, grants, onChange, error }: OwnGrantsProps) {
  const access = useResource(savedAccess, 'admin/access').value;
  if (role === 'admin') return null;
  const groups = access?.settings.groups.map(({ name }) => name) ?? [];
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-[0.8125rem] font-medium text-ink">Permissions</legend>
      <div className="flex flex-wrap gap-2">
        <ChoiceChip name="grants" value="role" checked={grants === null} onChange={() => onChange(null)}>
          As {roleOf(role, access?.settings ?? defaultAccess)?.name ?? role}
        </ChoiceChip>
        <ChoiceChip
          name="grants"
          value="own"
          checked={grants !== null}
          onChange={() => onChange(grants ?? roleGrants(access, role))}
        >
          Of their own
        </ChoiceChip>
      </div>
      {error ? (
        <p role="alert" className="mt-1 text-xs font-medium text-dnd-ink">
          {error}
        </p>
      ) : null}
      {grants === null ? null : (
        <div className="mt-4">
          <GrantTable grants={grants} groups={groups} onChange={onChange} />
        </div>
      )}
    </fieldset>
  );
}

/** What the role may do is where one's own begins. */
function roleGrants(access: SavedAccess | null, role: Role): Grant[] {
  return [...(roleOf(role, access?.settings ?? defaultAccess)?.grants ?? [])];
}
