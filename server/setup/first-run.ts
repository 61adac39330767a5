import type { AmiPort } from '../ami/types';
import type { PbxModel } from '../pbx/model';
import type { SetupFound, SetupPerson } from '../protocol/setup';
import type { Store } from '../store/store';
import { compareNumbers, guessDepartments } from './guess-departments';
import { type Books, factsOf, readBooks } from './people-facts';
import { suggestedRole, suggestedUsernames } from './suggest-users';

export interface FirstRunDeps {
  readonly model: PbxModel;
  readonly ami: () => AmiPort | null;
  readonly store: Pick<Store, 'users'>;
  readonly now: () => number;
}

/** What the PBX is asked beyond what the panel keeps is asked once in so long. */
const freshMs = 30_000;

/** What the set-up assistant shows: what was found, and what it makes of it. */
export class FirstRun {
  #books: { readonly at: number; readonly count: number; readonly books: Promise<Books> } | null = null;

  constructor(private readonly deps: FirstRunDeps) {}

  async found(): Promise<SetupFound> {
    const { model, store } = this.deps;
    const { maps } = model;
    const pbx = [...maps.pbx.values()][0];
    const extensions = [...maps.extensions.values()].sort((a, b) => compareNumbers(a.number, b.number));
    const [books, users] = await Promise.all([this.books(extensions.length), store.users.list()]);
    const departments = guessDepartments(
      extensions.map((extension) => factsOf(extension, books, maps.queues.values())),
    );
    const guessed = new Map(
      departments.flatMap(({ name, numbers }) => numbers.map((number) => [number, name] as const)),
    );
    const people = extensions.map(({ number, name, group }) => ({
      number,
      name: name === number ? '' : name,
      group,
      email: books.mailboxes.get(number)?.email || null,
      department: group ?? guessed.get(number) ?? null,
    }));
    const usernames = suggestedUsernames(people, new Set(users.map(({ username }) => username.toLowerCase())));
    const used = new Set(users.map(({ extension }) => extension));
    return {
      link: pbx?.link ?? 'down',
      demo: pbx?.demo ?? false,
      found: {
        extensions: extensions.length,
        queues: maps.queues.size,
        conferences: maps.conferences.size,
        parking: maps.parking.size,
        trunks: maps.trunks.size,
        channels: maps.channels.size,
      },
      people: people.map(
        ({ department, ...person }): SetupPerson => ({
          ...person,
          username: usernames.get(person.number) ?? person.number,
          role: suggestedRole({ name: person.name, department }),
          hasUser: used.has(person.number),
        }),
      ),
      departments,
    };
  }

  /** Nothing while the PBX is away; asked anew when there are other extensions. */
  private books(count: number): Promise<Books> {
    const nothing: Books = { mailboxes: new Map(), endpoints: new Map() };
    const ami = this.deps.ami();
    if (ami === null || ami.status.state !== 'ready') return Promise.resolve(nothing);
    const at = this.deps.now();
    if (this.#books === null || at - this.#books.at > freshMs || this.#books.count !== count) {
      const extensions = [...this.deps.model.maps.extensions.values()];
      this.#books = { at, count, books: readBooks(ami, extensions) };
    }
    return this.#books.books;
  }
}
