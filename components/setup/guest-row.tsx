import { SelectField } from '../ui/select-field';
import { TextField } from '../ui/text-field';
import type { Guest } from './guests';

interface GuestRowProps {
  readonly guest: Guest;
  readonly roles: readonly { readonly value: string; readonly label: string }[];
  readonly disabled: boolean;
  readonly onChange: (guest: Guest) => void;
}

/** Somebody who may be invited: what becomes of them opens when they are chosen. */
export function GuestRow({ guest, roles, disabled, onChange }: GuestRowProps) {
  const { number, name, email, chosen, problem } = guest;
  const set = (change: Partial<Guest>) => onChange({ ...guest, problem: null, ...change });
  return (
    <li className="px-4 py-1.5 sm:px-5">
      <label className="flex min-h-9 cursor-pointer items-center gap-3 text-sm text-ink">
        <input
          type="checkbox"
          checked={chosen}
          disabled={disabled}
          onChange={(event) => set({ chosen: event.target.checked })}
          className="size-4.5 shrink-0 cursor-pointer accent-accent"
        />
        <span className="min-w-0 flex-1 truncate">
          {name} <span className="tabular-nums text-ink-2">{number}</span>
        </span>
        <span className="truncate text-[0.8125rem] text-ink-2 max-sm:hidden">{email}</span>
      </label>
      {chosen ? <Details guest={guest} roles={roles} disabled={disabled} set={set} /> : null}
      {problem ? (
        <p role="alert" className="mb-1 ml-[1.875rem] text-[0.8125rem] font-medium text-dnd-ink">
          {problem}
        </p>
      ) : null}
    </li>
  );
}

interface DetailsProps extends Omit<GuestRowProps, 'onChange'> {
  readonly set: (change: Partial<Guest>) => void;
}

function Details({ guest, roles, disabled, set }: DetailsProps) {
  const { number, name, username, email, role, userId } = guest;
  return (
    <fieldset disabled={disabled || userId !== null} className="mb-2 ml-[1.875rem] mt-1 grid gap-2 sm:grid-cols-2">
      <legend className="sr-only">{`${name} ${number}`}</legend>
      <TextField
        label="User name"
        value={username}
        maxLength={64}
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => set({ username: event.target.value })}
      />
      <SelectField label="Role" value={role} options={roles} onChange={(event) => set({ role: event.target.value })} />
      <TextField label="Name" value={name} maxLength={80} onChange={(event) => set({ name: event.target.value })} />
      <TextField
        label="E-mail (optional)"
        type="email"
        value={email}
        maxLength={254}
        onChange={(event) => set({ email: event.target.value })}
      />
    </fieldset>
  );
}
