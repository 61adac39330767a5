'use client';

import clsx from 'clsx';
import { Check, NotebookPen, TriangleAlert } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Draft } from './note-keeper';
import { type Note, useNote } from './notes';

interface NoteFieldProps {
  /** The call's id. */
  readonly call: string;
  readonly who: string;
  /** Only where something is written already. */
  readonly shy?: boolean;
}

/** The operator's own note on a call; saved by itself, and never lost silently. */
export function NoteField({ call, who, shy = false }: NoteFieldProps) {
  const note = useNote(call);
  const { look } = note;
  useEffect(look, [look]);
  const something = note.draft?.text || note.draft?.problem;
  // Once it was there it does not go away under the hands of who empties it.
  const [shown, setShown] = useState(!shy);
  if (!shown && (something || !shy)) setShown(true);
  return shown ? <Field call={call} who={who} note={note} /> : null;
}

interface FieldProps {
  readonly call: string;
  readonly who: string;
  readonly note: Note;
}

function Field({ call, who, note: { draft, write, flush } }: FieldProps) {
  const field = useWritingOn(call);
  const text = draft?.text ?? '';
  return (
    <div>
      <label className="flex items-start gap-1.5 text-ink-2">
        <NotebookPen aria-hidden className="mt-1.25 size-3.5 shrink-0" />
        <textarea
          ref={field}
          data-note={call}
          aria-label={`Note on ${who}`}
          placeholder="Note"
          rows={1}
          maxLength={2_000}
          value={text}
          onChange={(event) => write(event.target.value)}
          onBlur={flush}
          onKeyDown={(event) => {
            const leaves = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey));
            if (!leaves) return;
            event.preventDefault();
            event.stopPropagation();
            event.currentTarget.blur();
            event.currentTarget.closest<HTMLElement>('[data-call]')?.focus();
          }}
          className={clsx(
            'field-sizing-content max-h-28 min-h-6 min-w-0 flex-1 resize-none rounded border px-1.5 py-0.5 text-[0.8125rem] leading-[1.125rem] text-ink placeholder:text-ink-2',
            text ? 'border-line' : 'border-transparent',
            'bg-transparent hover:border-control focus:border-control focus:bg-surface',
          )}
        />
        <Saved draft={draft} />
      </label>
      {draft?.problem ? (
        <p role="alert" className="mt-0.5 flex items-start gap-1.5 text-xs text-dnd-ink">
          <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span className="min-w-0 flex-1">Not saved yet. {draft.problem}</span>
          <button type="button" onClick={flush} className="shrink-0 cursor-pointer font-semibold underline">
            Try again
          </button>
        </p>
      ) : null}
    </div>
  );
}

interface Writing {
  readonly call: string;
  readonly from: number;
  readonly to: number;
}

/** Who was writing when the card went, and where. */
let writing: Writing | null = null;

function writeOn(field: HTMLTextAreaElement | null, { from, to }: Writing): void {
  field?.focus({ preventScroll: true });
  field?.setSelectionRange(from, to);
}

/** A note that goes on in another card, as when the call ends, is written on there. */
function useWritingOn(call: string) {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = field.current;
    if (writing?.call === call) {
      if (document.activeElement === document.body) writeOn(element, writing);
      writing = null;
    }
    return () => {
      if (!element || document.activeElement !== element) return;
      const left = { call, from: element.selectionStart, to: element.selectionEnd };
      writing = left;
      // The other card may have been there already.
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return;
        writeOn(document.querySelector<HTMLTextAreaElement>(`[data-note="${CSS.escape(call)}"]`), left);
      });
    };
  }, [call]);
  return field;
}

function Saved({ draft }: { readonly draft: Draft | undefined }) {
  if (!draft?.text || draft.state !== 'saved') return null;
  return <Check aria-label="Saved" role="img" className="mt-1.5 size-3.5 shrink-0 text-free-ink" />;
}
