import type { SourceText } from './bytes';
import { isButton } from './devices';
import { type Line, readLine, shownKey } from './lines';
import type { Ref, Report } from './report';

/** What the files say, before anything is looked up. A tenant is a section of `fop2.cfg`; `general` and none are ''. */

export interface Said {
  readonly value: string;
  readonly at: Ref;
}

/** The password of the line is not kept. */
export interface Fop2User {
  readonly tenant: string;
  readonly name: string;
  readonly permissions: readonly string[];
  readonly groups: readonly string[];
  readonly plugins: readonly string[];
  readonly at: Ref;
}

export interface Fop2Group {
  readonly tenant: string;
  readonly name: string;
  readonly devices: readonly string[];
  readonly at: Ref;
}

export interface Fop2Perm extends Fop2Group {
  readonly permissions: readonly string[];
}

export interface Fop2Button {
  readonly device: string;
  /** Where its section begins; more than once when several files have it. */
  readonly heads: readonly Ref[];
  readonly values: ReadonlyMap<string, Said>;
  readonly channels: readonly Said[];
  /** Name of the file that has it last. */
  readonly file: string;
}

export interface ButtonFile {
  readonly tenant: string;
  readonly name: string;
  readonly at: Ref;
}

export interface Fop2 {
  readonly users: readonly Fop2User[];
  readonly groups: readonly Fop2Group[];
  readonly perms: readonly Fop2Perm[];
  readonly buttons: readonly Fop2Button[];
  readonly buttonFiles: readonly ButtonFile[];
  /** By tenant and key, such as ` manager_host`. `manager_secret` is among them: it never leaves the server. */
  readonly settings: readonly { readonly tenant: string; readonly key: string; readonly said: Said }[];
  /** Heads of sections that are tenants. */
  readonly tenants: readonly { readonly name: string; readonly at: Ref }[];
}

type Where = { readonly tenant: string } | { readonly device: string } | 'broken';

/** Everything that a reader collects; `Fop2` when it is over. */
interface Draft {
  readonly users: Fop2User[];
  readonly groups: Fop2Group[];
  readonly perms: Fop2Perm[];
  readonly buttons: Map<string, DraftButton>;
  readonly buttonFiles: ButtonFile[];
  readonly settings: Map<string, { tenant: string; key: string; said: Said }>;
  readonly tenants: { name: string; at: Ref }[];
}

interface DraftButton {
  device: string;
  heads: Ref[];
  values: Map<string, Said>;
  channels: Said[];
  file: string;
}

/** Never throws. Files of one's own (`custom` in their name) have the last word, as in FOP2. */
export function readFop2(texts: readonly SourceText[], report: Report): Fop2 {
  const draft: Draft = {
    users: [],
    groups: [],
    perms: [],
    buttons: new Map(),
    buttonFiles: [],
    settings: new Map(),
    tenants: [],
  };
  const order = texts.map((_, at) => at).sort((a, b) => rank(texts[a]) - rank(texts[b]) || a - b);
  for (const file of order) readFile(texts[file] as SourceText, file, draft, report);
  return {
    ...draft,
    users: lastOfEach(draft.users, report),
    groups: lastOfEach(draft.groups, report),
    perms: lastOfEach(draft.perms, report),
    buttons: [...draft.buttons.values()],
    settings: [...draft.settings.values()],
  };
}

function rank(text: SourceText | undefined): number {
  return /custom/i.test(text?.name ?? '') ? 1 : 0;
}

function readFile({ name, lines }: SourceText, file: number, draft: Draft, report: Report): void {
  let where: Where = { tenant: '' };
  for (const [index, text] of lines.entries()) {
    const at = { file, line: index + 1 };
    const line = readLine(text);
    if (line.kind === 'section') where = openSection(line.name, at, name, draft, report);
    else if (line.kind === 'setting') readSetting(line, where, at, draft, report);
    else if (line.kind === 'broken' && line.section) where = 'broken';
    plainly(line, at, report);
  }
}

const directiveWords = {
  exec: 'Programs are not run. Give what it prints as a file.',
  include: 'Other files are not opened. Give that one here too.',
} as const;

/** What needs no context. */
function plainly(line: Line, at: Ref, report: Report): void {
  switch (line.kind) {
    case 'blank':
    case 'comment':
      report.ignored(at, 'A comment or an empty line.');
      return;
    case 'directive':
      report.name(at, `#${line.name}`);
      report.notTaken(at, directiveWords[line.name]);
      return;
    case 'broken':
      report.notTaken(at, `Not understood: ${line.why}.`);
      return;
    default:
  }
}

