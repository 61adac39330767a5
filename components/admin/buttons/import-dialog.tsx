'use client';

import { FileUp } from 'lucide-react';
import { type DragEvent, useId, useRef, useState } from 'react';
import {
  type ButtonsImportBody,
  type ButtonsImported,
  buttonsImported,
  longestImport,
} from '@/server/protocol/buttons';
import { type CallFailure, call } from '../../auth/api';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { SelectField } from '../../ui/select-field';
import { FormFailure } from '../form-failure';
import { count } from './field-words';
import { ImportPreview } from './import-preview';

interface ImportDialogProps {
  readonly onClose: () => void;
  /** So many rows were changed. */
  readonly onDone: (rows: number) => void;
}

interface Picked {
  readonly name: string;
  readonly body: Omit<ButtonsImportBody, 'mode'>;
}

type Mode = ButtonsImportBody['mode'];

/** A file is tried first: what it would change is shown before anything is. */
export function ImportDialog({ onClose, onDone }: ImportDialogProps) {
  const [picked, setPicked] = useState<Picked | null>(null);
  const [mode, setMode] = useState<Mode>('merge');
  const [trial, setTrial] = useState<ButtonsImported | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const [busy, setBusy] = useState(false);
  /** Answers come in any order; the newest question counts. */
  const asked = useRef(0);

  const ask = async (file: Picked, how: Mode, digest?: string) => {
    asked.current += 1;
    const mine = asked.current;
    setBusy(true);
    const body = { ...file.body, mode: how, ...(digest !== undefined && { digest }) };
    const outcome = await call(buttonsImported, 'admin/buttons/import', { method: 'POST', body });
    if (mine !== asked.current) return;
    setBusy(false);
    setFailure(outcome.ok ? null : outcome);
    if (!outcome.ok) {
      // What was looked at is no longer what would happen.
      setTrial(null);
      return;
    }
    if (outcome.value.applied) onDone(outcome.value.changedRows);
    else setTrial(outcome.value);
  };
  const take = async (file: File) => {
    setTrial(null);
    if (file.size > longestImport) {
      setFailure({ ok: false, error: 'invalid', message: 'A file may have 8 million characters at most.' });
      return;
    }
    const format = /\.json$/i.test(file.name) ? 'json' : 'csv';
    const next: Picked = { name: file.name, body: { format, text: await file.text() } };
    setPicked(next);
    await ask(next, mode);
  };
  const change = (how: Mode) => {
    setMode(how);
    setTrial(null);
    if (picked !== null) void ask(picked, how);
  };
  const doable = trial !== null && trial.changedRows > 0;
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && !busy && onClose()}
      title="Import rows"
      description="A CSV or JSON file as it is exported here. Nothing is changed until you have seen what will be."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {trial === null && picked !== null && !busy ? (
            <Button onClick={() => void ask(picked, mode)}>Look again</Button>
          ) : null}
          <Button
            tone="primary"
            busy={busy}
            disabled={!doable}
            onClick={() => picked && trial && void ask(picked, mode, trial.digest)}
          >
            {doable ? `Change ${count(trial.changedRows)}` : 'Change'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pt-1">
        <DropZone name={picked?.name ?? null} onFile={(file) => void take(file)} />
        <SelectField
          label="Rows that the file does not have"
          value={mode}
          options={[
            { value: 'merge', label: 'stay as they are' },
            { value: 'replace', label: 'are given back to the PBX' },
          ]}
          onChange={(event) => change(event.target.value as Mode)}
        />
        <FormFailure failure={failure} />
        {trial === null ? null : <ImportPreview trial={trial} />}
      </div>
    </Dialog>
  );
}

interface DropZoneProps {
  readonly name: string | null;
  readonly onFile: (file: File) => void;
}

function DropZone({ name, onFile }: DropZoneProps) {
  const [over, setOver] = useState(false);
  const id = useId();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) onFile(file);
  };
  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={`flex cursor-pointer flex-col items-center gap-1.5 rounded-lg border border-dashed px-4 py-6 text-center text-sm focus-within:outline-2 focus-within:outline-accent ${
        over ? 'border-accent bg-hover' : 'border-control bg-sunken'
      }`}
    >
      <FileUp aria-hidden className="size-5 text-ink-2" />
      <span className="font-medium text-ink">{name ?? 'Choose a file, or drop it here'}</span>
      <span className="text-xs text-ink-2">CSV (also as Excel saves it) or JSON, up to 20,000 rows</span>
      <input
        id={id}
        type="file"
        accept=".csv,.json,text/csv,application/json"
        className="sr-only"
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file, changed meanwhile, can be chosen again.
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
    </label>
  );
}
