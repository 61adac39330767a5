'use client';

import { Tabs } from '@base-ui/react/tabs';
import { Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ImportPlan, ImportRow } from '@/server/protocol/fop2-import';
import { Button } from '../../ui/button';
import { numberText } from '../../ui/region';
import { SelectField } from '../../ui/select-field';
import { csvText } from '../csv-text';
import { FilterField } from '../filter-field';
import { saveText } from '../save-text';
import { outcomeWords } from './import-words';
import { ButtonsTable, RolesTables, RowsTable, SettingsTable, UsersTable } from './plan-tables';

type Tab = 'users' | 'roles' | 'buttons' | 'settings' | 'lines';
type Shown = 'all' | 'changes' | 'same' | 'notes';

const shownOptions: readonly { readonly value: Shown; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'changes', label: 'New and changed' },
  { value: 'same', label: 'Stays as it is' },
  { value: 'notes', label: 'With a remark' },
];

const lineOptions = [
  { value: 'all', label: 'All lines' },
  { value: 'left', label: 'Not taken, or in part' },
  ...Object.entries(outcomeWords).map(([value, { word }]) => ({ value, label: word })),
];

/** What the import would do, by kinds of things, and what becomes of every line. */
export function PlanView({ plan }: { readonly plan: ImportPlan }) {
  const [tab, setTab] = useState<Tab>('users');
  const [query, setQuery] = useState('');
  const [shown, setShown] = useState<Shown>('all');
  const [lines, setLines] = useState('left');
  const found = useMemo(() => filtered(plan, query, shown, lines), [plan, query, shown, lines]);
  const tabs: readonly { readonly value: Tab; readonly label: string; readonly count: number }[] = [
    { value: 'users', label: 'Users', count: plan.users.length },
    { value: 'roles', label: 'Roles and groups', count: plan.roles.length + plan.groups.length },
    { value: 'buttons', label: 'Buttons', count: plan.buttons.length },
    { value: 'settings', label: 'Settings', count: plan.settings.length },
    { value: 'lines', label: 'Not taken', count: plan.rows.filter(isLeft).length },
  ];
  return (
    <Tabs.Root value={tab} onValueChange={(next: Tab) => setTab(next)}>
      <Tabs.List
        aria-label="What would be imported"
        className="flex gap-1 overflow-x-auto border-b border-line"
        activateOnFocus
      >
        {tabs.map(({ value, label, count }) => (
          <Tabs.Tab
            key={value}
            value={value}
            className="-mb-px flex h-10 shrink-0 cursor-pointer items-center gap-1.5 rounded-t-md border-b-2 border-transparent px-3 text-sm text-ink-2 hover:text-ink data-[active]:border-accent data-[active]:font-medium data-[active]:text-ink"
          >
            {label}
            <span className="tabular-nums text-ink-2">{numberText(count)}</span>
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <div className="my-3 flex flex-wrap items-end gap-3">
        <FilterField label="Filter" value={query} onChange={setQuery} />
        {tab === 'lines' ? (
          <SelectField
            label="Outcome"
            options={lineOptions}
            value={lines}
            onChange={(event) => setLines(event.target.value)}
          />
        ) : (
          <SelectField
            label="Show"
            options={shownOptions}
            value={shown}
            onChange={(event) => setShown(event.target.value as Shown)}
          />
        )}
        <Button
          className="ml-auto"
          icon={<Download aria-hidden className="size-4" />}
          onClick={() => saveText('fop2-import-report.csv', reportCsv(plan.rows), 'text/csv')}
        >
          Report of every line
        </Button>
      </div>
      <Tabs.Panel value="users" tabIndex={-1}>
        {found.users.length > 0 ? <UsersTable rows={found.users} /> : <None />}
      </Tabs.Panel>
      <Tabs.Panel value="roles" tabIndex={-1}>
        {found.roles.length + found.groups.length > 0 ? (
          <RolesTables roles={found.roles} groups={found.groups} />
        ) : (
          <None />
        )}
      </Tabs.Panel>
      <Tabs.Panel value="buttons" tabIndex={-1}>
        {found.buttons.length > 0 ? <ButtonsTable rows={found.buttons} /> : <None />}
      </Tabs.Panel>
      <Tabs.Panel value="settings" tabIndex={-1}>
        {found.settings.length > 0 ? <SettingsTable rows={found.settings} /> : <None />}
      </Tabs.Panel>
      <Tabs.Panel value="lines" tabIndex={-1}>
        {found.rows.length > 0 ? <RowsTable rows={found.rows} /> : <None />}
      </Tabs.Panel>
    </Tabs.Root>
  );
}

function None() {
  return (
    <p className="rounded-xl border border-line bg-surface px-4 py-6 text-center text-sm text-ink-2">Nothing here.</p>
  );
}

function isLeft({ outcome }: ImportRow): boolean {
  return outcome === 'notTaken' || outcome === 'partly';
}

type Found = Pick<ImportPlan, 'users' | 'roles' | 'groups' | 'buttons' | 'settings' | 'rows'>;

function filtered(plan: ImportPlan, query: string, shown: Shown, lines: string): Found {
  const text = query.trim().toLowerCase();
  const has = (row: object): boolean => text === '' || JSON.stringify(Object.values(row)).toLowerCase().includes(text);
  const fits = (row: { readonly change: string | null; readonly notes?: readonly string[] }): boolean => {
    const changes = row.change === 'new' || row.change === 'changed';
    if (shown === 'changes') return changes;
    if (shown === 'same') return !changes;
    return shown === 'all' || (row.notes?.length ?? 0) > 0;
  };
  const those = <T extends Parameters<typeof fits>[0]>(rows: readonly T[]): T[] =>
    rows.filter((row) => fits(row) && has(row));
  return {
    users: those(plan.users),
    roles: those(plan.roles),
    groups: those(plan.groups),
    buttons: those(plan.buttons),
    settings: those(plan.settings),
    rows: plan.rows.filter((row) => {
      return (lines === 'all' || (lines === 'left' ? isLeft(row) : row.outcome === lines)) && has(row);
    }),
  };
}

function reportCsv(rows: readonly ImportRow[]): string {
  return csvText(
    ['File', 'Line', 'To line', 'What', 'Outcome', 'Why'],
    rows.map(({ file, line, to, key, outcome, words }) => [
      file,
      `${line}`,
      `${to}`,
      key,
      outcomeWords[outcome].word,
      words,
    ]),
  );
}
