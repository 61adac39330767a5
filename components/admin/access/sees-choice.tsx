'use client';

import { ChoiceChip } from '../../ui/choice-chip';
import { CheckBox } from '../check-box';

interface SeesChoiceProps {
  /** Of the radio buttons. */
  readonly name: string;
  /** Names of groups; null: everything. */
  readonly sees: readonly string[] | null;
  /** Names of the groups there are. */
  readonly groups: readonly string[];
  readonly onChange: (sees: string[] | null) => void;
}

/** Everything, or the groups that are seen. */
export function SeesChoice({ name, sees, groups, onChange }: SeesChoiceProps) {
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <ChoiceChip name={name} value="all" checked={sees === null} onChange={() => onChange(null)}>
          Everything
        </ChoiceChip>
        <ChoiceChip name={name} value="some" checked={sees !== null} onChange={() => onChange(sees ? [...sees] : [])}>
          Only some
        </ChoiceChip>
      </div>
      {sees === null ? null : <SeenGroups sees={sees} groups={groups} onChange={onChange} />}
    </>
  );
}

interface SeenGroupsProps {
  readonly sees: readonly string[];
  readonly groups: readonly string[];
  readonly onChange: (sees: string[]) => void;
}

export function SeenGroups({ sees, groups, onChange }: SeenGroupsProps) {
  const gone = sees.filter((name) => !groups.includes(name));
  return (
    <fieldset className="mt-2 rounded-md bg-sunken px-3 py-2">
      <legend className="sr-only">Groups that are seen</legend>
      <div className="grid gap-x-4 sm:grid-cols-2">
        {[...groups, ...gone].map((name) => (
          <CheckBox
            key={name}
            label={name || 'A group without a name'}
            hint={gone.includes(name) ? 'There is no such group any more' : undefined}
            checked={sees.includes(name)}
            onChange={(on) => onChange(on ? [...sees, name] : sees.filter((other) => other !== name))}
          />
        ))}
      </div>
      <p className="mt-1 text-xs text-ink-2">
        {sees.length === 0 ? 'Themselves and their own calls alone. ' : 'These, themselves, and the calls of both. '}
        {groups.length === 0 ? 'There are no groups yet: add them under Roles.' : null}
      </p>
    </fieldset>
  );
}
