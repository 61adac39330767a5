'use client';

import { featureKey } from '@/server/protocol/records';
import { ExtensionField } from '../../account/extension-field';
import { featureWords } from '../../history/history-words';
import { SelectField } from '../../ui/select-field';
import { DayFields } from '../day-fields';
import type { HistoryFieldValues } from './history-filter';

const features = [
  { value: '', label: 'Everything' },
  ...featureKey.options.map((value) => ({ value, label: featureWords[value] })),
];

interface HistoryFieldsProps {
  readonly fields: HistoryFieldValues;
  readonly onChange: (fields: HistoryFieldValues) => void;
}

/** Whose, what and when: narrows the list down as soon as it is entered. */
export function HistoryFields({ fields, onChange }: HistoryFieldsProps) {
  const { extension, feature, from, to } = fields;
  return (
    <search className="grid grid-cols-2 items-start gap-3 lg:grid-cols-4">
      <ExtensionField
        label="Extension"
        name="extension"
        placeholder="Everybody"
        value={extension}
        onChange={(value) => onChange({ ...fields, extension: value })}
      />
      <SelectField
        label="What"
        options={features}
        value={feature}
        onChange={({ target }) => {
          const key = featureKey.safeParse(target.value);
          onChange({ ...fields, feature: key.success ? key.data : '' });
        }}
      />
      <DayFields from={from} to={to} onChange={(change) => onChange({ ...fields, ...change })} />
    </search>
  );
}
