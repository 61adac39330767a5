'use client';

import { SelectField } from '../../ui/select-field';
import { TextField } from '../../ui/text-field';
import { DayFields } from '../day-fields';
import type { AuditFieldValues } from './audit-filter';
import { actionChoices } from './audit-words';

const actions = [{ value: '', label: 'Everything' }, ...actionChoices];
const results = [
  { value: '', label: 'Any' },
  { value: 'ok', label: 'Done' },
  { value: 'refused', label: 'Refused or failed' },
];

interface AuditFieldsProps {
  readonly fields: AuditFieldValues;
  readonly onChange: (fields: AuditFieldValues) => void;
}

/** Who, what, how it ended and when: narrows the list down as soon as it is entered. */
export function AuditFields({ fields, onChange }: AuditFieldsProps) {
  const { actor, action, target: whom, session, result, from, to } = fields;
  return (
    <search className="grid grid-cols-2 items-start gap-3 lg:grid-cols-4">
      <TextField
        label="Who"
        placeholder="Everybody"
        value={actor}
        autoComplete="off"
        spellCheck={false}
        maxLength={80}
        onChange={({ target }) => onChange({ ...fields, actor: target.value })}
      />
      <SelectField
        label="What"
        options={actions}
        value={action}
        onChange={({ target }) => onChange({ ...fields, action: target.value })}
      />
      <TextField
        label="Whom or what"
        placeholder="Anything"
        value={whom}
        autoComplete="off"
        spellCheck={false}
        maxLength={80}
        onChange={({ target }) => onChange({ ...fields, target: target.value })}
      />
      <SelectField
        label="Result"
        options={results}
        value={result}
        onChange={({ target: { value } }) =>
          onChange({ ...fields, result: value === 'ok' || value === 'refused' ? value : '' })
        }
      />
      <TextField
        label="Session"
        placeholder="Any"
        value={session}
        autoComplete="off"
        spellCheck={false}
        maxLength={12}
        onChange={({ target }) => onChange({ ...fields, session: target.value })}
      />
      <DayFields from={from} to={to} onChange={(change) => onChange({ ...fields, ...change })} />
    </search>
  );
}
