'use client';

import { Autocomplete } from '@base-ui/react/autocomplete';
import { Field } from '@base-ui/react/field';
import { useDeferredValue, useMemo } from 'react';
import type { ExtensionRecord } from '@/server/protocol/records';
import { matches, queryWords } from '../extensions/search';
import { useKeys } from '../live/hooks';
import { fieldBase } from '../ui/text-field';

const mostShown = 8;
const everybody = (map: ReadonlyMap<string, ExtensionRecord>) => [...map.values()];

interface TargetFieldProps {
  readonly label: string;
  /** A number, or what was typed on the way to one. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Who is not offered: calls cannot be forwarded to the phone they came to. */
  readonly except: string;
  readonly error: string | undefined;
  readonly disabled: boolean;
}

/** A number, found by the name of a person or typed as it is. */
export function TargetField({ label, value, onChange, except, error, disabled }: TargetFieldProps) {
  const people = useKeys('extensions', everybody);
  const query = useDeferredValue(value);
  const found = useMemo(() => findPeople(people, query, except), [people, query, except]);
  return (
    <Field.Root invalid={Boolean(error)} disabled={disabled} className="flex min-w-0 flex-1 flex-col gap-1">
      <Field.Label className="sr-only">{label}</Field.Label>
      <Autocomplete.Root
        items={found}
        mode="none"
        value={value}
        disabled={disabled}
        onValueChange={onChange}
        itemToStringValue={(one: ExtensionRecord) => one.number}
      >
        <Autocomplete.Input placeholder="Name or number" inputMode="text" className={fieldBase} />
        {found.length > 0 ? <Suggestions /> : null}
      </Autocomplete.Root>
      {error ? (
        <Field.Error match role="alert" className="text-xs font-medium text-dnd-ink">
          {error}
        </Field.Error>
      ) : null}
    </Field.Root>
  );
}

function Suggestions() {
  return (
    <Autocomplete.Portal>
      <Autocomplete.Positioner sideOffset={4} className="z-60 outline-none">
        <Autocomplete.Popup className="w-[var(--anchor-width)] rounded-lg border border-line bg-raised p-1 text-sm text-ink shadow-overlay">
          <Autocomplete.List className="max-h-64 overflow-y-auto outline-none">
            {(one: ExtensionRecord) => (
              <Autocomplete.Item
                key={one.number}
                value={one}
                className="flex min-h-8 cursor-pointer select-none items-center gap-2 rounded-md px-2.5 outline-none data-[highlighted]:bg-hover"
              >
                <span className="min-w-0 flex-1 truncate">{one.name || one.number}</span>
                <span className="tabular-nums text-ink-2">{one.number}</span>
              </Autocomplete.Item>
            )}
          </Autocomplete.List>
        </Autocomplete.Popup>
      </Autocomplete.Positioner>
    </Autocomplete.Portal>
  );
}

function findPeople(people: readonly ExtensionRecord[], query: string, except: string): ExtensionRecord[] {
  const words = queryWords(query);
  const found: ExtensionRecord[] = [];
  if (words.length === 0) return found;
  for (const one of people) {
    if (one.number === except || !matches(one, words)) continue;
    found.push(one);
    if (found.length === mostShown) break;
  }
  // Nothing to offer beside what is there already.
  return found.length === 1 && found[0]?.number === query ? [] : found;
}
