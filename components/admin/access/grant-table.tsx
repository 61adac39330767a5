'use client';

import { useId } from 'react';
import type { Grant } from '@/server/protocol/access';
import { type Granted, permissionSections, permissionWords } from '@/server/protocol/permission-words';
import { CheckBox } from '../check-box';
import { RowSelect } from '../row-fields';
import { granted, groupsOf, type Reach, reachOf } from './access-values';

interface GrantTableProps {
  readonly grants: readonly Grant[];
  /** Names of the groups there are. */
  readonly groups: readonly string[];
  readonly onChange: (grants: Grant[]) => void;
}

/** What somebody may do, permission by permission: not at all, for everybody, or for groups. */
export function GrantTable({ grants, groups, onChange }: GrantTableProps) {
  return (
    <div className="flex flex-col gap-5">
      {permissionSections.map(({ title, names }) => (
        <section key={title} aria-label={title}>
          <h3 className="mb-1 text-xs font-semibold text-ink-2">{title}</h3>
          <ul className="divide-y divide-line border-y border-line">
            {names.map((name) => (
              <GrantRow key={name} name={name} grants={grants} groups={groups} onChange={onChange} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

const forAll: Partial<Record<Reach, string>> = { nobody: 'No', all: 'Yes' };
const forSome: Readonly<Record<Reach, string>> = { nobody: 'No', all: 'For everybody', some: 'For groups…' };

interface GrantRowProps extends GrantTableProps {
  readonly name: Granted;
}

function GrantRow({ name, grants, groups, onChange }: GrantRowProps) {
  const { name: title, about, limitable, unlimited = forSome.all } = permissionWords[name];
  const reach = reachOf(grants, name);
  const options = limitable || reach === 'some' ? { ...forSome, all: unlimited } : (forAll as typeof forSome);
  const id = useId();
  return (
    <li className="py-2">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1 pt-1">
          <p className="text-sm text-ink">{title}</p>
          <p className="text-xs text-ink-2">{about}</p>
        </div>
        <div className="w-36 shrink-0">
          <RowSelect
            label={title}
            headed="always"
            value={reach}
            options={options}
            onChange={(next) => onChange(granted(grants, name, next, next === 'some' ? groups.slice(0, 1) : []))}
          />
        </div>
      </div>
      {reach === 'some' ? (
        <GroupChoice
          id={id}
          title={title}
          chosen={groupsOf(grants, name)}
          groups={groups}
          onChange={(next) => onChange(granted(grants, name, 'some', next))}
        />
      ) : null}
    </li>
  );
}

interface GroupChoiceProps {
  readonly id: string;
  readonly title: string;
  readonly chosen: readonly string[];
  readonly groups: readonly string[];
  readonly onChange: (groups: readonly string[]) => void;
}

function GroupChoice({ id, title, chosen, groups, onChange }: GroupChoiceProps) {
  const gone = chosen.filter((name) => !groups.includes(name));
  return (
    <fieldset aria-describedby={id} className="mt-1 rounded-md bg-sunken px-3 py-2">
      <legend className="sr-only">{`Groups for ${title}`}</legend>
      <div className="grid gap-x-4 sm:grid-cols-2">
        {[...groups, ...gone].map((name) => (
          <CheckBox
            key={name}
            label={name || 'A group without a name'}
            hint={gone.includes(name) ? 'There is no such group any more' : undefined}
            checked={chosen.includes(name)}
            onChange={(on) => onChange(on ? [...chosen, name] : chosen.filter((other) => other !== name))}
          />
        ))}
      </div>
      <p id={id} className="mt-1 text-xs text-ink-2">
        {chosen.length === 0 ? 'For themselves alone. ' : 'For these, and always for themselves. '}
        {groups.length === 0 ? 'There are no groups yet: add them under Access.' : null}
      </p>
    </fieldset>
  );
}
