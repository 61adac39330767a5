'use client';

import { toast } from 'sonner';
import {
  type Board,
  type BoardEdit,
  type BoardSettings,
  board as boardSchema,
  boardSettings,
  boardWithToken,
} from '@/server/protocol/boards';
import { Card } from '../../account/card';
import { type CallFailure, call, type Outcome } from '../../auth/api';
import { Button } from '../../ui/button';
import { SelectField } from '../../ui/select-field';
import { TextField } from '../../ui/text-field';
import { FormFailure } from '../form-failure';
import { type Form, useForm } from '../use-form';
import { useLeaveGuard } from '../use-leave-guard';
import { BlockFields } from './block-fields';
import { type BoardValues, settingsOf, untilOf, valuesOf } from './board-values';
import type { NewLink } from './link-dialog';
import { SeesFields } from './sees-fields';

interface BoardFormProps {
  /** Null: a new one. */
  readonly board: Board | null;
  /** With the link of a new board. */
  readonly onDone: (link: NewLink | null) => void;
  readonly onCancel: () => void;
}

/** Everything about a board. */
export function BoardForm({ board, onDone, onCancel }: BoardFormProps) {
  const form: Form<BoardValues> = useForm<BoardValues, BoardSettings, NewLink | null>({
    initial: valuesOf(board),
    schema: boardSettings,
    body: settingsOf,
    check: ({ expires }): { expires?: string } =>
      untilOf(expires) === undefined ? { expires: 'Enter a date and a time.' } : {},
    send: (settings) => {
      const edit = { settings, expiresAt: untilOf(form.values.expires) ?? null };
      return board === null ? create(edit) : save(board, edit);
    },
    done: (link) => {
      if (link === null) toast.success('Saved. Open screens show it now.');
      onDone(link);
    },
  });
  useLeaveGuard(form.dirty);
  return (
    <form ref={form.ref} onSubmit={form.submit} noValidate className="flex flex-col gap-5">
      <Card id="board" title={board === null ? 'A new wallboard' : `Wallboard ${board.settings.name}`}>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Name"
            name="name"
            value={form.values.name}
            onChange={(event) => form.set('name', event.target.value)}
            error={form.problem('name')}
            hint="At the top of the board"
            maxLength={60}
          />
          <TextField
            label="Link works until"
            name="expires"
            type="datetime-local"
            value={form.values.expires}
            onChange={(event) => form.set('expires', event.target.value)}
            error={form.problem('expires')}
            hint="Empty: until it is revoked"
          />
        </div>
      </Card>
      <SeesFields form={form} />
      <BlockFields form={form} />
      <LookFields form={form} />
      <FormFailure failure={form.failure} />
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" tone="primary" busy={form.busy}>
          {board === null ? 'Make the board' : 'Save'}
        </Button>
      </div>
    </form>
  );
}

async function create(edit: BoardEdit): Promise<Outcome<NewLink | null>> {
  const outcome = await call(boardWithToken, 'admin/boards', { method: 'POST', body: edit });
  if (!outcome.ok) return inForm(outcome);
  const { board, token } = outcome.value;
  return { ok: true, value: { name: board.settings.name, token } };
}

async function save(board: Board, edit: BoardEdit): Promise<Outcome<NewLink | null>> {
  const body = { ...edit, version: board.version };
  const outcome = await call(boardSchema, `admin/boards/${board.id}`, { method: 'PUT', body });
  return outcome.ok ? { ok: true, value: null } : inForm(outcome);
}

/** Its fields have the names of the settings. */
function inForm(failure: CallFailure): CallFailure {
  return { ...failure, field: failure.field?.replace(/^settings\./, '').replace(/^expiresAt$/, 'expires') };
}

const numbers = [
  ['columns', 'Cards side by side', 'Two people stand below each'],
  ['scale', 'Size in per cent', '100 suits a screen that is seen from five metres'],
  ['pageSeconds', 'Seconds per page', 'When there is more than fits'],
  ['waitWarn', 'Waits long after, seconds', 'The queue turns yellow'],
  ['waitAlert', 'Waits too long after, seconds', 'The queue turns red'],
] as const;

function LookFields({ form }: { readonly form: Form<BoardValues> }) {
  return (
    <Card id="look" title="Look">
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <SelectField
          label="Colours"
          name="theme"
          value={form.values.theme}
          onChange={(event) => form.set('theme', event.target.value === 'light' ? 'light' : 'dark')}
          options={[
            { value: 'dark', label: 'Dark' },
            { value: 'light', label: 'Light, for a bright room' },
          ]}
        />
        {numbers.map(([name, label, hint]) => (
          <TextField
            key={name}
            label={label}
            name={name}
            hint={hint}
            type="text"
            inputMode="numeric"
            autoComplete="off"
            value={form.values[name]}
            onChange={(event) => form.set(name, event.target.value)}
            error={form.problem(name)}
          />
        ))}
      </div>
    </Card>
  );
}
