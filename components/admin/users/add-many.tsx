'use client';

import { useMemo, useState } from 'react';
import { issuedInvitation } from '@/server/protocol/account';
import { type UserRecord, userRecord } from '@/server/protocol/admin';
import { call, type Outcome } from '../../auth/api';
import { Badge } from '../../ui/badge';
import { SelectField } from '../../ui/select-field';
import { CheckBox } from '../check-box';
import { TextAreaField } from '../text-area-field';
import { useLeaveGuard } from '../use-leave-guard';
import { IssuedLinks } from './chosen-users';
import { type IssuedLink, linkOf } from './link-text';
import type { Done } from './many';
import { ManyDialog } from './many-dialog';
import { bodyOf, type PastedUser, readPasted } from './paste-list';
import type { Roles } from './use-roles';
import { inviteDays } from './user-dialogs';

interface AddManyProps {
  readonly users: readonly UserRecord[];
  readonly roles: Roles;
  readonly onAdded: (users: readonly UserRecord[]) => void;
  readonly onClose: () => void;
}

interface Added {
  readonly user: UserRecord;
  /** Null: not invited. */
  readonly link: IssuedLink | null;
}

/** A pasted list of people becomes users, each with a link. */
export function AddMany({ users, roles, onAdded, onClose }: AddManyProps) {
  const [text, setText] = useState('');
  const [role, setRole] = useState('receptionist');
  const [days, setDays] = useState('7');
  const [invites, setInvites] = useState(true);
  useLeaveGuard(text !== '');
  const known = useMemo(
    () => ({
      usernames: new Set(users.map(({ username }) => username)),
      extensions: new Set(users.flatMap(({ extension }) => extension ?? [])),
      roles: roles.list,
      role,
    }),
    [users, roles, role],
  );
  const [before] = useState(known);
  const pasted = useMemo(() => readPasted(text, { ...before, role, roles: roles.list }), [text, before, role, roles]);
  const good = pasted.filter(({ problem }) => problem === null);
  const add = async (person: PastedUser): Promise<Outcome<Added>> => {
    const made = await call(userRecord, 'admin/users', { method: 'POST', body: bodyOf(person) });
    if (!made.ok) return made;
    return { ok: true, value: invites ? await invited(made.value, Number(days)) : { user: made.value, link: null } };
  };
  const added = (done: readonly Done<PastedUser, Added>[]) => {
    setText('');
    onAdded(done.flatMap(({ outcome }) => (outcome.ok ? [outcome.value.user] : [])));
  };
  return (
    <ManyDialog
      title="Add many users"
      action={good.length === 1 ? 'Add 1 user' : `Add ${good.length} users`}
      items={good}
      work={add}
      onDone={added}
      onClose={onClose}
      wide
      result={(done) => <Outcomes done={done} />}
    >
      <div className="flex flex-col gap-4">
        <TextAreaField
          label="The list"
          value={text}
          onChange={(event) => setText(event.target.value)}
          rows={7}
          spellCheck={false}
          placeholder={'Anna Berg, 201, anna@example.com, Supervisor\nBea Ito, 202, bea@example.com'}
          hint="One person a line, pasted from a spreadsheet or typed: name, extension, e-mail, role. Other columns or another order: begin with a line of titles (name, user name, extension, e-mail, role)."
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            label="Role, where the line names none"
            value={role}
            onChange={(event) => setRole(event.target.value)}
            options={roles.list.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <SelectField
            label="The links work for"
            value={days}
            disabled={!invites}
            onChange={(event) => setDays(event.target.value)}
            options={inviteDays}
          />
        </div>
        <CheckBox
          label="Make a link for each"
          hint="Leave it out for people who sign in with a company account, or to invite them later."
          checked={invites}
          onChange={setInvites}
        />
        <Preview pasted={pasted} roles={roles} />
      </div>
    </ManyDialog>
  );
}

/** The account is there even where the link could not be made: that one is made again from the table. */
async function invited(user: UserRecord, days: number): Promise<Added> {
  const issued = await call(issuedInvitation, `admin/users/${user.id}/invitation`, { method: 'POST', body: { days } });
  if (!issued.ok) return { user, link: null };
  const { token, expiresAt } = issued.value;
  const link = { ...user, link: linkOf(token, location.origin), expiresAt };
  return { user: { ...user, invitedUntil: expiresAt }, link };
}

function Outcomes({ done }: { readonly done: readonly Done<PastedUser, Added>[] }) {
  const added = done.flatMap(({ outcome }) => (outcome.ok ? [outcome.value] : []));
  const links = added.flatMap(({ link }) => link ?? []);
  return (
    <>
      <p role="status" className="text-sm text-ink">
        {added.length === 1 ? '1 user was added.' : `${added.length} users were added.`}
      </p>
      <IssuedLinks links={links} />
    </>
  );
}

const head = 'px-2.5 py-1.5 text-left text-xs font-medium text-ink-2';
const cell = 'px-2.5 py-1.5 align-top';

function Preview({ pasted, roles }: { readonly pasted: readonly PastedUser[]; readonly roles: Roles }) {
  const wrong = pasted.filter(({ problem }) => problem !== null).length;
  return (
    <>
      <p role="status" className="text-sm text-ink-2 empty:hidden">
        {pasted.length === 0
          ? ''
          : `${pasted.length - wrong} can be added${wrong ? `, ${wrong} cannot: ${wrong === 1 ? 'it is' : 'they are'} left out` : ''}.`}
      </p>
      {pasted.length > 0 ? (
        <section
          className="max-h-72 overflow-auto rounded-md border border-line"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with the keyboard
          tabIndex={0}
          aria-label="What was read"
        >
          <table className="w-full border-collapse text-[0.8125rem]">
            <thead>
              <tr className="border-b border-line">
                {['Line', 'Name', 'User name', 'Extension', 'E-mail', 'Role'].map((title) => (
                  <th key={title} scope="col" className={head}>
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {pasted.map((user) => (
                <tr key={user.line} className="border-b border-line last:border-0">
                  <td className={`${cell} tabular-nums text-ink-2`}>{user.line}</td>
                  <td className={cell}>
                    {user.name}
                    {user.problem ? (
                      <span className="mt-0.5 block">
                        <Badge tone="danger">{user.problem}</Badge>
                      </span>
                    ) : null}
                  </td>
                  <td className={cell}>{user.username}</td>
                  <td className={`${cell} tabular-nums`}>{user.extension}</td>
                  <td className={cell}>{user.email}</td>
                  <td className={cell}>{roles.name(user.role)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
    </>
  );
}
