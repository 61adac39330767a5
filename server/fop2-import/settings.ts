import { pbxSettingsBody } from '../protocol/admin';
import type { ImportChoices, ImportPlan, ImportSetting } from '../protocol/fop2-import';
import type { RecordingSettings } from '../protocol/recording';
import type { Fop2, Said } from './document';
import type { Office } from './office';
import { formatOf, templateOf } from './recording';
import type { Report } from './report';
import { entry } from './table';

/** FOP2's settings: the few that the panel has too, and why not of all others. */

/** Said of everything else while the connection is to be taken. */
export const later = 'The PBX is connected first: look at the files again after that.';

const itself = 'The panel does this itself.';
const reasons: Readonly<Record<string, string>> = {
  event_mask: itself,
  poll_interval: itself,
  listen_port: 'The panel’s own port is set where it is started.',
  listen_address: 'The panel’s own address is set where it is started.',
  blind_transfer: 'The panel transfers without the dialplan’s feature codes.',
  supervised_transfer: 'The panel transfers without the dialplan’s feature codes.',
  spy_options: 'The panel chooses these options itself.',
  whisper_options: 'The panel chooses these options itself.',
  monitor_mix: 'The panel always records both sides into one file.',
  notify_on_ringing: 'Everybody chooses their own notifications.',
  notify_on_connect: 'Everybody chooses their own notifications.',
  notify_on_hangup: 'Everybody chooses their own notifications.',
  voicemail_path: 'The panel reads no files of the PBX.',
};

/** The manager account of the files. The secret is for the apply alone: it is in nothing that is shown. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly secret: string;
}

export interface PlannedSettings {
  readonly shown: readonly ImportSetting[];
  /** Null: nothing to change. */
  readonly recording: RecordingSettings | null;
  readonly connection: Connection | null;
  /** What the files name, whether it is taken or not. */
  readonly named: ImportPlan['connection'];
}

export interface SettingsInput {
  readonly settings: Fop2['settings'];
  readonly tenant: string;
  readonly office: Pick<Office, 'recording' | 'connection'>;
  readonly choices: ImportChoices;
  readonly report: Report;
}

export function planSettings({ settings, tenant, office, choices, report }: SettingsInput): PlannedSettings {
  const values = new Map<string, Said>();
  for (const { tenant: of, key, said } of settings) {
    if (of !== '' && of !== tenant) report.notTaken(said.at, `Of tenant ${of}, which was not chosen.`);
    else {
      const before = values.get(key);
      if (before && of === '') {
        report.notTaken(said.at, 'The tenant has its own.');
        continue;
      }
      if (before) report.notTaken(before.at, 'The tenant has its own.');
      values.set(key, said);
    }
  }
  const connection = planConnection(values, office, choices, report);
  const whyNot = connection.change !== null ? later : choices.recording ? null : 'Names of recordings were not chosen.';
  const recording = planRecording(values, office, whyNot, report);
  const others = [...values].flatMap(([key, { at }]): ImportSetting[] => {
    if (handled.has(key)) return [];
    const why = entry(reasons, key) ?? 'FOP2 setting that the panel does not know.';
    report.notTaken(at, why);
    // A value of a key that nobody knows may be anything, a secret too.
    return entry(reasons, key) === undefined ? [] : [{ title: key, value: '', change: null, notes: [why] }];
  });
  return {
    shown: [...connection.shown, ...recording.shown, ...others],
    recording: recording.change,
    connection: connection.change,
    named: connection.named,
  };
}

const connectionKeys = ['manager_host', 'manager_port', 'manager_user', 'manager_secret'] as const;
const handled: ReadonlySet<string> = new Set([...connectionKeys, 'monitor_filename', 'monitor_format']);

type Values = ReadonlyMap<string, Said>;

function planRecording(
  values: Values,
  { recording: { settings: now } }: SettingsInput['office'],
  whyNot: string | null,
  report: Report,
): { shown: ImportSetting[]; change: RecordingSettings | null } {
  const shown: ImportSetting[] = [];
  let next = now;
  const take = (title: string, said: Said, set: Partial<RecordingSettings> | null, notes: readonly string[]): void => {
    const value = set === null ? '' : String(Object.values(set)[0]);
    if (set === null || whyNot !== null) {
      const why = whyNot ?? notes[0] ?? 'Not taken.';
      report.notTaken(said.at, why);
      shown.push({ title, value, change: null, notes: [why] });
      return;
    }
    const same = Object.entries(set).every(([name, one]) => now[name as keyof RecordingSettings] === one);
    next = { ...next, ...set };
    report.taken(said.at, same ? `${title}: it is already so.` : `${title}: ${value}.`);
    for (const note of notes) report.partly(said.at, note);
    shown.push({ title, value, change: same ? 'same' : 'changed', notes: [...notes] });
  };
  const filename = values.get('monitor_filename');
  if (filename) {
    const read = templateOf(filename.value);
    const none = ['Nothing of this name can be used for recordings of the panel.'];
    take('Name of recordings', filename, read && { template: read.template }, read?.notes ?? none);
  }
  const format = values.get('monitor_format');
  if (format) {
    const read = formatOf(format.value);
    take('Format of recordings', format, read && { format: read }, read ? [] : ['The panel does not record in it.']);
  }
  const changed = next.template !== now.template || next.format !== now.format;
  return { shown, change: changed ? next : null };
}

function planConnection(
  values: Values,
  { connection: now }: SettingsInput['office'],
  { connection: chosen }: ImportChoices,
  report: Report,
): { shown: ImportSetting[]; change: Connection | null; named: ImportPlan['connection'] } {
  const said = connectionKeys.flatMap((key) => values.get(key) ?? []);
  if (said.length === 0) return { shown: [], change: null, named: null };
  const read = readConnection(values);
  const named = read && { host: read.host, port: read.port, username: read.username };
  const same = read !== null && now.host === read.host && now.port === read.port && now.username === read.username;
  const value = read === null ? '' : `${read.username} at ${read.host}, port ${read.port}`;
  const title = 'Connection to the PBX';
  const why =
    read === null
      ? 'The manager account is not complete: host, user and secret are needed.'
      : now.source === 'environment'
        ? 'AMI_URL decides which PBX is shown.'
        : chosen || same
          ? null
          : 'It was not chosen.';
  if (why !== null) {
    for (const { at } of said) report.notTaken(at, why);
    return { shown: [{ title, value, change: null, notes: [why] }], change: null, named };
  }
  for (const { at } of said) report.taken(at, same ? `${title}: it is already so.` : `${title}.`);
  return {
    shown: [{ title, value, change: same ? 'same' : 'changed', notes: same ? [] : ['The secret is kept sealed.'] }],
    change: same ? null : read,
    named,
  };
}

function readConnection(values: Values): Connection | null {
  const text = (key: (typeof connectionKeys)[number]): string => values.get(key)?.value ?? '';
  const read = pbxSettingsBody.safeParse({
    host: text('manager_host') || 'localhost',
    port: text('manager_port') || 5038,
    username: text('manager_user'),
    secret: text('manager_secret'),
    tls: false,
    version: 0,
  });
  if (!read.success) return null;
  const { host, port, username, secret = '' } = read.data;
  return { host, port, username, secret };
}
