import { type SyncField, syncField } from '@/server/protocol/sign-in';
import { CheckBox } from '../check-box';
import { chosen } from '../lists';

const words: Readonly<Record<SyncField, string>> = {
  name: 'Name',
  email: 'E-mail',
  extension: 'Extension',
  role: 'Role',
};

interface SyncBoxesProps {
  readonly sync: readonly SyncField[];
  readonly onChange: (sync: SyncField[]) => void;
}

/** What each sign-in sets as it is elsewhere. */
export function SyncBoxes({ sync, onChange }: SyncBoxesProps) {
  return (
    <fieldset>
      <legend className="text-[0.8125rem] font-medium text-ink">Taken over at every sign-in</legend>
      <p className="text-xs text-ink-2">The rest is set at the first one, and kept as it is edited here.</p>
      <div className="mt-1 flex flex-wrap gap-x-6">
        {syncField.options.map((field) => (
          <CheckBox
            key={field}
            label={words[field]}
            checked={sync.includes(field)}
            onChange={(on) => onChange(chosen(syncField.options, sync, field, on))}
          />
        ))}
      </div>
    </fieldset>
  );
}
