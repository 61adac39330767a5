'use client';

import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { fold, queryWords } from '../../extensions/search';
import { announce } from '../../ui/live-region';
import { CheckBox } from '../check-box';
import { FilterField } from '../filter-field';
import type { Thing } from './use-office';

const mostShown = 12;

interface ThingChooserProps {
  readonly title: string;
  /** What there is to choose from. */
  readonly things: readonly Thing[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
  /** All of them, those that come later too; left out: that cannot be said here. */
  readonly all?: { readonly label: string; readonly checked: boolean; readonly onChange: (all: boolean) => void };
  /** Asked to be typed as they are: what is not on the PBX now. */
  readonly allowsOthers?: boolean;
  readonly hint?: string;
}

/** Some of many: what is chosen stands as a list, and more are found by searching. */
export function ThingChooser({ title, things, chosen, onChange, all, allowsOthers = true, hint }: ThingChooserProps) {
  const [query, setQuery] = useState('');
  const describedBy = useId();
  const labels = new Map(things.map(({ key, label }) => [key, label]));
  return (
    <fieldset className="min-w-0" aria-describedby={hint ? describedBy : undefined}>
      <legend className="text-[0.8125rem] font-medium text-ink">{title}</legend>
      {hint ? (
        <p id={describedBy} className="text-xs text-ink-2">
          {hint}
        </p>
      ) : null}
      {all ? <CheckBox label={all.label} checked={all.checked} onChange={all.onChange} /> : null}
      {all?.checked ? null : (
        <>
          <Chosen
            chosen={chosen}
            labels={labels}
            onRemove={(key) => {
              onChange(chosen.filter((other) => other !== key));
              announce(`${labels.get(key) ?? key} removed`);
            }}
          />
          <Finder
            title={title}
            query={query}
            setQuery={setQuery}
            found={found(things, chosen, query)}
            other={allowsOthers ? otherOf(query, labels, chosen) : null}
            onAdd={(key) => {
              onChange([...chosen, key]);
              announce(`${labels.get(key) ?? key} added`);
            }}
          />
        </>
      )}
    </fieldset>
  );
}

function found(things: readonly Thing[], chosen: readonly string[], query: string): readonly Thing[] {
  const taken = new Set(chosen);
  const words = queryWords(query);
  return things.filter(({ key, label }) => {
    if (taken.has(key)) return false;
    const text = fold(`${key} ${label}`);
    return words.every((word) => text.includes(word));
  });
}

/** What is typed, where it is nothing that the PBX has. */
function otherOf(query: string, labels: ReadonlyMap<string, string>, chosen: readonly string[]): string | null {
  const typed = query.trim();
  return typed === '' || typed.length > 80 || labels.has(typed) || chosen.includes(typed) ? null : typed;
}

interface ChosenProps {
  readonly chosen: readonly string[];
  readonly labels: ReadonlyMap<string, string>;
  readonly onRemove: (key: string) => void;
}

function Chosen({ chosen, labels, onRemove }: ChosenProps) {
  if (chosen.length === 0) return null;
  return (
    <ul className="mt-1.5 flex max-h-48 flex-wrap gap-1.5 overflow-y-auto">
      {chosen.map((key) => (
        <li key={key} className="max-w-full">
          <button
            type="button"
            onClick={() => onRemove(key)}
            title={labels.has(key) || labels.size === 0 ? undefined : 'Not on the PBX now'}
            className="inline-flex min-h-7 max-w-full items-center gap-1.5 rounded-md border border-control bg-surface pl-2 pr-1.5 text-[0.8125rem] hover:bg-hover"
          >
            <span className="sr-only">Remove</span>
            <span className="truncate">{labels.get(key) ?? key}</span>
            {labels.has(key) || labels.size === 0 ? null : <span className="text-xs text-ink-2">not there now</span>}
            <X aria-hidden className="size-3.5 shrink-0 text-ink-2" />
          </button>
        </li>
      ))}
    </ul>
  );
}

interface FinderProps {
  readonly title: string;
  readonly query: string;
  readonly setQuery: (query: string) => void;
  readonly found: readonly Thing[];
  readonly other: string | null;
  readonly onAdd: (key: string) => void;
}

/** Few are listed at once; many are looked for. */
function Finder({ title, query, setQuery, found, other, onAdd }: FinderProps) {
  const searching = query.trim() !== '';
  const shown = searching || found.length <= mostShown ? found.slice(0, mostShown) : [];
  return (
    <div className="mt-2">
      <FilterField label={`Find ${title.toLowerCase()} to add`} value={query} onChange={setQuery} />
      {shown.length > 0 || other !== null ? (
        <ul className="mt-1.5 flex flex-wrap gap-1.5">
          {shown.map(({ key, label }) => (
            <li key={key} className="max-w-full">
              <AddButton words={label} onAdd={() => onAdd(key)} />
            </li>
          ))}
          {other === null ? null : (
            <li className="max-w-full">
              <AddButton
                words={`“${other}”, which is not there now`}
                onAdd={() => {
                  onAdd(other);
                  setQuery('');
                }}
              />
            </li>
          )}
        </ul>
      ) : null}
      <p className="mt-1 text-xs text-ink-2">{findings(found.length, shown.length, searching)}</p>
    </div>
  );
}

function findings(found: number, shown: number, searching: boolean): string {
  if (found > shown)
    return searching ? `${found - shown} more: type on.` : `${found} to choose from: type a few letters.`;
  return '';
}

function AddButton({ words, onAdd }: { readonly words: string; readonly onAdd: () => void }) {
  return (
    <button
      type="button"
      onClick={onAdd}
      className="inline-flex min-h-7 max-w-full items-center gap-1 rounded-md border border-dashed border-control px-2 text-[0.8125rem] text-ink-2 hover:bg-hover hover:text-ink"
    >
      <span aria-hidden>+</span>
      <span className="sr-only">Add</span>
      <span className="truncate">{words}</span>
    </button>
  );
}
