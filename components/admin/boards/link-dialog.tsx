'use client';

import { Copy, ExternalLink } from 'lucide-react';
import { toast } from 'sonner';
import { Button, buttonBase } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/text-field';
import { copyText } from '../copy';
import { HereOnly } from '../here-only';

export interface NewLink {
  readonly name: string;
  readonly token: string;
}

/** The link of a board, shown this once. */
export function LinkDialog({ link, onClose }: { readonly link: NewLink; readonly onClose: () => void }) {
  const address = `${location.origin}/board/#${link.token}`;
  const copy = async () => {
    if (await copyText(address)) toast.success('The link is on the clipboard.');
    else toast.error('The browser did not let the link be copied: mark it and copy it yourself.');
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`The link of ${link.name}`}
      description="Open it on the screen on the wall. Whoever has it sees the board, so treat it like a key. It is shown only now: later you can make a new one."
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <div className="mb-3 empty:hidden">
        <HereOnly />
      </div>
      <TextField label="Link" value={address} readOnly onFocus={(event) => event.target.select()} />
      <div className="mt-3 flex flex-wrap gap-2">
        <Button tone="primary" icon={<Copy aria-hidden className="size-4" />} onClick={() => void copy()}>
          Copy the link
        </Button>
        <a
          href={address}
          target="_blank"
          rel="noreferrer"
          className={`${buttonBase} h-9 border border-control bg-surface px-3.5 text-sm text-ink hover:bg-hover`}
        >
          <ExternalLink aria-hidden className="size-4" />
          Open it here
        </a>
      </div>
    </Dialog>
  );
}
