import type { ButtonEdit } from '@/server/protocol/buttons';
import type { DepartmentGuess, SetupPerson } from '@/server/protocol/setup';

/** What the administrator made of the guesses. */
export interface DepartmentChoices {
  /** By the guess's id; a guess that is not named here is taken as it is. */
  readonly guesses: ReadonlyMap<string, { readonly wanted: boolean; readonly name: string }>;
  /** Names of people that were corrected, by number. */
  readonly names: ReadonlyMap<string, string>;
}

export function chosen(guess: DepartmentGuess, { guesses }: DepartmentChoices): { wanted: boolean; name: string } {
  return guesses.get(guess.id) ?? { wanted: true, name: guess.name };
}

/** The rows to change, a row per extension: only what is otherwise than it stands on the panel now. */
export function editsOf(
  guesses: readonly DepartmentGuess[],
  people: readonly SetupPerson[],
  choices: DepartmentChoices,
): ButtonEdit[] {
  const departments = new Map(
    guesses.flatMap((guess) => {
      const { wanted, name } = chosen(guess, choices);
      return wanted && name.trim() !== '' ? guess.numbers.map((number) => [number, name.trim()] as const) : [];
    }),
  );
  return people.flatMap(({ number, name, group }): ButtonEdit[] => {
    const department = departments.get(number);
    const label = choices.names.get(number)?.trim() ?? name;
    const set = {
      ...(department === undefined || department === group ? {} : { group: department }),
      ...(label === name || label === '' ? {} : { label }),
    };
    return Object.keys(set).length === 0 ? [] : [{ kind: 'extension', key: number, set }];
  });
}

/** Guesses that came to have one name: they become one department. By id, the name they share. */
export function merged(guesses: readonly DepartmentGuess[], choices: DepartmentChoices): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  const joins = new Map<string, string>();
  for (const guess of guesses) {
    const { wanted, name } = chosen(guess, choices);
    const key = name.trim().toLowerCase();
    if (!wanted || key === '') continue;
    const known = first.get(key);
    if (known === undefined) first.set(key, name.trim());
    else joins.set(guess.id, known);
  }
  return joins;
}
