import type { RoleTemplate } from '@/server/protocol/access';
import { createUserBody } from '@/server/protocol/admin';
import { fold } from '../../extensions/search';
import { problemInWords, sentence } from '../words';

/** A line of a pasted list. */
export interface PastedUser {
  /** From 1, as people count. */
  readonly line: number;
  readonly name: string;
  readonly username: string;
  readonly extension: string;
  readonly email: string;
  /** Id of the role. */
  readonly role: string;
  /** What is wrong with it, one sentence; null: nothing. */
  readonly problem: string | null;
}

/** What is there already, so that nothing is made twice. */
export interface Known {
  readonly usernames: ReadonlySet<string>;
  readonly extensions: ReadonlySet<string>;
  readonly roles: readonly RoleTemplate[];
  /** For lines that name none. */
  readonly role: string;
}

type Field = 'name' | 'username' | 'extension' | 'email' | 'role';

const titles: Readonly<Record<string, Field>> = {
  name: 'name',
  fullname: 'name',
  username: 'username',
  user: 'username',
  login: 'username',
  extension: 'extension',
  ext: 'extension',
  number: 'extension',
  email: 'email',
  mail: 'email',
  role: 'role',
};
const usual: readonly Field[] = ['name', 'extension', 'email', 'role'];

/**
 * Reads what was copied from a spreadsheet or written by hand: columns apart by tabs, semicolons or commas, in the order
 * name, extension, e-mail, role, or as the first line titles them.
 */
export function readPasted(text: string, known: Known): PastedUser[] {
  const lines = text.split(/\r\n|\r|\n/).map((content, at) => ({ content, line: at + 1 }));
  const filled = lines.filter(({ content }) => content.trim() !== '');
  const mark = separatorOf(filled.map(({ content }) => content));
  const rows = filled.map(({ content, line }) => ({ line, cells: cellsOf(content, mark) }));
  const titled = titlesOf(rows[0]?.cells ?? []);
  const taken = new Set(known.usernames);
  const extensions = new Set(known.extensions);
  return rows.slice(titled ? 1 : 0).map(({ line, cells }) => {
    const user = personOf(line, cells, titled ?? usual, known);
    const made = { ...user, username: user.username || freeUsername(user, taken) };
    const problem = made.problem ?? whatIsWrong(made, taken, extensions);
    if (problem === null) {
      taken.add(made.username);
      if (made.extension) extensions.add(made.extension);
    }
    return { ...made, problem };
  });
}

function separatorOf(lines: readonly string[]): string {
  const count = (mark: string) => lines.filter((line) => line.includes(mark)).length;
  return ['\t', ';', ','].reduce((best, mark) => (count(mark) > count(best) ? mark : best), '\t');
}

/** Cells may stand in quotes, and double them inside. */
function cellsOf(line: string, mark: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at] ?? '';
    if (quoted && sign === '"' && line[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (sign === '"' && (quoted || cell.trim() === '')) {
      quoted = !quoted;
      if (quoted) cell = '';
    } else if (sign === mark && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += sign;
  }
  return [...cells, cell.trim()];
}

/** Null: the first line is a person already. */
function titlesOf(cells: readonly string[]): (Field | null)[] | null {
  const fields = cells.map((cell) => titles[fold(cell).replace(/[^a-z]/g, '')] ?? null);
  return fields.includes('name') && fields.filter((field) => field !== null).length > 1 ? fields : null;
}

function personOf(line: number, cells: readonly string[], fields: readonly (Field | null)[], known: Known): PastedUser {
  const cell = (field: Field): string => cells[fields.indexOf(field)] ?? '';
  const wanted = cell('role');
  const role = wanted === '' ? known.role : roleIn(wanted, known.roles);
  return {
    line,
    name: cell('name'),
    username: cell('username').toLowerCase(),
    extension: cell('extension'),
    email: cell('email'),
    role: role ?? '',
    problem: role === undefined ? `There is no role “${wanted}”.` : null,
  };
}

function roleIn(wanted: string, roles: readonly RoleTemplate[]): string | undefined {
  return roles.find(({ id, name }) => id === wanted.toLowerCase() || fold(name) === fold(wanted))?.id;
}

/** `anna@example.com` is `anna`, `Anna Berg` is `anna.berg`; a number is put behind what is taken. */
function freeUsername({ name, email, extension }: PastedUser, taken: ReadonlySet<string>): string {
  const from = (email.split('@')[0] ?? '') || name || extension;
  const plain = fold(from)
    .replace(/[^a-z0-9._-]+/g, '.')
    .replace(/^[._-]+|[._-]+$/g, '')
    .slice(0, 58);
  let username = plain;
  for (let next = 2; taken.has(username); next += 1) username = `${plain}${next}`;
  return username;
}

function whatIsWrong(user: PastedUser, taken: ReadonlySet<string>, extensions: ReadonlySet<string>): string | null {
  if (taken.has(user.username)) return `There is a user “${user.username}” already.`;
  if (user.extension && extensions.has(user.extension))
    return `Extension ${user.extension} belongs to somebody already.`;
  const parsed = createUserBody.safeParse(bodyOf(user), { error: problemInWords });
  const issue = parsed.error?.issues[0];
  return issue ? sentence(`${String(issue.path[0] ?? '')}: ${issue.message}`) : null;
}

/** What POST /api/v1/admin/users takes. */
export function bodyOf({ name, username, extension, email, role }: PastedUser) {
  return { name, username, role, extension: extension || null, email: email || null };
}
