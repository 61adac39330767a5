import {
  type ButtonAdd,
  type ButtonEdit,
  type ButtonField,
  type ButtonId,
  type ButtonPatch,
  type ButtonRecord,
  buttonFields,
  kindWords,
  shownLabel,
} from '../protocol/buttons';
import type { ImportButton } from '../protocol/fop2-import';
import { parseQueueChannel } from '../protocol/queue-channel';
import { readValue } from './button-values';
import { type Devices, kindOf, type Resolved } from './devices';
import type { Fop2Button, Said } from './document';
import type { Report } from './report';

/** FOP2's buttons as rows of the panel's. */

export interface ChangedButton extends Required<ButtonEdit> {
  /** What was set before, of the same fields. */
  readonly before: ButtonPatch;
}

export interface PlannedButtons {
  readonly shown: readonly ImportButton[];
  readonly edits: readonly ChangedButton[];
  readonly adds: readonly ButtonAdd[];
}

export interface ButtonsInput {
  readonly buttons: readonly Fop2Button[];
  readonly rows: readonly ButtonRecord[];
  readonly devices: Devices;
  readonly report: Report;
  /** Adds by hand what the PBX does not have. */
  readonly missing: boolean;
}

export const rowId = ({ kind, key }: ButtonId): string => `${kind}\n${key}`;

/** What a section of a button file is on this PBX. */
export function resolveButton({ device, values }: Fop2Button, devices: Devices): Resolved | null {
  const extension = values.get('extension')?.value;
  return devices.resolve(device, {
    kind: kindOf(values.get('type')?.value ?? ''),
    extension: extension === undefined || extension === '' ? undefined : extension,
  });
}

export function planButtons({ buttons, rows, devices, report, missing }: ButtonsInput): PlannedButtons {
  const there = new Map(rows.map((row) => [rowId(row), row]));
  const seen = new Map<string, string>();
  const planned = buttons.flatMap((button) => {
    const resolved = resolveButton(button, devices);
    if (resolved === null) return refuse(button, 'It is nothing that stands on a panel.', report);
    if (!missing && !there.has(rowId(resolved))) return refuse(button, 'The PBX does not have it.', report);
    const before = seen.get(rowId(resolved));
    const words = `${kindWords[resolved.kind]} ${resolved.key}`;
    if (before !== undefined) return refuse(button, `It is ${words}, which [${before}] is already.`, report);
    seen.set(rowId(resolved), button.device);
    return [new Row(button, resolved, there.get(rowId(resolved)), devices, report).plan()];
  });
  return {
    shown: planned.map(({ shown }) => shown),
    edits: planned.flatMap(({ edit }) => edit ?? []),
    adds: planned.flatMap(({ add }) => add ?? []),
  };
}

/** All lines of a section for one reason. */
export function refuse({ heads, values, channels }: Fop2Button, why: string, report: Report): [] {
  for (const at of [...heads, ...[...values.values(), ...channels].map((said) => said.at)]) report.notTaken(at, why);
  return [];
}

interface PlannedRow {
  readonly shown: ImportButton;
  readonly edit?: ChangedButton;
  readonly add?: ButtonAdd;
}

/** One section. */
class Row {
  readonly #set: Partial<Record<ButtonField, unknown>> = {};
  readonly #fields: ImportButton['fields'] = [];
  readonly #notes: string[] = [];
  readonly #words: string;

  constructor(
    private readonly button: Fop2Button,
    private readonly resolved: Resolved,
    private readonly there: ButtonRecord | undefined,
    private readonly devices: Devices,
    private readonly report: Report,
  ) {
    const { kind, key } = resolved;
    this.#words = `${kindWords[kind].charAt(0).toUpperCase()}${kindWords[kind].slice(1)} ${key}`;
  }

