'use client';

import type { ReactNode } from 'react';
import { TextField } from '../../ui/text-field';
import type { Form } from '../use-form';
import { problemWithin, type SignInValues } from './sign-in-values';

/** Names of the members of `T` that are text. */
type TextNames<T> = { [K in keyof T]-?: T[K] extends string ? (string extends T[K] ? K : never) : never }[keyof T];

interface PartFieldProps<T> {
  readonly part: T;
  /** Where `part` is in the form: `oidc`, `ldap.attributes`. */
  readonly path: string;
  readonly name: TextNames<T> & string;
  readonly label: string;
  readonly form: Form<SignInValues>;
  readonly onChange: (part: T) => void;
  readonly hint?: ReactNode;
  readonly placeholder?: string;
  readonly className?: string;
  readonly maxLength?: number;
  readonly inputMode?: 'numeric';
}

/** A line of text that is a member of a part of the form. */
export function PartField<T extends object>(props: PartFieldProps<T>) {
  const { part, path, name, form, onChange, maxLength = 500, ...rest } = props;
  const at = `${path}.${name}`;
  return (
    <TextField
      {...rest}
      name={at}
      value={String(part[name])}
      onChange={(event) => onChange({ ...part, [name]: event.target.value })}
      error={problemWithin(form.errors, at)}
      maxLength={maxLength}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
    />
  );
}
