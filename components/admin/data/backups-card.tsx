'use client';

import clsx from 'clsx';
import { DatabaseBackup, Download, RotateCcw, Trash2, TriangleAlert, Upload } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { toast } from 'sonner';
import { z } from 'zod';
import type { BackupFileRecord, BackupsState } from '@/server/protocol/backups';
import { Card } from '../../account/card';
import { call } from '../../auth/api';
import { Badge } from '../../ui/badge';
import { Button, buttonBase, IconButton } from '../../ui/button';
import { Callout } from '../../ui/callout';
import { Dialog } from '../../ui/dialog';
import { logHead } from '../log-table';
import { sizeWords } from '../size-words';
import { kindWords, momentOf } from './backup-words';
import { MakeDialog } from './make-dialog';
import { RestoreDialog } from './restore-dialog';
import { sendBackup } from './send-file';

/** Buttons are in its row. */
const cell = 'px-3 py-2 align-middle';

interface BackupsCardProps {
  readonly state: BackupsState;
  readonly reload: () => void;
}

/** All backups, and what can be done with them. */
export function BackupsCard({ state, reload }: BackupsCardProps) {
  const [making, setMaking] = useState(false);
  const [restoring, setRestoring] = useState<string | null>(null);
  const [removing, setRemoving] = useState<BackupFileRecord | null>(null);
  return (
    <Card
      id="backups"
      title="Backups"
      description="A copy of everything the panel keeps, made while it runs. A backup holds password hashes and numbers: keep it as safe as the panel."
    >
      <LastWords state={state} />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <Button tone="primary" icon={<DatabaseBackup aria-hidden className="size-4" />} onClick={() => setMaking(true)}>
          Make a backup now
        </Button>
        <UploadButton
          taken={(name) => {
            reload();
            setRestoring(name);
          }}
        />
      </div>
      {state.files.length === 0 ? (
        <p className="text-sm text-ink-2">There is no backup yet.</p>
      ) : (
        <div className="-mx-3">
          <Table files={state.files} restore={setRestoring} remove={setRemoving} />
        </div>
      )}
      <p className="mt-3 text-xs text-ink-2 [overflow-wrap:anywhere]">
        They lie in <code>{state.folder}</code> on the panel's machine
        {state.freeBytes === null ? '' : `, ${sizeWords(state.freeBytes)} are free there`}. Copy them to another one
        from time to time.
      </p>
      {making ? <MakeDialog done={reload} onClose={() => setMaking(false)} /> : null}
      {restoring ? (
        <RestoreDialog name={restoring} before={state.restored?.at ?? null} onClose={() => setRestoring(null)} />
      ) : null}
      {removing ? <RemoveDialog file={removing} done={reload} onClose={() => setRemoving(null)} /> : null}
    </Card>
  );
}

/** How the last ones went. */
function LastWords({ state: { last, restored, nextAt } }: { readonly state: BackupsState }) {
  return (
    <div className="mb-4 flex flex-col gap-2">
      {last && !last.ok ? (
        <Callout tone="danger" role="status" icon={<TriangleAlert aria-hidden className="size-4" />}>
          The last backup failed on {momentOf(last.at)}: {last.message}.
        </Callout>
      ) : null}
      {restored ? (
        <Callout tone={restored.ok ? 'info' : 'danger'} role="status">
          {restored.ok
            ? `${restored.by} restored ${restored.name} on ${momentOf(restored.at)}.`
            : `${restored.name} was not restored, and everything is as it was: ${restored.message}`}
        </Callout>
      ) : null}
      <p className="text-sm text-ink-2">
        {nextAt === null ? 'No backup is made by itself.' : `The next one is made by itself on ${momentOf(nextAt)}.`}
      </p>
    </div>
  );
}

interface TableProps {
  readonly files: readonly BackupFileRecord[];
  readonly restore: (name: string) => void;
  readonly remove: (file: BackupFileRecord) => void;
}

