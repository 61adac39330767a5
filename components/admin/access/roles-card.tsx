'use client';

import { useState } from 'react';
import { defaultGrants, type Grant } from '@/server/protocol/access';
import { builtInRole, type Role } from '@/server/protocol/permissions';
import { Card } from '../../account/card';
import { Button } from '../../ui/button';
import { ChoiceChip } from '../../ui/choice-chip';
import type { Form } from '../use-form';
import type { AccessValues } from './access-values';
import { GrantTable } from './grant-table';

/** What each role may do. */
export function RolesCard({ form }: { readonly form: Form<AccessValues> }) {
  const [role, setRole] = useState<Role>('supervisor');
  const { groups, roles } = form.values;
  const at = roles.findIndex(({ id }) => id === role);
  const one = roles[at];
  const first = builtInRole.safeParse(role).data;
  const wrong = Object.keys(form.errors).find((path) => path.startsWith(`roles.${at}`));
  const set = (grants: Grant[]) => form.set('roles', one ? roles.with(at, { ...one, grants }) : roles);
  return (
    <Card
      id="roles"
      title="Roles"
      description="What everybody of a role may do, unless a user has permissions of their own. An administrator may do everything."
    >
      <fieldset className="mb-4 flex flex-wrap gap-2">
        <legend className="sr-only">Role</legend>
        {roles.flatMap(({ id, name, grants }) =>
          id === 'admin' ? (
            []
          ) : (
            <ChoiceChip key={id} name="role" value={id} checked={id === role} onChange={() => setRole(id)}>
              {name}
              <span className="tabular-nums text-ink-2">{grants.length} permissions</span>
            </ChoiceChip>
          ),
        )}
      </fieldset>
      {wrong ? (
        <p role="alert" className="mb-3 text-sm font-medium text-dnd-ink">
          {form.problem(wrong)}
        </p>
      ) : null}
      <GrantTable key={role} grants={one?.grants ?? []} groups={groups.map(({ name }) => name)} onChange={set} />
      {first ? (
        <Button size="small" tone="plain" className="mt-4" onClick={() => set(defaultGrants(first))}>
          {one?.name} as at first
        </Button>
      ) : null}
    </Card>
  );
}
