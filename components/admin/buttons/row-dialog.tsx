'use client';

import { type ReactNode, useMemo } from 'react';
import {
  type ButtonField,
  type ButtonKind,
  type ButtonPatch,
  type ButtonRecord,
  buttonKind,
  buttonPatch,
  fieldsOfKind,
} from '@/server/protocol/buttons';
import type { CallFailure, Outcome } from '../../auth/api';
import { SelectField } from '../../ui/select-field';
import { TextField } from '../../ui/text-field';
import { colourWords } from '../availability/state-words';
import { FormDialog } from '../form-dialog';
import { FormFailure } from '../form-failure';
import { type Form, useForm } from '../use-form';
import { fieldNames, foundText, kindNames, privacyNames, rowName } from './field-words';
import { GroupList } from './grid-row';
import type { Buttons } from './use-buttons';

type Values = Readonly<Record<ButtonField, string>>;

const hints: Readonly<Partial<Record<ButtonField, string>>> = {
  tags: 'Words to find it by, divided by commas.',
  external: 'People can call it and transfer to it, by the rules for numbers outside.',
  autoAnswer: 'By which this phone answers its own calls at once, such as Call-Info: answer-after=0.',
  queueChannel:
    'How it is added to a queue: Local/620@from-queue/n|Penalty=1|MemberName=Anna|StateInterface=PJSIP/620.',
  privacy: 'Holds for everybody but the extension itself.',
  mailbox: 'Whose messages light the lamp, such as 101@default.',
  device: 'The phone, such as PJSIP/101.',
  members: 'Numbers of the extensions that ring, divided by commas.',
};

function valuesOf(row: ButtonRecord | null): Values {
  const text = (field: ButtonField): string => {
    const value = row?.own[field] ?? null;
    if (value === null) return '';
    if (typeof value === 'boolean') return value ? 'yes' : '';
    return typeof value === 'string' ? value : value.join(', ');
  };
  const names = Object.keys(fieldNames) as ButtonField[];
  return Object.fromEntries(names.map((field) => [field, text(field)])) as Values;
}

/** What was typed; '' is: as the PBX says. */
function patchOf(values: Values, kind: ButtonKind): Record<string, unknown> {
  return Object.fromEntries(
    fieldsOfKind[kind].map((field) => {
      const text = values[field].trim();
      if (text === '') return [field, null];
      if (field === 'hidden') return [field, true];
      return [field, field === 'tags' || field === 'members' ? listOf(text) : text];
    }),
  );
}

function listOf(text: string): string[] {
  return [...new Set(text.split(/[,;]/).flatMap((part) => (part.trim() === '' ? [] : [part.trim()])))];
}

interface RowDialogProps {
  readonly row: ButtonRecord;
  readonly groups: readonly string[];
  readonly change: Buttons['change'];
  readonly onClose: () => void;
}

export function RowDialog({ row, groups, change, onClose }: RowDialogProps) {
  const initial = useMemo(() => valuesOf(row), [row]);
  const form = useForm<Values, ButtonPatch, unknown>({
    initial,
    schema: buttonPatch,
    body: (values) => patchOf(values, row.kind),
    send: async (set) => {
      const { kind, key, version } = row;
      const outcome = await change([{ kind, key, version, set }], `Undo the change of ${rowName(row)}`);
      return outcome.ok ? conflictOf(outcome.value.conflicts[0]?.message) : withoutPath(outcome);
    },
    done: onClose,
  });
  return (
    <FormDialog
      form={form}
      title={rowName(row)}
      description="What is left empty is as the PBX says."
      action="Save"
      onClose={onClose}
    >
      <Fields form={form} row={row} kind={row.kind} groups={groups} />
      <FormFailure failure={form.failure} />
    </FormDialog>
  );
}

/** Somebody else was faster: what they made of it is shown over the table. */
function conflictOf(message: string | undefined): Outcome<unknown> {
  return message === undefined ? { ok: true, value: null } : { ok: false, error: 'conflict', message };
}

