'use client';

import type { ImportChoices, ImportPlan } from '@/server/protocol/fop2-import';
import { Card } from '../../account/card';
import { SelectField } from '../../ui/select-field';
import { CheckBox } from '../check-box';
import { useRoles } from '../users/use-roles';
import { tenantWords } from './import-words';

interface ChoicesCardProps {
  readonly choices: ImportChoices;
  readonly plan: ImportPlan | null;
  readonly onChange: (choices: ImportChoices) => void;
}

/** What of the files is wanted. */
export function ChoicesCard({ choices, plan, onChange }: ChoicesCardProps) {
  const roles = useRoles();
  const set = (some: Partial<ImportChoices>) => onChange({ ...choices, ...some });
  const tenants = plan?.tenants ?? [];
  return (
    <Card id="import-choices" title="What to take" description="A change is shown below at once.">
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        <fieldset className="flex flex-col">
          <legend className="sr-only">What to take</legend>
          <CheckBox
            label="Users, with their groups and permissions"
            hint="Passwords are not taken: each user gets a link to set one."
            checked={choices.users}
            onChange={(users) => set({ users })}
          />
          <CheckBox
            label="Buttons"
            hint="Names, departments, mailboxes, numbers outside, privacy and tags."
            checked={choices.buttons}
            onChange={(buttons) => set({ buttons })}
          />
          <CheckBox
            label="Buttons that the PBX does not have"
            hint="Added by hand: they stay until they are forgotten."
            checked={choices.missing && choices.buttons}
            onChange={(missing) => set(missing ? { missing, buttons: true } : { missing })}
            className="ml-6"
          />
          <CheckBox
            label="Names of recordings"
            checked={choices.recording}
            onChange={(recording) => set({ recording })}
          />
        </fieldset>
        <div className="flex flex-col gap-3">
          {tenants.length > 1 ? (
            <SelectField
              label="Tenant"
              hint="One at a time: this panel follows one PBX."
              value={plan?.tenant ?? ''}
              options={tenants.map(({ name, users, buttons }) => ({
                value: name,
                label: `${tenantWords(name)} (${users} users, ${buttons} buttons)`,
              }))}
              onChange={(event) => set({ tenant: event.target.value })}
            />
          ) : null}
          <SelectField
            label="Role of users without permissions"
            value={choices.role}
            options={roles.list.filter(({ id }) => id !== 'admin').map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => set({ role: event.target.value })}
          />
          <CheckBox
            label="Change users there are already"
            hint="Their role, what they see and their extension; never an administrator’s."
            checked={choices.change}
            onChange={(change) => set({ change })}
          />
        </div>
      </div>
    </Card>
  );
}
