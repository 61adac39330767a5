import type { DepartmentGuess, GuessSource } from '../protocol/setup';
import { nameCandidates } from './name-candidates';

/** What is known of one extension. Empty strings where the PBX says nothing. */
export interface PersonFacts {
  readonly number: string;
  readonly name: string;
  /** As the PBX keeps it. */
  readonly department: string;
  readonly accountCode: string;
  /** Context of the mailbox, such as `sales` of `101@sales`. */
  readonly voicemail: string;
  /** A name or a number. */
  readonly pickupGroup: string;
  /** Context of the dialplan from which it calls. */
  readonly context: string;
  /** Labels of the queues it is a member of. */
  readonly queues: readonly string[];
}

/** What everybody has by default, and says nothing about departments. */
const usual = {
  voicemail: /^(default|device|vm)$/i,
  context: /^(default|internal|phones?|users?|local|from-internal(-xfer|-custom)?|ext-local|from-did-direct|office)$/i,
  accountCode: /^0*$/,
} as const;

/** A sign that this large a part of the house shares tells nothing. */
const mostOfTheHouse = 0.8;
const fewest = 2;
const fewestOfRange = 3;
/** So much of the neighbours are of one department that who is among them is, too. */
const neighbours = 0.6;

interface Member {
  readonly number: string;
  readonly source: GuessSource;
  /** As the PBX writes it. */
  readonly sign: string;
}

interface Department {
  readonly name: string;
  readonly members: Member[];
}

/**
 * Departments guessed from what a PBX knows of its people. Each person is in one at most: the one the surest sign is for.
 * The order of signs: what is kept as the department, names, account codes, mailboxes, queues, pickup groups, contexts, and
 * numbers next to each other.
 */
export function guessDepartments(people: readonly PersonFacts[]): DepartmentGuess[] {
  const departments = new Map<string, Department>();
  const placed = new Set<string>();
  const place = (name: string, member: Member): void => {
    const key = name.toLowerCase();
    const department = departments.get(key) ?? { name, members: [] };
    departments.set(key, department);
    department.members.push(member);
    placed.add(member.number);
  };
  for (const { source, groupsOf } of signs) {
    const open = people.filter(({ number }) => !placed.has(number));
    for (const [name, group] of groupsOf(open, people, departments)) {
      for (const { number, sign } of group) place(name, { number, source, sign });
    }
  }
  const open = people.filter(({ number }) => !placed.has(number));
  for (const [name, number, sign] of byRange(open, people, departments)) place(name, { number, source: 'range', sign });
  return [...departments.values()].map(toGuess).sort((a, b) => compareNumbers(a.numbers[0], b.numbers[0]));
}

type Groups = readonly (readonly [
  name: string,
  members: readonly { readonly number: string; readonly sign: string }[],
])[];

interface Sign {
  readonly source: GuessSource;
  readonly groupsOf: (
    open: readonly PersonFacts[],
    all: readonly PersonFacts[],
    known: ReadonlyMap<string, Department>,
  ) => Groups;
}

const signs: readonly Sign[] = [
  {
    source: 'department',
    groupsOf: (open) =>
      grouped(
        open,
        ({ department }) => [department],
        () => true,
        tidy,
      ),
  },
  { source: 'name', groupsOf: byName },
  {
    source: 'accountCode',
    groupsOf: shared(({ accountCode, number }) => (accountCode === number ? '' : accountCode), usual.accountCode),
  },
  { source: 'voicemail', groupsOf: shared(({ voicemail }) => voicemail, usual.voicemail) },
  { source: 'queue', groupsOf: byQueue },
  { source: 'pickupGroup', groupsOf: shared(({ pickupGroup }) => pickupGroup, /^$/, pickupName) },
  { source: 'context', groupsOf: shared(({ context }) => context, usual.context) },
];

/** A value that some share and not nearly everybody has. */
function shared(
  signOf: (person: PersonFacts) => string,
  ordinary: RegExp,
  nameOf: (value: string) => string = words,
): Sign['groupsOf'] {
  return (open, all, known) => {
    const worth = (name: string, members: number) =>
      members <= all.length * mostOfTheHouse && (members >= fewest || known.has(name.toLowerCase()));
    return grouped(open, (person) => [signOf(person)].filter((value) => !ordinary.test(value)), worth, nameOf);
  };
}

function grouped(
  people: readonly PersonFacts[],
  valuesOf: (person: PersonFacts) => readonly string[],
  worth: (name: string, members: number) => boolean,
  nameOf: (value: string) => string,
): Groups {
  const groups = new Map<string, { name: string; members: { number: string; sign: string }[] }>();
  for (const person of people) {
    const value = valuesOf(person).find((one) => one.trim() !== '');
    if (value === undefined) continue;
    const name = nameOf(value);
    const group = groups.get(name.toLowerCase()) ?? { name, members: [] };
    groups.set(name.toLowerCase(), group);
    group.members.push({ number: person.number, sign: value });
  }
  return [...groups.values()].flatMap(({ name, members }) => (worth(name, members.length) ? [[name, members]] : []));
}

