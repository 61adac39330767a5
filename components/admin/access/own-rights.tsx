'use client';

import { defaultAccess, type Grant, roleOf, savedAccess } from '@/server/protocol/access';
import type { PreviewBody } from '@/server/protocol/access-answers';
import type { Role } from '@/server/protocol/permissions';
import { ChoiceChip } from '../../ui/choice-chip';
import { useResource } from '../use-resource';
import { GrantTable } from './grant-table';
import { Preview } from './preview';
import { SeenGroups } from './sees-choice';

export interface OwnValues {
  readonly role: Role;
  readonly extension: string;
  /** Null: as the role. */
  readonly grants: Grant[] | null;
  readonly sees: string[] | null;
}

interface OwnRightsProps {
  /** The user who is edited; null: a new one. */
  readonly user: string | null;
  readonly values: OwnValues;
  readonly onGrants: (grants: Grant[] | null) => void;
  readonly onSees: (sees: string[] | null) => void;
  readonly problem: (name: 'grants' | 'sees') => string | undefined;
}

/** What a user sees and may do: as the role says, or of their own; and what comes of it, before it is saved. */
export function OwnRights({ user, values, onGrants, onSees, problem }: OwnRightsProps) {
  const settings = useResource(savedAccess, 'admin/access').value?.settings ?? defaultAccess;
  const { role, grants, sees, extension } = values;
  const template = roleOf(role, settings);
  const groups = settings.groups.map(({ name }) => name);
  const named = template?.name ?? role;
  const asks: PreviewBody = {
    ...(user === null ? {} : { user }),
    ...{ role, grants, sees, extension: extension.trim() || null },
  };
  return (
    <>
      {role === 'admin' ? null : (
        <>
          <Choice
            title="What they see"
            name="sees"
            own={sees !== null}
            asRole={`As ${named}: ${seenWords(template?.sees ?? null)}`}
            ofTheirOwn="Only some"
            onChange={(own) => onSees(own ? [...(sees ?? template?.sees ?? [])] : null)}
            error={problem('sees')}
          >
            {sees === null ? null : <SeenGroups sees={sees} groups={groups} onChange={onSees} />}
          </Choice>
          <Choice
            title="Permissions"
            name="grants"
            own={grants !== null}
            asRole={`As ${named}`}
            ofTheirOwn="Of their own"
            onChange={(own) => onGrants(own ? [...(grants ?? template?.grants ?? [])] : null)}
            error={problem('grants')}
          >
            {grants === null ? null : (
              <div className="mt-4">
                <GrantTable grants={grants} groups={groups} onChange={onGrants} />
              </div>
            )}
          </Choice>
        </>
      )}
      <Preview who="This user" body={asks} />
    </>
  );
}

function seenWords(sees: readonly string[] | null): string {
  if (sees === null) return 'everything';
  if (sees.length === 0) return 'themselves alone';
  return sees.length > 2 ? `${sees.length} groups` : sees.join(' and ');
}

interface ChoiceProps {
  readonly title: string;
  readonly name: string;
  readonly own: boolean;
  readonly asRole: string;
  readonly ofTheirOwn: string;
  readonly onChange: (own: boolean) => void;
  readonly error: string | undefined;
  readonly children: React.ReactNode;
}

function Choice({ title, name, own, asRole, ofTheirOwn, onChange, error, children }: ChoiceProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-[0.8125rem] font-medium text-ink">{title}</legend>
      <div className="flex flex-wrap gap-2">
        <ChoiceChip name={name} value="role" checked={!own} onChange={() => onChange(false)}>
          {asRole}
        </ChoiceChip>
        <ChoiceChip name={name} value="own" checked={own} onChange={() => onChange(true)}>
          {ofTheirOwn}
        </ChoiceChip>
      </div>
      {error ? (
        <p role="alert" className="mt-1 text-xs font-medium text-dnd-ink">
          {error}
        </p>
      ) : null}
      {children}
    </fieldset>
  );
}