  plan(): PlannedRow {
    const { resolved, there, button } = this;
    if (resolved.note !== null) this.#notes.push(resolved.note);
    for (const [key, said] of button.values) this.#read(key, said);
    for (const { at } of button.channels) this.report.notTaken(at, 'The panel finds the channels by itself.');
    if (there === undefined) this.#device();
    this.#tellHead();
    const { kind, key } = resolved;
    const set = this.#set as ButtonPatch;
    const label = set.label ?? (there === undefined ? key : shownLabel(there));
    const shown = (change: ImportButton['change']): ImportButton => {
      const added = there === undefined || there.added;
      return { kind, key, device: button.device, label, change, added, fields: this.#fields, notes: this.#notes };
    };
    if (there === undefined) return { shown: shown('new'), add: { kind, key, set } };
    if (this.#fields.length === 0) return { shown: shown('same') };
    const before = Object.fromEntries(Object.keys(set).map((name) => [name, there.own[name as ButtonField]]));
    return { shown: shown('changed'), edit: { kind, key, version: there.version, set, before } };
  }

  #tellHead(): void {
    const { button, resolved, there } = this;
    const words = there === undefined ? `${this.#words}, added by hand: the PBX does not have it.` : `${this.#words}.`;
    for (const head of button.heads) {
      this.report.taken(head, words);
      if (resolved.note !== null) this.report.remark(head, resolved.note);
    }
  }

  #read(key: string, { value: text, at }: Said): void {
    const { report, there, resolved } = this;
    if (key === 'type' || key === 'extension') {
      report.taken(at, `${this.#words}: which button it is.`);
      return;
    }
    const read = readValue(resolved.kind, key, text);
    if ('why' in read) {
      report.notTaken(at, read.why);
      return;
    }
    if (read.field === 'context' && there !== undefined && !there.added) {
      report.notTaken(at, 'The PBX says itself in which context it is.');
      return;
    }
    const { value, note } = read.field === 'queueChannel' ? this.#queueChannel(read.value, read.note) : read;
    const now = there === undefined ? null : current(there, read.field);
    if (isSame(read.field, value, now)) report.taken(at, `${this.#words}: it is already so.`);
    else {
      this.#set[read.field] = value;
      this.#fields.push({
        field: fieldWords[read.field],
        before: inWords(now, read.field),
        after: inWords(value, read.field),
      });
      report.taken(at, `${this.#words}: ${fieldWords[read.field]}.`);
    }
    if (note === null) return;
    this.#notes.push(note);
    if (read.note === null) report.remark(at, note);
    else report.partly(at, note);
  }

  /** Phones that changed their technology since are called by their present device. */
  #queueChannel(value: unknown, note: string | null): { value: unknown; note: string | null } {
    const read = parseQueueChannel(String(value));
    const device = this.there?.own.device ?? this.there?.found.device ?? null;
    if (typeof read === 'string' || device === null) return { value, note };
    const own = (name: string | null): boolean => {
      if (name === null || name.toLowerCase() === device.toLowerCase()) return false;
      const found = this.devices.resolve(name);
      return /^(SIP|PJSIP)\//i.test(name) && found?.key === this.resolved.key && found.kind === 'extension';
    };
    const moved = [read.interface, read.stateInterface].filter(own);
    if (moved.length === 0) return { value, note };
    const text = String(value)
      .split('|')
      .map((part) =>
        own(part) ? device : own(part.replace(/^StateInterface=/i, '')) ? `StateInterface=${device}` : part,
      )
      .join('|');
    return { value: text, note: `${moved[0]} is ${device} on this PBX.` };
  }

  /** A row by hand is called by the device that the file names. */
  #device(): void {
    const { resolved, button } = this;
    if (resolved.kind !== 'extension' || /^(USER|Local|HINT|VIRTUAL|CUSTOM)\//i.test(button.device)) return;
    const device = buttonFields.shape.device.safeParse(button.device);
    if (!device.success || device.data === null) return;
    this.#set.device = device.data;
    this.#fields.push({ field: 'device', before: '', after: device.data });
  }
}

export const fieldWords: Readonly<Record<ButtonField, string>> = {
  label: 'label',
  group: 'department',
  tags: 'tags',
  colour: 'colour',
  hidden: 'whether it is shown',
  mailbox: 'mailbox',
  external: 'number outside',
  email: 'e-mail address',
  autoAnswer: 'auto-answer header',
  privacy: 'privacy',
  queueChannel: 'queue channel',
  device: 'device',
  context: 'context',
  members: 'members',
};

function current(row: ButtonRecord, field: ButtonField): unknown {
  const { own, found } = row;
  if (field === 'label') return shownLabel(row);
  return own[field] ?? (found as Partial<Record<ButtonField, unknown>>)[field] ?? null;
}

function isSame(field: ButtonField, value: unknown, now: unknown): boolean {
  if (field === 'mailbox' && typeof value === 'string' && typeof now === 'string') return box(value) === box(now);
  return JSON.stringify(value) === JSON.stringify(now);
}

function box(mailbox: string): string {
  return mailbox.includes('@') ? mailbox : `${mailbox}@default`;
}

const privacyWords: Readonly<Record<string, string>> = {
  clid: 'callers’ numbers are hidden',
  monitor: 'nobody listens or records',
  all: 'callers’ numbers are hidden, nobody listens or records',
};

function inWords(value: unknown, field: ButtonField): string {
  if (value === null || value === undefined) return '';
  if (field === 'privacy') return privacyWords[String(value)] ?? String(value);
  return Array.isArray(value) ? value.join(', ') : String(value);
}
