'use client';

import { defaultAccess } from '@/server/protocol/access';
import type { PreviewBody, UsedBy } from '@/server/protocol/access-answers';
import { Card } from '../../account/card';
import { Button } from '../../ui/button';
import { Switch } from '../../ui/switch';
import { TextField } from '../../ui/text-field';
import type { Form } from '../use-form';
import type { AccessValues, RoleRow } from './access-values';
import { GrantTable } from './grant-table';
import { Preview } from './preview';
import { SeesChoice } from './sees-choice';

interface RoleDetailProps {
  readonly role: RoleRow;
  readonly at: number;
  readonly form: Form<AccessValues>;
  readonly use: UsedBy | undefined;
  /** Asks what the role sees and does as it stands in the form; null: it is not right yet. */
  readonly asks: PreviewBody | null;
  readonly onCopy: () => void;
  readonly onRemoved: () => void;
}

/** One role: its name, what everybody of it sees and may do. */
export function RoleDetail(props: RoleDetailProps) {
  const { role, at, form, asks } = props;
  const { groups, roles } = form.values;
  const path = `roles.${at}`;
  const change = (next: Partial<RoleRow>) => form.set('roles', roles.with(at, { ...role, ...next }));
  const names = groups.map(({ name }) => name);
  const wrong = Object.keys(form.errors).find(
    (one) => one.startsWith(`${path}.grants`) || one.startsWith(`${path}.sees`),
  );
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Card id="role" title={role.name.trim() || 'New role'} description={<UsedWords {...props} />}>
        <div className="flex flex-col gap-4">
          <TextField
            className="sm:max-w-80"
            label="Name"
            name={`${path}.name`}
            value={role.name}
            onChange={(event) => change({ name: event.target.value })}
            error={form.problem(`${path}.name`)}
            autoComplete="off"
            maxLength={60}
          />
          <TextField
            label="What it is for"
            name={`${path}.about`}
            value={role.about}
            onChange={(event) => change({ about: event.target.value })}
            error={form.problem(`${path}.about`)}
            hint="Shown where a role is chosen for a user."
            autoComplete="off"
            maxLength={200}
          />
          <SecondFactor role={role} onChange={(twoFactor) => change({ twoFactor })} />
          <Preview
            who={role.id === 'admin' && !role.isNew ? 'An administrator' : 'Everybody of this role'}
            body={asks}
          />
          <RoleButtons {...props} change={change} />
        </div>
      </Card>
      {wrong ? (
        <p role="alert" className="text-sm font-medium text-dnd-ink">
          {form.problem(wrong)}
        </p>
      ) : null}
      {role.id === 'admin' && !role.isNew ? null : (
        <>
          <Card
            id="sees"
            title="Sees"
            description="What is not seen never leaves the server: not in the panel, the search, the history or over REST."
          >
            <SeesChoice name="sees" sees={role.sees} groups={names} onChange={(sees) => change({ sees })} />
          </Card>
          <Card id="permissions" title="May do" description="With everybody they see, or for groups of them.">
            <GrantTable key={role.row} grants={role.grants} groups={names} onChange={(grants) => change({ grants })} />
          </Card>
        </>
      )}
    </div>
  );
}

function UsedWords({ role, use }: RoleDetailProps) {
  if (role.isNew) return 'Nobody has it yet: save it, then give it to users.';
  if (!use || use.count === 0) return 'No user has it.';
  const more = use.count > use.first.length ? ` and ${use.count - use.first.length} more` : '';
  return (
    <>
      {`${use.first.map(({ name }) => name).join(', ')}${more} ${use.count === 1 ? 'has' : 'have'} it. `}
      <a href="/admin/users/" className="font-medium text-accent underline underline-offset-2">
        Users
      </a>
    </>
  );
}

function SecondFactor({ role, onChange }: { readonly role: RoleRow; readonly onChange: (on: boolean) => void }) {
  return (
    <div className="flex items-start gap-3">
      <Switch label="A second factor is required" checked={role.twoFactor} onChange={onChange} />
      <div className="min-w-0">
        <p className="text-sm text-ink">A second factor is required</p>
        <p className="text-xs text-ink-2">
          Who signs in with a password sets up a code on their telephone first, and is asked for it each time.
        </p>
      </div>
    </div>
  );
}

interface RoleButtonsProps extends RoleDetailProps {
  readonly change: (next: Partial<RoleRow>) => void;
}

function RoleButtons({ role, form, use, onCopy, onRemoved, change }: RoleButtonsProps) {
  const { roles } = form.values;
  const first = role.isNew ? undefined : defaultAccess.roles.find(({ id }) => id === role.id);
  const count = use?.count ?? 0;
  const remove = () => {
    form.set(
      'roles',
      roles.filter(({ row }) => row !== role.row),
    );
    onRemoved();
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button size="small" onClick={onCopy}>
        New role like this one
      </Button>
      {first ? (
        <Button size="small" onClick={() => change({ ...first })}>
          Back to the default
        </Button>
      ) : (
        <>
          <Button size="small" disabled={count > 0} onClick={remove}>
            Remove this role
          </Button>
          {count > 0 ? (
            <span className="text-xs text-ink-2">It can be removed when no user has it any more.</span>
          ) : null}
        </>
      )}
    </div>
  );
}
