'use client';

import { useState } from 'react';
import { issuedInvitation } from '@/server/protocol/account';
import { type UserRecord, userRecord } from '@/server/protocol/admin';
import { call, type Outcome } from '../../auth/api';
import { Button } from '../../ui/button';
import { SelectField } from '../../ui/select-field';
import { type IssuedLink, linkOf } from './link-text';
import { Links } from './links';
import type { Done } from './many';
import { ManyDialog } from './many-dialog';
import type { Roles } from './use-roles';
import { inviteDays } from './user-dialogs';

export type ManyTask = 'role' | 'invite' | 'disable' | 'enable';

interface ChosenBarProps {
  readonly chosen: readonly UserRecord[];
  readonly onTask: (task: ManyTask) => void;
  readonly onClear: () => void;
}

/** What can be done with those who are chosen. */
export function ChosenBar({ chosen, onTask, onClear }: ChosenBarProps) {
  if (chosen.length === 0) return null;
  return (
    <section
      aria-label="Chosen users"
      className="sticky bottom-3 z-10 mt-3 flex flex-wrap items-center gap-2 rounded-xl border border-line bg-surface px-4 py-2.5 shadow-overlay"
    >
      <p role="status" className="mr-auto text-sm font-medium tabular-nums text-ink">
        {chosen.length === 1 ? '1 user chosen' : `${chosen.length} users chosen`}
      </p>
      <Button size="small" onClick={() => onTask('role')}>
        Give a role…
      </Button>
      <Button size="small" onClick={() => onTask('invite')}>
        Invite…
      </Button>
      {chosen.some(({ disabled }) => !disabled) ? (
        <Button size="small" onClick={() => onTask('disable')}>
          Disable…
        </Button>
      ) : null}
      {chosen.some(({ disabled }) => disabled) ? (
        <Button size="small" onClick={() => onTask('enable')}>
          Enable…
        </Button>
      ) : null}
      <Button size="small" tone="plain" onClick={onClear}>
        Choose nobody
      </Button>
    </section>
  );
}

interface ManyProps {
  readonly users: readonly UserRecord[];
  readonly ownId: string;
  readonly roles: Roles;
  readonly onSaved: (users: readonly UserRecord[]) => void;
  readonly onClose: () => void;
}

function savedOf(done: readonly Done<UserRecord, UserRecord>[]): UserRecord[] {
  return done.flatMap(({ outcome }) => (outcome.ok ? [outcome.value] : []));
}

function change(user: UserRecord, body: object): Promise<Outcome<UserRecord>> {
  return call(userRecord, `admin/users/${user.id}`, { method: 'PATCH', body: { ...body, version: user.version } });
}

export function GiveRole({ users, roles, onSaved, onClose }: ManyProps) {
  const [role, setRole] = useState(roles.list[0]?.id ?? '');
  const others = users.filter((user) => user.role !== role);
  return (
    <ManyDialog
      title={`Give ${people(users)} a role`}
      action="Give it"
      items={others}
      work={(user) => change(user, { role })}
      onDone={(done) => onSaved(savedOf(done))}
      onClose={onClose}
      result={(done) => <Result done={done} words={`now ${roles.name(role)}`} />}
    >
      <SelectField
        label="Role"
        value={role}
        onChange={(event) => setRole(event.target.value)}
        options={roles.list.map(({ id, name }) => ({ value: id, label: name }))}
        hint={roles.list.find(({ id }) => id === role)?.about}
      />
      <p className="mt-3 text-sm text-ink-2">
        {others.length < users.length ? `${users.length - others.length} have it already. ` : ''}It is in force at once,
        also in open panels.
      </p>
    </ManyDialog>
  );
}

export function SwitchMany({ users, ownId, disable, onSaved, onClose }: ManyProps & { readonly disable: boolean }) {
  const meant = users.filter((user) => user.disabled !== disable && !(disable && user.id === ownId));
  return (
    <ManyDialog
      title={`${disable ? 'Disable' : 'Enable'} ${people(meant)}?`}
      action={disable ? 'Disable' : 'Enable'}
      tone={disable ? 'danger' : 'primary'}
      items={meant}
      work={(user) => change(user, { disabled: disable })}
      onDone={(done) => onSaved(savedOf(done))}
      onClose={onClose}
      result={(done) => <Result done={done} words={disable ? 'disabled and signed out' : 'enabled'} />}
    >
      <p className="text-sm leading-relaxed text-ink-2">
        {disable
          ? 'They are signed out at once on every device, open panels included, and cannot sign in until enabled again. Nothing is deleted.'
          : 'They can sign in again as before.'}
        {users.length > meant.length ? ' Not meant: you yourself, and those it holds for already.' : ''}
      </p>
    </ManyDialog>
  );
}

export function InviteMany({ users, onSaved, onClose }: ManyProps) {
  const [days, setDays] = useState('7');
  const meant = users.filter(({ disabled, origin }) => !disabled && origin === 'local');
  const invite = async (user: UserRecord): Promise<Outcome<IssuedLink>> => {
    const body = { days: Number(days) };
    const outcome = await call(issuedInvitation, `admin/users/${user.id}/invitation`, { method: 'POST', body });
    if (!outcome.ok) return outcome;
    const { token, expiresAt } = outcome.value;
    return { ok: true, value: { ...user, link: linkOf(token, location.origin), expiresAt } };
  };
  const saved = (done: readonly Done<UserRecord, IssuedLink>[]) =>
    onSaved(
      done.flatMap(({ item, outcome }) => (outcome.ok ? [{ ...item, invitedUntil: outcome.value.expiresAt }] : [])),
    );
  return (
    <ManyDialog
      title={`Invite ${people(meant)}`}
      action={meant.length === 1 ? 'Make the link' : 'Make the links'}
      items={meant}
      work={invite}
      onDone={saved}
      onClose={onClose}
      wide
      result={(done) => <IssuedLinks links={done.flatMap(({ outcome }) => (outcome.ok ? [outcome.value] : []))} />}
    >
      <SelectField
        label="The links work for"
        value={days}
        onChange={(event) => setDays(event.target.value)}
        options={inviteDays}
      />
      <p className="mt-3 text-sm leading-relaxed text-ink-2">
        Each sets a password with a link that works once; links that are open now end.
        {meant.some(({ hasPassword }) => hasPassword) ? ' Who has a password keeps it until then.' : ''}
        {users.length > meant.length
          ? ` Not meant: ${users.length - meant.length} who are disabled or sign in with a company account.`
          : ''}
      </p>
    </ManyDialog>
  );
}

/** Shown now and never again. */
export function IssuedLinks({ links }: { readonly links: readonly IssuedLink[] }) {
  if (links.length === 0) return null;
  return (
    <>
      <p role="status" className="text-sm text-ink-2">
        {links.length === 1 ? 'One link was made' : `${links.length} links were made`}. They are shown only now: copy,
        mail or save them.
      </p>
      <Links links={links} />
    </>
  );
}

function Result<R>({ done, words }: { readonly done: readonly Done<UserRecord, R>[]; readonly words: string }) {
  const count = done.filter(({ outcome }) => outcome.ok).length;
  return (
    <p role="status" className="text-sm text-ink">
      {count === 1 ? `1 user is ${words}.` : `${count} users are ${words}.`}
    </p>
  );
}

function people(users: readonly UserRecord[]): string {
  const [only] = users;
  return users.length === 1 && only ? only.name : `${users.length} users`;
}
