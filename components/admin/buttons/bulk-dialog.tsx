'use client';

import { useState } from 'react';
import {
  type ButtonField,
  type ButtonPatch,
  type ButtonRecord,
  buttonFields,
  fieldsOfKind,
} from '@/server/protocol/buttons';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { SelectField } from '../../ui/select-field';
import { TextField } from '../../ui/text-field';
import { colourWords } from '../availability/state-words';
import { sentence } from '../words';
import { count, fieldNames, privacyNames } from './field-words';
import { GroupList } from './grid-row';
import type { Edit } from './use-buttons';

type Way = 'group' | 'tags' | 'addTags' | 'removeTags' | 'colour' | 'privacy' | 'hidden';

const ways: Readonly<Record<Way, string>> = {
  group: 'Department',
  addTags: 'Add tags',
  removeTags: 'Remove tags',
  tags: 'Tags, instead of those they have',
  colour: 'Colour',
  privacy: 'Privacy',
  hidden: 'On the panel',
};

const fieldOf: Readonly<Record<Way, ButtonField>> = {
  ...{ group: 'group', tags: 'tags', addTags: 'tags', removeTags: 'tags', colour: 'colour', privacy: 'privacy' },
  hidden: 'hidden',
};

const choices: Readonly<Partial<Record<Way, readonly (readonly [value: string, label: string])[]>>> = {
  colour: [['', 'None'], ...Object.entries(colourWords)],
  privacy: [['', 'None'], ...Object.entries(privacyNames).slice(1)],
  hidden: [
    ['yes', 'Hidden from everybody'],
    ['', 'Shown'],
  ],
};

interface BulkDialogProps {
  readonly rows: readonly ButtonRecord[];
  readonly groups: readonly string[];
  readonly busy: boolean;
  readonly onSet: (edits: readonly Edit[], words: string) => void;
  readonly onClose: () => void;
}

/** One value for all rows that are chosen. */
export function BulkDialog({ rows, groups, busy, onSet, onClose }: BulkDialogProps) {
  const [way, setWay] = useState<Way>('group');
  const [text, setText] = useState('');
  const [error, setError] = useState<string | undefined>();
  const field = fieldOf[way];
  const able = rows.filter(({ kind }) => fieldsOfKind[kind].includes(field));
  const options = choices[way];
  const pick = (next: Way) => {
    setWay(next);
    setText(choices[next]?.[0]?.[0] ?? '');
    setError(undefined);
  };
  const apply = () => {
    const read = buttonFields.shape[field].safeParse(meantBy(way, text));
    if (!read.success) return setError(sentence(read.error.issues[0]?.message ?? 'is wrong'));
    const edits = able.map(({ kind, key, version, ...row }): Edit => {
      return { kind, key, version, set: patchOf(way, read.data, row) };
    });
    onSet(edits, `Undo the change of ${fieldNames[field].toLowerCase()} of ${count(edits.length)}`);
  };
  const left = rows.length - able.length;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Change ${count(rows.length)}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" busy={busy} disabled={able.length === 0} onClick={apply}>
            Change {count(able.length)}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4 pt-1"
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        <SelectField
          label="What"
          value={way}
          options={Object.entries(ways).map(([value, label]) => ({ value, label }))}
          onChange={(event) => pick(event.target.value as Way)}
        />
        {options ? (
          <SelectField
            label="To"
            value={text}
            options={options.map(([value, label]) => ({ value, label }))}
            onChange={(event) => setText(event.target.value)}
            error={error}
          />
        ) : (
          <TextField
            label={field === 'tags' ? 'Tags, divided by commas' : 'To'}
            value={text}
            onChange={(event) => setText(event.target.value)}
            hint={way === 'group' || way === 'tags' ? 'Empty: as the PBX says.' : undefined}
            list={way === 'group' ? 'button-groups' : undefined}
            error={error}
            autoComplete="off"
          />
        )}
        <GroupList groups={groups} />
        {left > 0 ? (
          <p role="status" className="text-sm text-ink-2">
            {count(left)} of other kinds {left === 1 ? 'has' : 'have'} no {fieldNames[field].toLowerCase()} and{' '}
            {left === 1 ? 'stays' : 'stay'} as {left === 1 ? 'it is' : 'they are'}.
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}

function meantBy(way: Way, text: string): unknown {
  const value = text.trim();
  if (value === '') return way === 'addTags' || way === 'removeTags' ? [] : null;
  if (way === 'hidden') return true;
  if (fieldOf[way] !== 'tags') return value;
  return [...new Set(value.split(/[,;]/).flatMap((part) => (part.trim() === '' ? [] : [part.trim()])))];
}

function patchOf(way: Way, value: unknown, { own, found }: Pick<ButtonRecord, 'own' | 'found'>): ButtonPatch {
  if (way !== 'addTags' && way !== 'removeTags') return { [fieldOf[way]]: value };
  const before = own.tags ?? found.tags ?? [];
  const some = value as readonly string[];
  const tags = way === 'addTags' ? [...new Set([...before, ...some])] : before.filter((tag) => !some.includes(tag));
  return { tags };
}
