'use client';

import { ChevronDown } from 'lucide-react';
import type { Show } from './find-users';
import type { Roles } from './use-roles';

const states: readonly { readonly value: Show; readonly label: string }[] = [
  { value: 'active', label: 'Active' },
  { value: 'invited', label: 'Invited' },
  { value: 'waiting', label: 'No way in yet' },
  { value: 'oneFactor', label: 'Without a second factor' },
  { value: 'disabled', label: 'Disabled' },
];

interface ShowFieldProps {
  readonly value: Show;
  readonly roles: Roles;
  readonly onChange: (show: Show) => void;
}

/** Which of all users are listed. */
export function ShowField({ value, roles, onChange }: ShowFieldProps) {
  return (
    <span className="relative block">
      <select
        aria-label="Show"
        value={value}
        onChange={(event) => onChange(event.target.value as Show)}
        className="h-9 max-w-44 appearance-none truncate rounded-md border border-control bg-surface pl-3 pr-8 text-sm text-ink"
      >
        <option value="all">Everybody</option>
        {states.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
        <optgroup label="Role">
          {roles.list.map(({ id, name }) => (
            <option key={id} value={`role:${id}`}>
              {name}
            </option>
          ))}
        </optgroup>
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute right-2.5 top-2.5 size-4 text-ink-3" />
    </span>
  );
}