function withoutPath(failure: CallFailure): CallFailure {
  return { ...failure, field: failure.field?.replace(/^(?:edits\.0\.)?set\./, '') };
}

interface AddDialogProps {
  readonly groups: readonly string[];
  readonly add: Buttons['add'];
  readonly onClose: () => void;
  readonly onAdded: (row: ButtonRecord) => void;
}

type AddValues = Values & { readonly kind: ButtonKind; readonly key: string };

export function AddDialog({ groups, add, onClose, onAdded }: AddDialogProps) {
  const form = useForm<AddValues, ButtonPatch, ButtonRecord>({
    initial: { ...valuesOf(null), kind: 'extension', key: '' },
    schema: buttonPatch,
    body: (values) => patchOf(values, values.kind),
    check: ({ key }) => (key.trim() === '' ? { key: 'Fill this in.' } : {}),
    send: async (set) => {
      const { kind, key } = form.values;
      const outcome = await add({ kind, key: key.trim(), set });
      return outcome.ok ? outcome : withoutPath(outcome);
    },
    done: onAdded,
  });
  const { values, set } = form;
  return (
    <FormDialog
      form={form}
      title="Add by hand"
      description="Something that the panel does not find on the PBX by itself. It stays until you remove it."
      action="Add"
      onClose={onClose}
    >
      <SelectField
        label="Kind"
        name="kind"
        value={values.kind}
        options={buttonKind.options.map((kind) => ({ value: kind, label: kindNames[kind] }))}
        onChange={(event) => set('kind', buttonKind.parse(event.target.value))}
      />
      <TextField
        label={values.kind === 'extension' || values.kind === 'ringgroup' ? 'Number' : 'Name'}
        name="key"
        value={values.key}
        onChange={(event) => set('key', event.target.value)}
        error={form.errors.key}
        hint={values.kind === 'trunk' ? 'Its device, such as PJSIP/carrier.' : undefined}
        autoComplete="off"
        maxLength={80}
      />
      <Fields form={form as unknown as Form<Values>} row={null} kind={values.kind} groups={groups} />
      <FormFailure failure={form.failure} />
    </FormDialog>
  );
}

interface FieldsProps {
  readonly form: Form<Values>;
  readonly row: ButtonRecord | null;
  readonly kind: ButtonKind;
  readonly groups: readonly string[];
}

function Fields({ form, row, kind, groups }: FieldsProps) {
  const { values, set } = form;
  const found = (field: ButtonField): string => (row === null ? '' : foundText(row, field));
  const select = (field: 'colour' | 'privacy' | 'hidden', options: readonly [value: string, label: string][]) => (
    <SelectField
      key={field}
      label={fieldNames[field]}
      name={field}
      value={values[field]}
      options={options.map(([value, label]) => ({ value, label }))}
      onChange={(event) => set(field, event.target.value)}
      hint={hints[field]}
      error={form.errors[field]}
    />
  );
  const text = (field: ButtonField): ReactNode => (
    <TextField
      key={field}
      label={fieldNames[field]}
      name={field}
      value={values[field]}
      onChange={(event) => set(field, event.target.value)}
      placeholder={found(field)}
      hint={hints[field]}
      error={form.errors[field]}
      list={field === 'group' ? 'button-groups' : undefined}
      type={field === 'email' ? 'email' : 'text'}
      autoComplete="off"
      spellCheck={false}
    />
  );
  const field = (one: ButtonField): ReactNode => {
    if (one === 'colour') return select(one, [['', 'None'], ...Object.entries(colourWords)]);
    if (one === 'privacy') return select(one, [['', 'None'], ...Object.entries(privacyNames).slice(1)]);
    if (one !== 'hidden') return text(one);
    return select(one, [
      ['', 'Shown'],
      ['yes', 'Hidden from everybody'],
    ]);
  };
  return (
    <>
      {fieldsOfKind[kind].map(field)}
      <GroupList groups={groups} />
    </>
  );
}
