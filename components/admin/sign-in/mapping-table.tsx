'use client';

import clsx from 'clsx';
import { Plus } from 'lucide-react';
import { useRef } from 'react';
import type { RoleTemplate } from '@/server/protocol/access';
import { Button } from '../../ui/button';
import { SelectField } from '../../ui/select-field';
import { asRow } from '../availability/availability-values';
import { moved } from '../lists';
import { MoveButtons, RemoveButton } from '../row-buttons';
import { RowSelect, RowText } from '../row-fields';
import type { MappingValues } from './sign-in-values';

const most = 200;
const columns = 'grid-cols-2 sm:grid-cols-[minmax(0,1fr)_12rem_6.75rem] lg:grid-cols-[minmax(0,1fr)_12rem_5.25rem]';

interface MappingTableProps {
  readonly mapping: MappingValues;
  readonly onChange: (mapping: MappingValues) => void;
  readonly roles: readonly RoleTemplate[];
  /** Path of the mapping in the form. */
  readonly path: string;
  readonly problem: (path: string) => string | undefined;
  /** What a group looks like here. */
  readonly example: string;
  readonly hint: string;
}

/** Which group gives which role. */
export function MappingTable({ mapping, onChange, roles, path, problem, example, hint }: MappingTableProps) {
  const list = useRef<HTMLOListElement>(null);
  const { rules } = mapping;
  const put = (next: MappingValues['rules']) => onChange({ ...mapping, rules: next });
  const names: Readonly<Record<string, string>> = Object.fromEntries(roles.map(({ id, name }) => [id, name]));
  const focusOn = (at: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll('input')[Math.max(at, 0)]?.focus());
  return (
    <fieldset>
      <legend className="text-[0.8125rem] font-medium text-ink">Which group gives which role</legend>
      <p className="mb-2 text-xs text-ink-2">{hint} The first line that fits decides.</p>
      {rules.length > 0 ? (
        <div aria-hidden className={clsx('mb-1.5 grid gap-2 text-xs font-medium text-ink-2', columns)}>
          <span>Group</span>
          <span>Role</span>
        </div>
      ) : null}
      <ol ref={list} className="flex flex-col gap-2">
        {rules.map((rule, at) => {
          const name = rule.value.trim() || `line ${at + 1}`;
          return (
            <li key={rule.id}>
              <fieldset className={clsx('grid min-w-0 items-start gap-2', columns)}>
                <legend className="sr-only">{name}</legend>
                <RowText
                  label="Group"
                  headed="always"
                  name={`${path}.rules.${at}.value`}
                  value={rule.value}
                  onChange={(value) => put(rules.with(at, { ...rule, value }))}
                  error={problem(`${path}.rules.${at}.value`)}
                  placeholder={example}
                  maxLength={500}
                  autoCapitalize="none"
                  spellCheck={false}
                />
                <RowSelect
                  label="Role"
                  headed="always"
                  value={rule.role}
                  options={rule.role in names ? names : { ...names, [rule.role]: `${rule.role} (gone)` }}
                  onChange={(role) => put(rules.with(at, { ...rule, role }))}
                  error={problem(`${path}.rules.${at}.role`)}
                />
                <div className="flex justify-end max-sm:col-span-2">
                  <MoveButtons name={name} at={at} count={rules.length} onMove={(to) => put(moved(rules, at, to))} />
                  <RemoveButton
                    name={name}
                    blocked={null}
                    onRemove={() => {
                      put(rules.toSpliced(at, 1));
                      focusOn(at - 1);
                    }}
                  />
                </div>
              </fieldset>
            </li>
          );
        })}
      </ol>
      <Button
        size="small"
        className="mt-2"
        icon={<Plus aria-hidden className="size-4" />}
        disabled={rules.length >= most}
        onClick={() => {
          put([...rules, asRow({ value: '', role: 'member' })]);
          focusOn(rules.length);
        }}
      >
        Add a group
      </Button>
      <SelectField
        className="mt-4 max-w-80"
        label="Everybody else"
        name={`${path}.otherwise`}
        value={mapping.otherwise ?? ''}
        onChange={(event) => onChange({ ...mapping, otherwise: event.target.value || null })}
        options={[
          { value: '', label: 'may not sign in' },
          ...roles.map(({ id, name }) => ({ value: id, label: `becomes ${name}` })),
        ]}
        error={problem(`${path}.otherwise`)}
      />
    </fieldset>
  );
}
