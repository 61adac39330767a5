import { kindWords } from '@/server/protocol/buttons';
import type {
  ImportButton,
  ImportChange,
  ImportGroup,
  ImportRole,
  ImportRow,
  ImportSetting,
  ImportUser,
} from '@/server/protocol/fop2-import';
import { permissionWords } from '@/server/protocol/permission-words';
import { Badge } from '../../ui/badge';
import { changeWords, outcomeWords } from './import-words';
import { type Column, LongTable } from './long-table';

const small = 'block text-xs text-ink-2 [overflow-wrap:anywhere]';

function Change({ change }: { readonly change: ImportChange | null }) {
  if (change === null) return <Badge>Not taken</Badge>;
  const { word, tone } = changeWords[change];
  return <Badge tone={tone}>{word}</Badge>;
}

function Notes({ notes }: { readonly notes: readonly string[] }) {
  return notes.length === 0 ? null : <span className={small}>{notes.join(' ')}</span>;
}

const changeColumn = {
  title: 'Change',
  className: 'w-24',
  show: (row: { readonly change: ImportChange | null }) => <Change change={row.change} />,
};

const userColumns: Column<ImportUser>[] = [
  {
    title: 'User',
    show: ({ username, name, email, notes }) => (
      <>
        <span className="font-medium text-ink">{name}</span>
        <span className={small}>
          {username}
          {email ? ` · ${email}` : ''}
        </span>
        <Notes notes={notes} />
      </>
    ),
  },
  {
    title: 'Role',
    show: ({ roleName, ownRights, extension }) => (
      <>
        {roleName}
        {ownRights ? <span className={small}>with rights of their own</span> : null}
        {extension === null ? <span className={small}>without an extension</span> : null}
      </>
    ),
  },
  { title: 'Sees', className: 'max-sm:hidden', show: ({ sees }) => seesWords(sees) },
  changeColumn,
];

function seesWords(sees: readonly string[] | null): string {
  if (sees === null) return 'Everything';
  return sees.length === 0 ? 'Only themselves' : sees.join(', ');
}

export function UsersTable({ rows }: { readonly rows: readonly ImportUser[] }) {
  return (
    <LongTable caption="Users of the files" columns={userColumns} rows={rows} keyOf={({ username }) => username} />
  );
}

const roleColumns: Column<ImportRole>[] = [
  {
    title: 'Role',
    show: ({ name, users }) => (
      <>
        <span className="font-medium text-ink">{name}</span>
        <span className={small}>{users === 1 ? '1 user' : `${users} users`}</span>
      </>
    ),
  },
  {
    title: 'May',
    className: 'max-sm:hidden',
    show: ({ permissions }) => permissions.map(permissionText).join(', ') || 'Look',
  },
  { title: 'Sees', show: ({ sees }) => seesWords(sees) },
  changeColumn,
];

function permissionText({ permission, groups }: ImportRole['permissions'][number]): string {
  const { name } = permissionWords[permission as keyof typeof permissionWords] ?? { name: permission };
  return groups === null ? name : `${name} (${groups.join(', ') || 'themselves'})`;
}

const groupColumns: Column<ImportGroup>[] = [
  {
    title: 'Group',
    show: ({ name, notes }) => (
      <>
        <span className="font-medium text-ink">{name}</span>
        <Notes notes={notes} />
      </>
    ),
  },
  { title: 'Holds', show: ({ holds }) => holds },
  changeColumn,
];

export function RolesTables({
  roles,
  groups,
}: {
  readonly roles: readonly ImportRole[];
  readonly groups: readonly ImportGroup[];
}) {
  return (
    <div className="flex flex-col gap-4">
      {roles.length > 0 ? (
        <LongTable caption="Roles of the users" columns={roleColumns} rows={roles} keyOf={({ id }) => id} />
      ) : null}
      {groups.length > 0 ? (
        <LongTable caption="Groups" columns={groupColumns} rows={groups} keyOf={({ name }) => name} />
      ) : null}
    </div>
  );
}

const buttonColumns: Column<ImportButton>[] = [
  {
    title: 'Button',
    show: ({ label, device, kind, key }) => (
      <>
        <span className="font-medium text-ink [overflow-wrap:anywhere]">{label}</span>
        <span className={small}>
          {device} · {kindWords[kind]} {key}
        </span>
      </>
    ),
  },
  {
    title: 'What changes',
    show: ({ fields, notes, added, change }) => (
      <>
        {fields.map(({ field, before, after }) => (
          <span key={field} className="block text-[0.8125rem] [overflow-wrap:anywhere]">
            <span className="text-ink-2">{field}: </span>
            {before === '' ? null : <del className="mr-1 text-ink-3">{before}</del>}
            <ins className="no-underline">{after}</ins>
          </span>
        ))}
        {added && change === 'new' ? (
          <span className={small}>The PBX does not have it: it is added by hand.</span>
        ) : null}
        <Notes notes={notes} />
      </>
    ),
  },
  changeColumn,
];

export function ButtonsTable({ rows }: { readonly rows: readonly ImportButton[] }) {
  return (
    <LongTable
      caption="Buttons of the files"
      columns={buttonColumns}
      rows={rows}
      keyOf={({ kind, key }) => `${kind} ${key}`}
    />
  );
}

const settingColumns: Column<ImportSetting>[] = [
  {
    title: 'Setting',
    show: ({ title, notes }) => (
      <>
        <span className="font-medium text-ink">{title}</span>
        <Notes notes={notes} />
      </>
    ),
  },
  { title: 'Value', show: ({ value }) => <span className="[overflow-wrap:anywhere]">{value}</span> },
  changeColumn,
];

export function SettingsTable({ rows }: { readonly rows: readonly ImportSetting[] }) {
  return (
    <LongTable caption="Settings of the files" columns={settingColumns} rows={rows} keyOf={({ title }) => title} />
  );
}

const rowColumns: Column<ImportRow>[] = [
  {
    title: 'Line',
    className: 'w-40 max-sm:w-28',
    show: ({ file, line, to }) => (
      <span className="tabular-nums">
        <span className="block text-xs text-ink-2 [overflow-wrap:anywhere]">{file}</span>
        {line === to ? line : `${line}–${to}`}
      </span>
    ),
  },
  {
    title: 'What',
    show: ({ key, words }) => (
      <>
        {key ? <code className="text-[0.8125rem] text-ink">{key}</code> : null}
        <span className={small}>{words}</span>
      </>
    ),
  },
  {
    title: 'Outcome',
    className: 'w-24',
    show: ({ outcome }) => <Badge tone={outcomeWords[outcome].tone}>{outcomeWords[outcome].word}</Badge>,
  },
];

export function RowsTable({ rows }: { readonly rows: readonly ImportRow[] }) {
  return (
    <LongTable
      caption="Every line of the files"
      columns={rowColumns}
      rows={rows}
      keyOf={({ file, line }) => `${file} ${line}`}
    />
  );
}
