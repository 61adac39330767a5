import { createHash } from 'node:crypto';
import type { RoleTemplate } from '../protocol/access';
import type { ButtonAdd } from '../protocol/buttons';
import type { ImportChoices, ImportPlan } from '../protocol/fop2-import';
import type { AccessGroup } from '../protocol/groups';
import type { RecordingSettings } from '../protocol/recording';
import { type ChangedButton, type PlannedButtons, planButtons, refuse, resolveButton } from './buttons';
import { readTexts, type SourceFile, unpack } from './bytes';
import { Devices } from './devices';
import { type Fop2, type Fop2Button, readFop2 } from './document';
import { Groups, toImportGroup } from './groups';
import type { Office } from './office';
import { Report } from './report';
import { type Connection, later, type PlannedSettings, planSettings } from './settings';
import { type ChangedAccount, type NewAccount, type Person, type PlannedUsers, planUsers, tellPerms } from './users';

/** What is to be done, in this order. `connection` holds a secret and never leaves the server. */
export interface Actions {
  readonly groups: readonly AccessGroup[];
  readonly roles: readonly RoleTemplate[];
  readonly create: readonly NewAccount[];
  readonly update: readonly ChangedAccount[];
  readonly edits: readonly ChangedButton[];
  readonly adds: readonly ButtonAdd[];
  readonly recording: RecordingSettings | null;
  readonly connection: Connection | null;
}

export interface Planned {
  readonly plan: ImportPlan;
  readonly actions: Actions;
}

const noUsers: PlannedUsers = { shown: [], create: [], update: [], roles: [] };
const noButtons: PlannedButtons = { shown: [], edits: [], adds: [] };

/** Looks at the files and changes nothing. Throws ImportRefused when they cannot be looked at. */
export function planImport(files: readonly SourceFile[], choices: ImportChoices, office: Office): Planned {
  const texts = readTexts(unpack(files));
  const report = new Report(texts);
  const fop2 = readFop2(texts, report);
  const tenants = tenantsOf(fop2);
  const tenant = tenants.find(({ name }) => name === choices.tenant)?.name ?? chosenTenant(tenants);
  const settings = planSettings({ settings: fop2.settings, tenant, office, choices, report });
  const devices = new Devices(office.buttons, office.devices);
  const { mine, others } = ownButtons(fop2, tenant);
  for (const button of others) refuse(button, 'Of another tenant, which was not chosen.', report);
  tellButtonFiles(fop2, tenant, texts, report);
  // What the files name has to be looked up on the PBX that they are of.
  const first = settings.connection !== null;
  const groups = new Groups(office.access.settings.groups, resolver(mine, devices));
  const users = planPeople({ fop2, tenant, mine, devices, groups, office, choices, report, first });
  const buttons = takeButtons(mine, { choices, office, devices, report, first });
  return finish({ texts, report, fop2, tenants, tenant, groups, users, buttons, settings, office });
}

type Tenant = ImportPlan['tenants'][number];

function tenantsOf({ users, groups, perms, buttonFiles, buttons }: Fop2): Tenant[] {
  const names = new Set(
    [...users, ...groups, ...perms, ...buttonFiles.filter(({ tenant }) => tenant !== '')].map(({ tenant }) => tenant),
  );
  if (names.size === 0) names.add('');
  return [...names].map((name) => ({
    name,
    users: users.filter(({ tenant }) => tenant === name).length,
    buttons: ownButtons({ buttons, buttonFiles }, name).mine.length,
  }));
}

function chosenTenant(tenants: readonly Tenant[]): string {
  return (tenants.find(({ users }) => users > 0) ?? tenants[0])?.name ?? '';
}

/** A file that no tenant names is everybody's. */
function ownButtons(
  { buttons, buttonFiles }: Pick<Fop2, 'buttons' | 'buttonFiles'>,
  tenant: string,
): { mine: Fop2Button[]; others: Fop2Button[] } {
  const owners = new Map<string, Set<string>>();
  for (const { name, tenant: of } of buttonFiles) owners.set(name, new Set([...(owners.get(name) ?? []), of]));
  const isMine = ({ file }: Fop2Button): boolean => {
    const of = owners.get(file);
    return of === undefined || of.has('') || of.has(tenant);
  };
  return { mine: buttons.filter(isMine), others: buttons.filter((button) => !isMine(button)) };
}

function tellButtonFiles(
  { buttonFiles }: Fop2,
  tenant: string,
  texts: readonly { readonly name: string }[],
  report: Report,
): void {
  const names = new Set(texts.map(({ name }) => name));
  for (const { name, at, tenant: of } of buttonFiles) {
    if (!names.has(name)) report.notTaken(at, 'This file is not among those given: add it, and look again.');
    else if (of !== '' && of !== tenant) report.notTaken(at, `Of tenant ${of}, which was not chosen.`);
    else report.taken(at, 'The buttons of this file are looked at.');
  }
}

function resolver(mine: readonly Fop2Button[], devices: Devices): (device: string) => ReturnType<Devices['resolve']> {
  const sections = new Map(mine.map((button) => [button.device.toLowerCase(), button]));
  return (device) => {
    const section = sections.get(device.toLowerCase());
    if (section !== undefined) return resolveButton(section, devices);
    if (device.includes('/')) return devices.resolve(device);
    const known = devices.resolve(`USER/${device}`);
    return known?.known ? known : null;
  };
}

interface People {
  readonly fop2: Fop2;
  readonly tenant: string;
  readonly mine: readonly Fop2Button[];
  readonly devices: Devices;
  readonly groups: Groups;
  readonly office: Office;
  readonly choices: ImportChoices;
  readonly report: Report;
  /** The PBX is connected first, and nothing else is done. */
  readonly first: boolean;
}