function Table({ files, restore, remove }: TableProps) {
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="sr-only">Backups, newest first</caption>
      <thead>
        <tr className="border-b border-line">
          <th scope="col" className={logHead}>
            Made
          </th>
          <th scope="col" className={`${logHead} max-sm:hidden`}>
            How
          </th>
          <th scope="col" className={`${logHead} max-sm:hidden`}>
            Size
          </th>
          <th scope="col" className={logHead}>
            <span className="sr-only">What to do with it</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {files.map((file) => (
          <Row key={file.name} file={file} restore={restore} remove={remove} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ file, restore, remove }: Omit<TableProps, 'files'> & { readonly file: BackupFileRecord }) {
  const made = momentOf(file.at);
  const kind = <Badge>{kindWords[file.kind]}</Badge>;
  return (
    <tr className="border-b border-line last:border-0">
      <th scope="row" className={`${cell} text-left font-normal tabular-nums text-ink`}>
        <time dateTime={file.at}>{made}</time>
        <span className="mt-0.5 block text-xs text-ink-2 sm:hidden">
          {kind} {sizeWords(file.bytes)}
        </span>
      </th>
      <td className={`${cell} max-sm:hidden`}>{kind}</td>
      <td className={`${cell} tabular-nums text-ink-2 max-sm:hidden`}>{sizeWords(file.bytes)}</td>
      <td className={`${cell} text-right`}>
        <span className="inline-flex items-center gap-1">
          <Button
            size="small"
            aria-label={`Restore the backup of ${made}`}
            icon={<RotateCcw aria-hidden className="size-3.5" />}
            onClick={() => restore(file.name)}
          >
            Restore…
          </Button>
          <a
            href={`/api/v1/admin/backups/${file.name}/file`}
            download
            aria-label={`Download the backup of ${made}`}
            title="Download"
            className={clsx(buttonBase, 'size-7 text-ink-2 hover:bg-hover hover:text-ink')}
          >
            <Download aria-hidden className="size-4" />
          </a>
          <IconButton size="small" label={`Delete the backup of ${made}`} onClick={() => remove(file)}>
            <Trash2 aria-hidden className="size-4" />
          </IconButton>
        </span>
      </td>
    </tr>
  );
}

/** Looked through by the server before it is kept. */
function UploadButton({ taken }: { readonly taken: (name: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const [part, setPart] = useState<number | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const send = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setRefused(null);
    setPart(0);
    const outcome = await sendBackup(file, setPart);
    setPart(null);
    if (field.current) field.current.value = '';
    if (outcome.ok) taken(outcome.value.name);
    else setRefused(`${file.name}: ${outcome.message}`);
  };
  return (
    <>
      <input
        ref={field}
        type="file"
        accept=".db,application/vnd.sqlite3"
        aria-label="A backup to upload"
        className="sr-only"
        tabIndex={-1}
        onChange={({ target }) => void send(target.files?.[0])}
      />
      <Button
        busy={part !== null}
        icon={<Upload aria-hidden className="size-4" />}
        onClick={() => field.current?.click()}
      >
        {part === null ? 'Upload a backup…' : part < 1 ? `Sending, ${Math.floor(part * 100)} %` : 'Looking it through…'}
      </Button>
      {refused === null ? null : (
        <Refused>
          <strong className="font-semibold">Not taken.</strong> {refused}
        </Refused>
      )}
    </>
  );
}

function Refused({ children }: { readonly children: ReactNode }) {
  return (
    <div className="basis-full">
      <Callout tone="danger" role="alert" icon={<TriangleAlert aria-hidden className="size-4" />}>
        {children}
      </Callout>
    </div>
  );
}

const done = z.object({ ok: z.literal(true) });

interface RemoveDialogProps {
  readonly file: BackupFileRecord;
  readonly done: () => void;
  readonly onClose: () => void;
}

function RemoveDialog({ file, done: removed, onClose }: RemoveDialogProps) {
  const [busy, setBusy] = useState(false);
  const remove = async (): Promise<void> => {
    setBusy(true);
    const outcome = await call(done, `admin/backups/${file.name}`, { method: 'DELETE' });
    if (outcome.ok) toast.success('The backup is deleted.');
    else toast.error(outcome.message);
    removed();
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title="Delete this backup?"
      description={`Made on ${momentOf(file.at)} (${kindWords[file.kind].toLowerCase()}), ${sizeWords(file.bytes)}. It cannot be taken back.`}
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button tone="danger" busy={busy} onClick={() => void remove()}>
            Delete
          </Button>
        </>
      }
    >
      {null}
    </Dialog>
  );
}
