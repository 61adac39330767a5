'use client';

import { Plus } from 'lucide-react';
import { useRef } from 'react';
import { Card } from '../../account/card';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/text-field';
import { CheckBox } from '../check-box';
import { RemoveButton } from '../row-buttons';
import type { Form } from '../use-form';
import { type AccessValues, type GroupRow, newGroup, numbersIn, renamed, withoutGroup } from './access-values';
import type { Office } from './use-office';

const mostGroups = 500;

interface GroupsCardProps {
  readonly form: Form<AccessValues>;
  readonly office: Office;
}

/** Who belongs together, for permissions that hold for some. */
export function GroupsCard({ form, office }: GroupsCardProps) {
  const list = useRef<HTMLOListElement>(null);
  const { groups, roles } = form.values;
  const focusOn = (at: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLInputElement>('input[name$=name]')[at]?.focus());
  const change = (at: number, next: GroupRow) => {
    const before = groups[at];
    form.set('groups', groups.with(at, next));
    if (before && before.name !== next.name) form.set('roles', renamed(roles, before.name, next.name));
  };
  const remove = (at: number) => {
    form.set('groups', groups.toSpliced(at, 1));
    form.set('roles', withoutGroup(roles, groups[at]?.name ?? ''));
    focusOn(Math.max(at - 1, 0));
  };
  return (
    <Card
      id="groups"
      title="Groups"
      description="Extensions, departments and queues that a permission can be limited to. Whoever joins a department later belongs to its groups at once."
    >
      <ol ref={list} className="flex flex-col gap-4">
        {groups.map((group, at) => (
          <li key={group.id}>
            <Group
              group={group}
              at={at}
              form={form}
              office={office}
              onChange={(next) => change(at, next)}
              onRemove={() => remove(at)}
            />
          </li>
        ))}
      </ol>
      {groups.length === 0 ? (
        <p className="mb-3 text-sm text-ink-2">There are none: permissions hold for everybody or not at all.</p>
      ) : null}
      <Button
        size="small"
        className="mt-3"
        icon={<Plus aria-hidden className="size-4" />}
        disabled={groups.length >= mostGroups}
        onClick={() => {
          form.set('groups', [...groups, newGroup()]);
          focusOn(groups.length);
        }}
      >
        Add a group
      </Button>
    </Card>
  );
}

interface GroupProps extends GroupsCardProps {
  readonly group: GroupRow;
  readonly at: number;
  readonly onChange: (group: GroupRow) => void;
  readonly onRemove: () => void;
}

function Group({ group, at, form, office, onChange, onRemove }: GroupProps) {
  const title = group.name.trim() || `group ${at + 1}`;
  const path = `groups.${at}`;
  const other = group.wasNamed !== '' && group.wasNamed !== group.name;
  return (
    <fieldset className="min-w-0 rounded-lg border border-line px-3 pb-3 pt-2">
      <legend className="sr-only">{title}</legend>
      <div className="flex items-start gap-2">
        <TextField
          className="min-w-0 flex-1 sm:max-w-80"
          label="Name"
          name={`${path}.name`}
          value={group.name}
          onChange={(event) => onChange({ ...group, name: event.target.value })}
          error={form.problem(`${path}.name`)}
          hint={other ? `Users with permissions of their own for “${group.wasNamed}” lose those.` : undefined}
          autoComplete="off"
          maxLength={60}
        />
        <span className="ml-auto pt-5">
          <RemoveButton name={title} blocked={null} onRemove={onRemove} />
        </span>
      </div>
      <Choices
        title="Departments"
        of={title}
        all={office.departments.map((name) => ({ name, label: name }))}
        chosen={group.departments}
        onChange={(departments) => onChange({ ...group, departments })}
      />
      <Choices
        title="Queues"
        of={title}
        all={office.queues}
        chosen={group.queues}
        onChange={(queues) => onChange({ ...group, queues })}
      />
      <TextField
        className="mt-3"
        label="Further extensions"
        name={`${path}.extensions`}
        value={group.extensions}
        onChange={(event) => onChange({ ...group, extensions: event.target.value })}
        error={form.problem(`${path}.extensions`)}
        hint={peopleWords(group.extensions, office)}
        placeholder="101, 102"
        autoComplete="off"
      />
    </fieldset>
  );
}

/** Who the numbers are, so that a slip is seen. */
function peopleWords(text: string, { people }: Office): string {
  const numbers = numbersIn(text);
  if (numbers.length === 0) return 'Numbers with commas between them, for who is in no department above.';
  if (people.size === 0) return '';
  const known = numbers.flatMap((number) => people.get(number) || (people.has(number) ? number : []));
  const unknown = numbers.filter((number) => !people.has(number));
  const missing = unknown.length > 0 ? `Not on this PBX: ${unknown.join(', ')}.` : '';
  return [known.length > 0 ? `${known.join(', ')}.` : '', missing].filter(Boolean).join(' ');
}

interface ChoicesProps {
  readonly title: string;
  readonly of: string;
  readonly all: readonly { readonly name: string; readonly label: string }[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}

function Choices({ title, of, all, chosen, onChange }: ChoicesProps) {
  const gone = chosen.filter((name) => !all.some((one) => one.name === name));
  const shown = [...all, ...gone.map((name) => ({ name, label: name }))];
  if (shown.length === 0) return null;
  return (
    <fieldset className="mt-3">
      <legend className="text-[0.8125rem] font-medium text-ink">
        {title}
        <span className="sr-only"> of {of}</span>
      </legend>
      <div className="grid max-h-60 gap-x-4 overflow-y-auto sm:grid-cols-2 lg:grid-cols-3">
        {shown.map(({ name, label }) => (
          <CheckBox
            key={name}
            label={label}
            checked={chosen.includes(name)}
            onChange={(on) => onChange(on ? [...chosen, name] : chosen.filter((other) => other !== name))}
          />
        ))}
      </div>
    </fieldset>
  );
}
