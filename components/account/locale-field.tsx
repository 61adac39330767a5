'use client';

import { useMemo } from 'react';
import { localeChoices, sampleText, useLocale } from '../ui/region';
import { SelectField } from '../ui/select-field';

interface LocaleFieldProps {
  /** Null: as the panel has it. */
  readonly value: string | null;
  readonly disabled: boolean;
  readonly onChange: (locale: string | null) => void;
}

/** How dates, times and numbers are written to this user. */
export function LocaleField({ value, disabled, onChange }: LocaleFieldProps) {
  const now = useLocale();
  const options = useMemo(() => [{ value: '', label: 'As the panel has it' }, ...localeChoices()], []);
  return (
    <SelectField
      className="max-w-80"
      label="Dates, times and numbers"
      hint={sampleText(now)}
      options={options}
      value={value ?? ''}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value || null)}
    />
  );
}
