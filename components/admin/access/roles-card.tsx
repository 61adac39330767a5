'use client';

import { useState } from 'react';
import { defaultAccess, type SettableRole, settableRole } from '@/server/protocol/access';
import { Card } from '../../account/card';
import { Button } from '../../ui/button';
import { ChoiceChip } from '../../ui/choice-chip';
import type { Form } from '../use-form';
import { roleNames } from '../users/roles';
import type { AccessValues } from './access-values';
import { GrantTable } from './grant-table';

/** What each role may do. */
export function RolesCard({ form }: { readonly form: Form<AccessValues> }) {
  const [role, setRole] = useState<SettableRole>('supervisor');
  const { groups, roles } = form.values;
  const wrong = Object.keys(form.errors).find((path) => path.startsWith(`roles.${role}`));
  return (
    <Card
      id="roles"
      title="Roles"
      description="What everybody of a role may do, unless a user has permissions of their own. An administrator may do everything."
    >
      <fieldset className="mb-4 flex flex-wrap gap-2">
        <legend className="sr-only">Role</legend>
        {settableRole.options.map((one) => (
          <ChoiceChip key={one} name="role" value={one} checked={one === role} onChange={() => setRole(one)}>
            {roleNames[one]}
            <span className="tabular-nums text-ink-2">{roles[one].length} permissions</span>
          </ChoiceChip>
        ))}
      </fieldset>
      {wrong ? (
        <p role="alert" className="mb-3 text-sm font-medium text-dnd-ink">
          {form.problem(wrong)}
        </p>
      ) : null}
      <GrantTable
        key={role}
        grants={roles[role]}
        groups={groups.map(({ name }) => name)}
        onChange={(grants) => form.set('roles', { ...roles, [role]: grants })}
      />
      <Button
        size="small"
        tone="plain"
        className="mt-4"
        onClick={() => form.set('roles', { ...roles, [role]: defaultAccess.roles[role] })}
      >
        {roleNames[role]} as at first
      </Button>
    </Card>
  );
}
