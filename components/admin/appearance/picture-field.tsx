'use client';

import { ImageUp, Trash2 } from 'lucide-react';
import { type ChangeEvent, useId, useRef, useState } from 'react';
import type { Picture } from '@/server/protocol/appearance';
import { Button } from '../../ui/button';

interface PictureFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly mostBytes: number;
  /** Null: the panel's own. */
  readonly value: Picture | null;
  readonly error: string | undefined;
  readonly onChange: (picture: Picture | null) => void;
}

/** A picture from this computer, shown on both grounds it will stand on. */
export function PictureField({ label, hint, mostBytes, value, error, onChange }: PictureFieldProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) return;
    const read = await pictureOf(file, mostBytes);
    setProblem(read.ok ? null : read.why);
    if (read.ok) onChange(read.picture);
  };
  const wrong = problem ?? error;
  const source = value ? `data:${value.type};base64,${value.data}` : null;
  return (
    <fieldset aria-describedby={`${id}-hint`} className="flex flex-col gap-2">
      <legend className="mb-1 text-[0.8125rem] font-medium">{label}</legend>
      <div className="flex flex-wrap items-center gap-3">
        {source ? (
          <span aria-hidden className="flex overflow-hidden rounded-md border border-line">
            {['#ffffff', '#171b20'].map((ground) => (
              <span key={ground} className="grid h-12 w-24 place-items-center p-1.5" style={{ background: ground }}>
                {/* biome-ignore lint/performance/noImgElement: it is not on the server yet */}
                <img src={source} alt="" className="max-h-full max-w-full object-contain" />
              </span>
            ))}
          </span>
        ) : (
          <span className="text-sm text-ink-2">The panel’s own</span>
        )}
        <input
          ref={input}
          type="file"
          accept="image/png,image/jpeg,image/webp"
          aria-label={label}
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => void choose(event)}
        />
        <Button icon={<ImageUp aria-hidden className="size-4" />} onClick={() => input.current?.click()}>
          Choose a picture
        </Button>
        {source ? (
          <Button tone="plain" icon={<Trash2 aria-hidden className="size-4" />} onClick={() => onChange(null)}>
            Use the panel’s own
          </Button>
        ) : null}
      </div>
      <p id={`${id}-hint`} className="text-xs text-ink-2">
        {hint}
      </p>
      <p role="alert" className="text-xs font-medium text-dnd-ink empty:hidden">
        {wrong}
      </p>
    </fieldset>
  );
}

type Read = { readonly ok: true; readonly picture: Picture } | { readonly ok: false; readonly why: string };

async function pictureOf(file: File, mostBytes: number): Promise<Read> {
  const { type } = file;
  if (type === 'image/svg+xml') {
    return { ok: false, why: 'An SVG can hold scripts and is not taken. Save it as a PNG or WebP picture.' };
  }
  if (type !== 'image/png' && type !== 'image/jpeg' && type !== 'image/webp') {
    return { ok: false, why: 'Use a PNG, JPEG or WebP picture.' };
  }
  if (file.size > mostBytes) return { ok: false, why: `Use a picture of at most ${mostBytes / 1024} KB.` };
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return { ok: true, picture: { type, data: btoa(text) } };
}