/** `Anna Berg (Sales)`, `Sales - Anna`, `Sales 1`: the part that several names have, or that is a department already. */
function byName(
  open: readonly PersonFacts[],
  all: readonly PersonFacts[],
  known: ReadonlyMap<string, Department>,
): Groups {
  const counts = new Map<string, number>();
  for (const { name } of open)
    for (const part of nameCandidates(name)) counts.set(part.toLowerCase(), (counts.get(part.toLowerCase()) ?? 0) + 1);
  const score = (part: string): number =>
    known.has(part.toLowerCase()) ? 1_000_000 : (counts.get(part.toLowerCase()) ?? 0);
  const best = ({ name }: PersonFacts): string[] =>
    nameCandidates(name)
      .filter((part) => score(part) >= fewest)
      .sort((a, b) => score(b) - score(a));
  const worth = (name: string, members: number) =>
    members <= all.length * mostOfTheHouse && (members >= fewest || known.has(name.toLowerCase()));
  const groups = grouped(open, best, worth, tidy);
  const nameOf = new Map(open.map(({ number, name }) => [number, name]));
  return groups.map(([name, members]) => [
    name,
    members.map(({ number }) => ({ number, sign: nameOf.get(number) ?? '' })),
  ]);
}

/** Who is in several queues belongs to the smallest: the large ones are everybody's. */
function byQueue(
  open: readonly PersonFacts[],
  all: readonly PersonFacts[],
  known: ReadonlyMap<string, Department>,
): Groups {
  const sizes = new Map<string, number>();
  for (const { queues } of all) for (const queue of queues) sizes.set(queue, (sizes.get(queue) ?? 0) + 1);
  const size = (queue: string): number => sizes.get(queue) ?? 0;
  const narrow = ({ queues }: PersonFacts) =>
    queues.filter((queue) => size(queue) <= all.length * mostOfTheHouse).sort((a, b) => size(a) - size(b));
  const worth = (name: string, members: number) => members >= fewest || known.has(name.toLowerCase());
  return grouped(open, narrow, worth, queueName);
}

function* byRange(
  open: readonly PersonFacts[],
  all: readonly PersonFacts[],
  known: ReadonlyMap<string, Department>,
): Generator<readonly [name: string, number: string, sign: string]> {
  const home = new Map<string, string>();
  for (const { name, members } of known.values()) for (const { number } of members) home.set(number, name);
  const several = new Set(all.map(({ number }) => blockOf(number))).size > 1;
  for (const [block, numbers] of blocks(open)) {
    const around = all.filter(({ number }) => blockOf(number) === block);
    const main = mainDepartment(
      around.flatMap(({ number }) => home.get(number) ?? []),
      around.length,
    );
    if (main !== null) for (const number of numbers) yield [main, number, block];
    else if (several && numbers.length >= fewestOfRange && numbers.length <= all.length * mostOfTheHouse)
      for (const number of numbers) yield [`Extensions ${block}xx`, number, block];
  }
}

/** The department of nearly all of the neighbours; null: they are of several, or of none. */
function mainDepartment(names: readonly string[], around: number): string | null {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const [first] = [...counts].sort(([, a], [, b]) => b - a);
  return first && first[1] >= fewestOfRange && first[1] >= around * neighbours ? first[0] : null;
}

/** `214` and `2140` are of the hundred `2` and `21`; shorter ones of none. */
function blockOf(number: string): string {
  return /^\d{3,6}$/.test(number) ? number.slice(0, -2) : '';
}

function blocks(people: readonly PersonFacts[]): Map<string, string[]> {
  const map = new Map<string, string[]>();
  for (const { number } of people) {
    const block = blockOf(number);
    if (block !== '') map.set(block, [...(map.get(block) ?? []), number]);
  }
  return map;
}

function tidy(text: string): string {
  return text.trim().replace(/\s+/g, ' ').slice(0, 60);
}

/** `vm-sales_team` → `Sales team`. */
function words(text: string): string {
  const bare = tidy(text.replace(/^(vm|ctx|from|ext|grp|group)[-_]/i, '').replace(/[-_.]+/g, ' ')) || tidy(text);
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}

function queueName(label: string): string {
  return /^\d+$/.test(label) ? `Queue ${label}` : words(label);
}

function pickupName(group: string): string {
  return /^[\d,-]+$/.test(group) ? `Pickup group ${group}` : words(group.split(',')[0] ?? group);
}

function toGuess({ name, members }: Department): DepartmentGuess {
  const numbers = members.map(({ number }) => number).sort(compareNumbers);
  const sources = [...new Set(members.map(({ source }) => source))];
  const source = sources[0] ?? 'range';
  const why = sources.map((one) =>
    because(
      one,
      members.filter((member) => member.source === one),
      members.length,
    ),
  );
  return { id: `${source}:${name.toLowerCase()}`, name, source, why: `${upper(why.join('; '))}.`, numbers };
}

function because(source: GuessSource, members: readonly Member[], all: number): string {
  const sign = members[0]?.sign ?? '';
  const who = members.length === all ? '' : `${members.length} of them: `;
  return `${who}${reasons[source](sign)}`;
}

const reasons: Readonly<Record<GuessSource, (sign: string) => string>> = {
  department: () => 'they have this department already',
  name: (sign) => `their names say so, such as “${sign}”`,
  accountCode: (sign) => `they share the account code ${sign}`,
  voicemail: (sign) => `their mailboxes are in the voicemail context ${sign}`,
  queue: (sign) => `they answer the queue ${sign}`,
  pickupGroup: (sign) => `they pick up for each other (pickup group ${sign})`,
  context: (sign) => `they call from the context ${sign}`,
  range: (sign) => `their numbers lie together, ${sign}00 to ${sign}99`,
};

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function compareNumbers(a = '', b = ''): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
