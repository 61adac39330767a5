'use client';

import { Field } from '@base-ui/react/field';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { fold } from '../extensions/search';
import { fieldBase } from '../ui/text-field';
import { type ExtensionChoice, useExtensionChoices } from './extensions';
import { Suggestions } from './suggestions';

interface ExtensionFieldProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  readonly hint?: ReactNode;
  /** What an empty field means. */
  readonly placeholder?: string;
}

const shown = 40;

/** An extension: any number, with those of the PBX suggested by number and name (an ARIA combobox). */
export function ExtensionField({ label, name, value, onChange, error, hint, placeholder }: ExtensionFieldProps) {
  const { choices, load } = useExtensionChoices();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const found = open && choices ? findChoices(choices, value) : [];
  const close = () => {
    setOpen(false);
    setActive(-1);
  };
  useOwnEscape(input, open && found.length > 0, close);
  const take = (choice: ExtensionChoice) => {
    onChange(choice.number);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = found[active];
    if (event.key === 'Enter' && chosen) take(chosen);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      setOpen(true);
      if (found.length > 0) setActive(step(active, event.key === 'ArrowDown' ? 1 : -1, found.length));
    } else return;
    event.preventDefault();
  };
  return (
    <Field.Root invalid={Boolean(error)} className="flex flex-col gap-1">
      <Field.Label className="text-[0.8125rem] font-medium text-ink">{label}</Field.Label>
      <Field.Control
        ref={input}
        name={name}
        value={value}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={found.length > 0}
        aria-controls={found.length > 0 ? listId : undefined}
        aria-activedescendant={found[active] ? `${listId}-${active}` : undefined}
        onFocus={load}
        onBlur={close}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          onChange(event.target.value);
          setOpen(true);
          setActive(-1);
        }}
        maxLength={40}
        spellCheck={false}
        autoComplete="off"
        placeholder={placeholder ?? 'None'}
        className={fieldBase}
      />
      {found.length > 0 ? (
        <Suggestions
          id={listId}
          label={label}
          anchor={input}
          choices={found}
          active={active}
          onTake={take}
          onAway={close}
        />
      ) : null}
      <About choices={choices} value={value} quiet={open} hint={hint} />
      {error ? (
        <Field.Error match className="text-xs font-medium text-dnd-ink">
          {error}
        </Field.Error>
      ) : null}
    </Field.Root>
  );
}

interface AboutProps {
  readonly choices: readonly ExtensionChoice[] | null;
  readonly value: string;
  /** One is still typing. */
  readonly quiet: boolean;
  readonly hint: ReactNode;
}

/** Whose number it is. */
function About({ choices, value, quiet, hint }: AboutProps) {
  const number = value.trim();
  const owner = choices?.find((one) => one.number === number);
  const stranger = choices !== null && number !== '' && !quiet;
  const about = owner ? owner.name || 'On this PBX' : stranger ? 'Not on this PBX now: kept all the same.' : hint;
  return about ? <Field.Description className="text-xs text-ink-2">{about}</Field.Description> : null;
}

/** By the beginning of the number or any part of the name; all while a whole number stands there. */
function findChoices(choices: readonly ExtensionChoice[], query: string): readonly ExtensionChoice[] {
  const wanted = fold(query.trim());
  const found: ExtensionChoice[] = [];
  for (const one of choices) {
    if (!one.number.toLowerCase().startsWith(wanted) && !fold(one.name).includes(wanted)) continue;
    found.push(one);
    if (found.length === shown) break;
  }
  return found;
}

/** Round and round, with the field itself between the last and the first. */
function step(active: number, by: 1 | -1, length: number): number {
  const places = length + 1;
  return ((active + 1 + by + places) % places) - 1;
}

/** Escape closes the suggestions alone, not the dialog around them, whose listener is at the document. */
function useOwnEscape(input: { readonly current: HTMLInputElement | null }, on: boolean, close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    const field = input.current;
    if (!field || !on) return;
    const listen = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      latest.current();
    };
    field.addEventListener('keydown', listen);
    return () => field.removeEventListener('keydown', listen);
  }, [input, on]);
}