function planPeople({ fop2, tenant, groups, office, choices, report, first, ...rest }: People): PlannedUsers {
  const all = [...fop2.users, ...fop2.groups, ...fop2.perms];
  const own = <T extends { tenant: string }>(list: readonly T[]): T[] => list.filter((one) => one.tenant === tenant);
  for (const { tenant: of, at } of all) {
    if (of !== tenant) report.notTaken(at, `Of ${of === '' ? 'the general section' : `tenant ${of}`}, not chosen.`);
    else if (first) report.notTaken(at, later);
    else if (!choices.users) report.notTaken(at, 'Users were not chosen.');
  }
  if (first || !choices.users) return noUsers;
  for (const group of own(fop2.groups)) {
    const planned = groups.add(group);
    if (planned === null) report.notTaken(group.at, 'There may be 500 groups.');
    else {
      report.taken(group.at, `Group ${planned.group.name}${planned.change === 'same' ? ': it is already so' : ''}.`);
      for (const note of planned.notes) {
        if (note.endsWith('not taken.')) report.partly(group.at, note);
        else report.remark(group.at, note);
      }
    }
  }
  const users = own(fop2.users);
  const planned = planUsers({
    users,
    perms: own(fop2.perms),
    groups,
    access: office.access.settings,
    existing: office.users,
    choices,
    person: persons(rest, office),
    report,
  });
  tellPerms({ perms: own(fop2.perms) }, users, report);
  return planned;
}

/** A user of FOP2's is named by the number of an extension; its button has the name of the person. */
function persons({ mine, devices }: Pick<People, 'mine' | 'devices'>, office: Office): (name: string) => Person {
  const labels = new Map(
    office.buttons.flatMap(({ kind, key, own, found }) =>
      kind === 'extension' ? [[key, { label: own.label ?? found.label, email: own.email }] as const] : [],
    ),
  );
  const sections = new Map<string, Fop2Button>();
  for (const button of mine) {
    const resolved = resolveButton(button, devices);
    if (resolved?.kind === 'extension') sections.set(resolved.key, button);
  }
  return (name) => {
    const known = devices.resolve(`USER/${name}`);
    const extension = known?.known || sections.has(name) ? (known?.key ?? name) : /^\d+$/.test(name) ? name : null;
    const section = extension === null ? undefined : sections.get(extension);
    const row = extension === null ? undefined : labels.get(extension);
    const email = section?.values.get('email')?.value || row?.email || null;
    const said = email !== null && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? email.slice(0, 254) : null;
    return { extension, label: section?.values.get('label')?.value.trim() || row?.label || null, email: said };
  };
}

function takeButtons(
  mine: readonly Fop2Button[],
  { choices, office, devices, report, first }: Pick<People, 'choices' | 'office' | 'devices' | 'report' | 'first'>,
): PlannedButtons {
  if (!first && choices.buttons)
    return planButtons({ buttons: mine, rows: office.buttons, devices, report, missing: choices.missing });
  for (const button of mine) refuse(button, first ? later : 'Buttons were not chosen.', report);
  return noButtons;
}

interface Parts {
  readonly texts: ReturnType<typeof readTexts>;
  readonly report: Report;
  readonly fop2: Fop2;
  readonly tenants: readonly Tenant[];
  readonly tenant: string;
  readonly groups: Groups;
  readonly users: PlannedUsers;
  readonly buttons: PlannedButtons;
  readonly settings: PlannedSettings;
  readonly office: Office;
}

function finish({ texts, report, tenants, tenant, groups, users, buttons, settings, office }: Parts): Planned {
  const first = settings.connection !== null;
  const newGroups = groups.planned.filter(({ change }) => change === 'new').map(({ group }) => group);
  const newRoles = users.roles.filter(({ change }) => change === 'new').map(({ role }) => role);
  const actions: Actions = {
    groups: newGroups,
    roles: newRoles,
    create: users.create,
    update: users.update,
    edits: buttons.edits,
    adds: buttons.adds,
    recording: first ? null : settings.recording,
    connection: settings.connection,
  };
  const plan: ImportPlan = {
    digest: digestOf(actions, office),
    tenant,
    tenants: [...tenants],
    files: texts.map(({ name, encoding, lines }) => ({ name, encoding, lines: lines.length })),
    withoutPbx: office.buttons.length === 0,
    connection: settings.named,
    changes: {
      users: users.create.length + users.update.length,
      groups: newGroups.length,
      roles: newRoles.length,
      buttons: buttons.edits.length + buttons.adds.length,
      settings: (actions.recording === null ? 0 : 1) + (first ? 1 : 0),
    },
    users: [...users.shown],
    groups: groups.planned.map(toImportGroup),
    roles: users.roles.map(({ role: { id, name, grants, sees }, change, users: count }) => ({
      ...{ id, name, change, users: count, sees },
      permissions: grants.map(({ permission, groups: reach }) => ({ permission, groups: reach })),
    })),
    buttons: [...buttons.shown],
    settings: [...settings.shown],
    rows: report.rows(),
  };
  return { plan, actions };
}

/** Of what would be done, and of the versions it would be done to; of no secret. */
function digestOf({ connection, ...actions }: Actions, { access, recording, connection: now }: Office): string {
  const target = connection && { host: connection.host, port: connection.port, username: connection.username };
  const touchesAccess = actions.groups.length + actions.roles.length + actions.create.length + actions.update.length;
  const about = {
    ...actions,
    target,
    access: touchesAccess > 0 ? access.version : 0,
    recording: actions.recording === null ? 0 : recording.version,
    now: target === null ? 0 : now.version,
  };
  return createHash('sha256').update(JSON.stringify(about)).digest('hex');
}
