'use client';

import { Autocomplete } from '@base-ui/react/autocomplete';
import { Field } from '@base-ui/react/field';
import { type ReactNode, useMemo } from 'react';
import { fold } from '../extensions/search';
import { fieldBase } from '../ui/text-field';
import { type ExtensionChoice, useExtensionChoices } from './extensions';

interface ExtensionFieldProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  readonly hint?: ReactNode;
}

const shown = 40;

/** An extension: any number, with those of the PBX suggested by number and name. */
export function ExtensionField({ label, name, value, onChange, error, hint }: ExtensionFieldProps) {
  const { choices, load } = useExtensionChoices();
  const owner = useMemo(() => choices?.find((one) => one.number === value.trim()), [choices, value]);
  const known = choices !== null && value.trim() !== '';
  const about = owner ? owner.name || 'On this PBX' : known ? 'Not on this PBX now: kept all the same.' : hint;
  return (
    <Field.Root invalid={Boolean(error)} className="flex flex-col gap-1">
      <Autocomplete.Root
        items={choices ?? []}
        value={value}
        onValueChange={(next) => onChange(next)}
        onOpenChange={(open) => open && load()}
        itemToStringValue={(one: ExtensionChoice) => one.number}
        filter={matches}
        limit={shown}
        openOnInputClick
      >
        <Field.Label className="text-[0.8125rem] font-medium text-ink">{label}</Field.Label>
        <Autocomplete.Input
          name={name}
          onFocus={load}
          maxLength={40}
          spellCheck={false}
          autoComplete="off"
          placeholder="None"
          className={fieldBase}
        />
        <Autocomplete.Portal>
          <Autocomplete.Positioner sideOffset={4} collisionPadding={8} className="z-60 outline-none">
            <Autocomplete.Popup className="max-h-[min(18rem,var(--available-height))] w-(--anchor-width) overflow-y-auto rounded-lg border border-line bg-raised p-1 text-sm text-ink shadow-overlay data-[empty]:hidden">
              <Autocomplete.List>{suggestion}</Autocomplete.List>
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
      {about ? <Field.Description className="text-xs text-ink-2">{about}</Field.Description> : null}
      {error ? (
        <Field.Error match className="text-xs font-medium text-dnd-ink">
          {error}
        </Field.Error>
      ) : null}
    </Field.Root>
  );
}

function suggestion(one: ExtensionChoice) {
  return (
    <Autocomplete.Item
      key={one.number}
      value={one}
      className="flex min-h-8 cursor-pointer select-none items-center gap-3 rounded-md px-2.5 data-[highlighted]:bg-hover"
    >
      <span className="w-14 shrink-0 truncate tabular-nums text-ink-2">{one.number}</span>
      <span className="truncate">{one.name}</span>
    </Autocomplete.Item>
  );
}

/** By the beginning of the number or any part of the name. */
function matches(one: ExtensionChoice, query: string): boolean {
  const wanted = fold(query.trim());
  return one.number.toLowerCase().startsWith(wanted) || fold(one.name).includes(wanted);
}
