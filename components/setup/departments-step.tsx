'use client';

import { useMemo, useState } from 'react';
import { buttonsChanged } from '@/server/protocol/buttons';
import type { SetupPerson } from '@/server/protocol/setup';
import { FormFailure } from '../admin/form-failure';
import { type CallFailure, call } from '../auth/api';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { chosen, type DepartmentChoices, editsOf, merged } from './department-edits';
import { DepartmentRow, PeopleNames } from './department-row';
import { FoundCounts } from './found-counts';
import { StepActions, StepFrame } from './step-frame';
import type { FoundStepProps } from './step-props';

/** So many rows in one request. */
const atOnce = 2_000;

/** What was found, and which departments there seem to be. */
export function DepartmentsStep({ setup, progress, found, reload }: FoundStepProps) {
  const { departments, people } = found;
  const [choices, setChoices] = useState<DepartmentChoices>(() => ({
    guesses: new Map(
      departments
        .filter(({ id }) => progress.dismissed.includes(id))
        .map(({ id, name }) => [id, { wanted: false, name }]),
    ),
    names: new Map(),
  }));
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const [busy, setBusy] = useState(false);
  const byNumber = useMemo(() => new Map(people.map((person) => [person.number, person])), [people]);
  const peopleOf = (numbers: readonly string[]) => numbers.flatMap((number) => byNumber.get(number) ?? []);
  const placed = new Set(departments.flatMap(({ numbers }) => numbers));
  const others = people.filter(({ number }) => !placed.has(number));
  const joins = merged(departments, choices);
  const wanted = departments.filter((guess) => chosen(guess, choices).wanted);
  const nameless = wanted.some((guess) => chosen(guess, choices).name.trim() === '');
  const edits = editsOf(departments, people, choices);
  const setName = (number: string, name: string) =>
    setChoices((old) => ({ ...old, names: new Map(old.names).set(number, name) }));
  const accept = async () => {
    setBusy(true);
    setFailure(null);
    const trouble = await send(edits);
    setBusy(false);
    if (trouble !== null) return setFailure(trouble);
    const dismissed = departments.filter((guess) => !chosen(guess, choices).wanted).map(({ id }) => id);
    setup.pass('departments', { dismissed: dismissed.slice(0, 2_000) });
  };
  return (
    <StepFrame
      title="Departments"
      about="The panel groups people by department. These were guessed from what the PBX knows: rename one, give two the same name to make them one, or leave one out."
    >
      <FoundCounts known={found} changed={() => void reload()} />
      {departments.length > 0 ? (
        <ul aria-label="Departments that were guessed" className="flex flex-col gap-2.5">
          {departments.map((guess) => (
            <DepartmentRow
              key={guess.id}
              guess={guess}
              people={peopleOf(guess.numbers)}
              choice={chosen(guess, choices)}
              joins={joins.get(guess.id) ?? null}
              names={choices.names}
              onChange={(choice) =>
                setChoices((old) => ({ ...old, guesses: new Map(old.guesses).set(guess.id, choice) }))
              }
              onName={setName}
            />
          ))}
        </ul>
      ) : (
        <NothingGuessed people={people} />
      )}
      {others.length > 0 && departments.length > 0 ? (
        <div className="rounded-xl border border-line bg-surface px-4 py-3 sm:px-5">
          <PeopleNames
            title={`${others.length} without a department`}
            people={others}
            names={choices.names}
            onName={setName}
          />
        </div>
      ) : null}
      <FormFailure failure={failure} />
      <StepActions>
        <Button tone="primary" busy={busy} disabled={nameless} onClick={() => void accept()}>
          {busy ? 'Saving…' : acceptWords(edits.length === 0 ? 0 : wanted.length)}
        </Button>
        <Button tone="plain" disabled={busy} onClick={() => setup.pass('departments')}>
          Skip
        </Button>
        {nameless ? <p className="text-sm text-dnd-ink">A department that is wanted needs a name.</p> : null}
      </StepActions>
    </StepFrame>
  );
}

function acceptWords(count: number): string {
  if (count === 0) return 'Continue';
  return count === 1 ? 'Accept one department' : `Accept ${count} departments`;
}

function NothingGuessed({ people }: { readonly people: readonly SetupPerson[] }) {
  return (
    <Callout>
      {people.length === 0
        ? 'No extensions were found yet. They come from the dialplan’s hints and from the accounts of phones: without write class system the accounts cannot be listed.'
        : 'Nothing told of departments. You can make some at any time under Administration → Buttons.'}
    </Callout>
  );
}

async function send(edits: ReturnType<typeof editsOf>): Promise<CallFailure | null> {
  for (let from = 0; from < edits.length; from += atOnce) {
    const body = { edits: edits.slice(from, from + atOnce) };
    const outcome = await call(buttonsChanged, 'admin/buttons', { method: 'PATCH', body });
    if (!outcome.ok) return outcome;
    const [conflict] = outcome.value.conflicts;
    if (conflict)
      return {
        ok: false,
        error: 'conflict',
        message: `${outcome.value.conflicts.length} could not be changed, such as ${conflict.key}: ${conflict.message}`,
      };
  }
  return null;
}
