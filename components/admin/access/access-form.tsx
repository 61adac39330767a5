'use client';

import { useEffect, useRef, useState } from 'react';
import { accessSettings, type SavedAccess, savedAccess } from '@/server/protocol/access';
import type { AccessUse, PreviewBody } from '@/server/protocol/access-answers';
import { call } from '../../auth/api';
import { SaveBar } from '../save-bar';
import type { Form } from '../use-form';
import { type SettingsFormProps, useSettingsForm } from '../use-settings-form';
import { AccessList, type Chosen } from './access-list';
import {
  type AccessValues,
  accessOf,
  accessValues,
  copyOf,
  newGroup,
  type RoleRow,
  renamesOf,
  rowOfGroup,
} from './access-values';
import { GroupDetail } from './group-detail';
import { RoleDetail } from './role-detail';
import { useOffice } from './use-office';

interface AccessFormProps extends SettingsFormProps<SavedAccess> {
  /** Null: not known yet. */
  readonly use: AccessUse | null;
  readonly reloadUse: () => void;
}

const atFirst: Chosen = { kind: 'roles', row: 'supervisor' };

/** Roles and groups: all of them at the left, and one of them to look at and to change. */
export function AccessForm({ use, reloadUse, ...props }: AccessFormProps) {
  const submitted = useRef<AccessValues | null>(null);
  const [chosen, setChosen] = useState<Chosen>(atFirst);
  const { form, bar } = useSettingsForm({
    ...props,
    onSaved: (saved: SavedAccess) => {
      props.onSaved(saved);
      reloadUse();
      if (submitted.current) setChosen(whereNow(chosen, submitted.current, saved));
    },
    valuesOf: ({ settings }) => accessValues(settings),
    schema: accessSettings,
    body: (values) => {
      submitted.current = values;
      return accessOf(values);
    },
    send: (settings) => {
      const renamed = submitted.current ? renamesOf(submitted.current) : [];
      const body = { version: props.saved.version, settings, renamed };
      return call(savedAccess, 'admin/access', { method: 'PUT', body });
    },
    within: 'settings',
    inForce: 'Saved. It is in force now, in every open panel.',
  });
  const choose = useWrongInSight(form, chosen, setChosen);
  const { roles, groups } = form.values;
  const addRole = (like: RoleRow | undefined) => {
    if (!like) return;
    const names = roles.map(({ name }) => name);
    const made = copyOf(like, names);
    form.set('roles', [...roles, made]);
    choose({ kind: 'roles', row: made.row }, `roles.${roles.length}.name`);
  };
  const addGroup = () => {
    const made = newGroup();
    form.set('groups', [...groups, made]);
    choose({ kind: 'groups', row: made.id }, `groups.${groups.length}.name`);
  };
  return (
    <form
      ref={form.ref}
      onSubmit={form.submit}
      noValidate
      className="flex flex-col gap-5 [&_:is(input,select,button)]:scroll-mb-24"
    >
      <div className="grid items-start gap-5 lg:grid-cols-[14rem_minmax(0,1fr)]">
        <AccessList
          form={form}
          use={use}
          chosen={chosen}
          onChoose={choose}
          onAddRole={() => addRole(roles.find(({ id }) => id === 'receptionist') ?? roles[0])}
          onAddGroup={addGroup}
        />
        <Detail form={form} use={use} chosen={chosen} choose={choose} addRole={addRole} />
      </div>
      {form.problem('roles') ? (
        <p role="alert" className="text-sm font-medium text-dnd-ink">
          {form.problem('roles')}
        </p>
      ) : null}
      <SaveBar {...bar} />
    </form>
  );
}

interface DetailProps {
  readonly form: Form<AccessValues>;
  readonly use: AccessUse | null;
  readonly chosen: Chosen;
  readonly choose: (chosen: Chosen) => void;
  readonly addRole: (like: RoleRow) => void;
}

function Detail({ form, use, chosen, choose, addRole }: DetailProps) {
  const office = useOffice();
  const { roles, groups } = form.values;
  const groupAt = chosen.kind === 'groups' ? groups.findIndex(({ id }) => id === chosen.row) : -1;
  const group = groups[groupAt];
  if (group) {
    return (
      <GroupDetail
        key={group.id}
        group={group}
        at={groupAt}
        form={form}
        office={office}
        use={use?.groups[group.wasNamed]}
        onRemoved={() => choose(atFirst)}
      />
    );
  }
  const at = Math.max(
    0,
    roles.findIndex(({ row }) => row === chosen.row),
  );
  const role = roles[at];
  if (!role) return null;
  return (
    <RoleDetail
      key={role.row}
      role={role}
      at={at}
      form={form}
      use={use?.roles[role.id]}
      asks={askFor(form.values, at)}
      onCopy={() => addRole(role)}
      onRemoved={() => choose(atFirst)}
    />
  );
}

/** Asks by what stands in the form; a group without a name yet does not keep it from being asked. */
function askFor(values: AccessValues, at: number): PreviewBody | null {
  const { groups, roles } = accessOf(values);
  const role = roles[at];
  const named = { groups, roles: roles.map((one) => ({ ...one, name: one.name.trim() || one.id })) };
  const parsed = accessSettings.safeParse(named);
  return role && parsed.success ? { settings: parsed.data, role: role.id } : null;
}

/** The same role or group after it was saved: it may have a new name, or its first id. */
function whereNow(chosen: Chosen, { groups, roles }: AccessValues, { settings }: SavedAccess): Chosen {
  const group = groups.find(({ id }) => id === chosen.row);
  if (chosen.kind === 'groups' && group) return { ...chosen, row: rowOfGroup(group.name.trim()) };
  const role = settings.roles[roles.findIndex(({ row }) => row === chosen.row)];
  return chosen.kind === 'roles' && role ? { ...chosen, row: role.id } : chosen;
}

/** Chooses what is looked at. What is wrong in another role or group comes to sight when it was to be saved. */
function useWrongInSight(form: Form<AccessValues>, chosen: Chosen, setChosen: (chosen: Chosen) => void) {
  const { errors, values, ref } = form;
  const wanted = useRef<string | null>(null);
  // When what was chosen is there.
  useEffect(() => {
    const field = wanted.current && ref.current?.querySelector<HTMLInputElement>(`[name="${wanted.current}"]`);
    if (!field) return;
    wanted.current = null;
    field.focus();
  });
  const choose = (next: Chosen, field?: string) => {
    wanted.current = field ?? null;
    setChosen(next);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: when something turned out to be wrong, not when one looks at something else
  useEffect(() => {
    const wrong = Object.keys(errors).map(placeOf);
    const shown = wrong.some((place) => place && rowAt(values, place) === chosen.row);
    const [first] = wrong;
    if (shown || !first) return;
    const row = rowAt(values, first);
    if (row === undefined) return;
    wanted.current = first.path;
    setChosen({ kind: first.kind, row });
  }, [errors]);
  return choose;
}

interface Place {
  readonly kind: Chosen['kind'];
  readonly at: number;
  readonly path: string;
}

function placeOf(path: string): Place | null {
  const [kind, at] = path.split('.');
  return (kind === 'roles' || kind === 'groups') && at !== undefined ? { kind, at: Number(at), path } : null;
}

function rowAt({ roles, groups }: AccessValues, { kind, at }: Place): string | undefined {
  return kind === 'roles' ? roles[at]?.row : groups[at]?.id;
}
