'use client';

import clsx from 'clsx';
import { FileText, FolderOpen, Upload, X } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { Button, IconButton } from '../../ui/button';
import { Callout } from '../../ui/callout';
import { type GivenFile, sizeText, takeFiles } from './given-files';

interface DropZoneProps {
  readonly files: readonly GivenFile[];
  readonly onChange: (files: readonly GivenFile[]) => void;
}

/** Takes files that are dropped on it, or chosen. */
export function DropZone({ files, onChange }: DropZoneProps) {
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const take = async (list: readonly File[]) => {
    if (list.length === 0) return;
    const taken = await takeFiles(files, list);
    setProblem(typeof taken === 'string' ? taken : null);
    if (typeof taken !== 'string') onChange(taken);
  };
  const drag = (event: DragEvent) => {
    event.preventDefault();
    setOver(event.type === 'dragover');
    if (event.type === 'drop') void take([...event.dataTransfer.files]);
  };
  return (
    <section
      aria-label="Files of FOP2"
      onDragOver={drag}
      onDragLeave={drag}
      onDrop={drag}
      className={clsx(
        'flex flex-col gap-3 rounded-xl border-2 border-dashed bg-surface p-5',
        over ? 'border-accent' : 'border-control',
      )}
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <Upload aria-hidden className="size-6 shrink-0 text-ink-3" />
        <p className="min-w-0 flex-1 basis-60 text-sm text-ink">
          Drop <code>fop2.cfg</code>, <code>buttons.cfg</code> and <code>buttons_custom.cfg</code> here, or a zip of
          them.
          <span className="block text-[0.8125rem] text-ink-2">
            They are usually in /usr/local/fop2 or /etc/asterisk/fop2. Nothing is changed before you have seen what
            would be.
          </span>
        </p>
        <Button icon={<FolderOpen aria-hidden className="size-4" />} onClick={() => picker.current?.click()}>
          Choose files
        </Button>
        <input
          ref={picker}
          type="file"
          multiple
          aria-label="Files of FOP2"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            void take([...(event.target.files ?? [])]);
            // The same file may be chosen again after it was corrected.
            event.target.value = '';
          }}
        />
      </div>
      {files.length > 0 ? <FileList files={files} onChange={onChange} /> : null}
      <div role="alert" className="empty:hidden">
        {problem ? <Callout tone="warn">{problem}</Callout> : null}
      </div>
    </section>
  );
}

function FileList({ files, onChange }: DropZoneProps) {
  return (
    <ul aria-label="Chosen files" className="flex flex-wrap gap-2">
      {files.map(({ name, size }) => (
        <li
          key={name}
          className="flex max-w-full items-center gap-2 rounded-md bg-sunken py-0.5 pl-2.5 pr-0.5 text-[0.8125rem]"
        >
          <FileText aria-hidden className="size-4 shrink-0 text-ink-3" />
          <span className="min-w-0 truncate text-ink">{name}</span>
          <span className="shrink-0 tabular-nums text-ink-2">{sizeText(size)}</span>
          <IconButton
            label={`Leave ${name} out`}
            size="small"
            onClick={() => onChange(files.filter((one) => one.name !== name))}
          >
            <X aria-hidden className="size-4" />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