function openSection(name: string, at: Ref, file: string, draft: Draft, report: Report): Where {
  if (!isButton(name)) {
    const tenant = name.toLowerCase() === 'general' ? '' : name;
    report.name(at, `[${name.slice(0, 80)}]`);
    report.ignored(at, tenant === '' ? 'The section of general settings.' : `The section of tenant ${name}.`);
    draft.tenants.push({ name: tenant, at });
    return { tenant };
  }
  report.name(at, `[${name}]`);
  const button: DraftButton = draft.buttons.get(name.toLowerCase()) ?? {
    device: name,
    heads: [],
    values: new Map(),
    channels: [],
    file,
  };
  button.heads.push(at);
  button.file = file;
  draft.buttons.set(name.toLowerCase(), button);
  return { device: name };
}

function readSetting(
  { key, value }: Extract<Line, { kind: 'setting' }>,
  where: Where,
  at: Ref,
  draft: Draft,
  report: Report,
): void {
  report.name(at, shownKey(key));
  if (where === 'broken') {
    report.notTaken(at, 'It belongs to a section whose head cannot be read.');
    return;
  }
  if ('device' in where) {
    ofButton(where.device, key, { value, at }, draft, report);
    return;
  }
  const { tenant } = where;
  switch (key) {
    case 'user':
      readUser(value, tenant, at, draft, report);
      return;
    case 'group':
    case 'perm':
      readGroup(key, value, tenant, at, draft, report);
      return;
    case 'buttonfile':
      draft.buttonFiles.push(readButtonFile(value, tenant, at));
      return;
    case 'plugin':
      report.notTaken(at, 'Plug-ins of FOP2 do not run here.');
      return;
    default: {
      const id = `${tenant}\n${key}`;
      const before = draft.settings.get(id);
      if (before) report.saidAgain(before.said.at, at);
      draft.settings.set(id, { tenant, key, said: { value, at } });
    }
  }
}

function ofButton(device: string, key: string, said: Said, draft: Draft, report: Report): void {
  const button = draft.buttons.get(device.toLowerCase());
  if (key === 'channel') {
    button?.channels.push(said);
    return;
  }
  const before = button?.values.get(key);
  if (before) report.saidAgain(before.at, said.at);
  button?.values.set(key, said);
}

const list = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** `EXT:SECRET:permissions:groups:plugins` */
function readUser(value: string, tenant: string, at: Ref, draft: Draft, report: Report): void {
  const [name = '', , permissions, groups, plugins] = value.split(':').map((part) => part.trim());
  if (!value.includes(':') || !/^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/.test(name)) {
    report.notTaken(at, 'Not understood: a user is EXTENSION:SECRET:permissions:groups:plugins.');
    return;
  }
  draft.users.push({
    tenant,
    name,
    permissions: list(permissions),
    groups: list(groups),
    plugins: list(plugins),
    at,
  });
}

/** `group=name:DEVICE,DEVICE` and `perm=name:permissions:DEVICE,GROUP` */
function readGroup(key: 'group' | 'perm', value: string, tenant: string, at: Ref, draft: Draft, report: Report): void {
  const [name = '', ...parts] = value.split(':').map((part) => part.trim());
  if (name === '' || parts.length === 0) {
    const shape = key === 'group' ? 'a group is name:DEVICE,DEVICE' : 'a permission is name:permissions:DEVICE,GROUP';
    report.notTaken(at, `Not understood: ${shape}.`);
    return;
  }
  if (key === 'group') draft.groups.push({ tenant, name, devices: list(parts.join(':')), at });
  else {
    const [permissions, ...devices] = parts;
    draft.perms.push({ tenant, name, permissions: list(permissions), devices: list(devices.join(':')), at });
  }
}

/** `file`, or `file [TENANT]` */
function readButtonFile(value: string, tenant: string, at: Ref): ButtonFile {
  const { name = value, context = '' } = /^(?<name>.*?)\s*\[(?<context>[^[\]]*)\]$/.exec(value)?.groups ?? {};
  return { tenant: context.trim() || tenant, name: name.trim().split(/[\\/]/).at(-1) ?? '', at };
}

/** Of those of one name in one tenant the last counts. */
function lastOfEach<T extends { tenant: string; name: string; at: Ref }>(all: readonly T[], report: Report): T[] {
  const last = new Map<string, T>();
  for (const one of all) {
    const id = `${one.tenant}\n${one.name.toLowerCase()}`;
    const before = last.get(id);
    if (before) report.saidAgain(before.at, one.at);
    last.set(id, one);
  }
  return [...last.values()];
}
