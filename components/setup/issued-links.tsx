'use client';

import { Copy, Download, Mail } from 'lucide-react';
import { useState } from 'react';
import { copyText } from '../admin/copy';
import { Button, buttonBase } from '../ui/button';
import { type Guest, guestsCsv, mailTo } from './guests';

interface IssuedLinksProps {
  readonly guests: readonly Guest[];
  readonly days: number;
}

/** The links, shown now and never again. */
export function IssuedLinks({ guests, days }: IssuedLinksProps) {
  const [note, setNote] = useState('');
  const copy = async (text: string, what: string) => {
    const copied = await copyText(text);
    setNote(copied ? `${what} copied.` : 'The browser did not let us copy: select the link and copy it by hand.');
  };
  const all = guests.map(({ name, link }) => `${name}: ${link ?? ''}`).join('\n');
  return (
    <section aria-labelledby="links" className="rounded-xl border border-line bg-surface px-4 py-3 sm:px-5">
      <h2 id="links" className="text-sm font-semibold text-ink">
        {guests.length === 1 ? 'The link' : `${guests.length} links`}
      </h2>
      <p className="mb-2 text-[0.8125rem] text-ink-2">
        Shown now and not again; a lost one is made anew under Administration → Users.
      </p>
      <ul className="flex flex-col gap-2">
        {guests.map((guest) => (
          <li key={guest.number} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="min-w-32 text-sm font-medium text-ink">{guest.name}</span>
            <code className="min-w-0 flex-1 basis-48 select-all truncate rounded bg-sunken px-2 py-1 font-mono text-xs text-ink">
              {guest.link}
            </code>
            <Button
              size="small"
              icon={<Copy aria-hidden className="size-3.5" />}
              aria-label={`Copy the link for ${guest.name}`}
              onClick={() => void copy(guest.link ?? '', `The link for ${guest.name}`)}
            >
              Copy
            </Button>
            {guest.email ? (
              <a
                href={mailTo(guest, days)}
                aria-label={`Write a mail to ${guest.name}`}
                className={`${buttonBase} h-7 border border-control bg-surface px-2 text-[0.8125rem] text-ink hover:bg-hover`}
              >
                <Mail aria-hidden className="size-3.5" />
                Mail
              </a>
            ) : null}
          </li>
        ))}
      </ul>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        {guests.length > 1 ? (
          <Button size="small" onClick={() => void copy(all, 'All links')}>
            Copy all
          </Button>
        ) : null}
        <Button
          size="small"
          icon={<Download aria-hidden className="size-3.5" />}
          onClick={() => save(guestsCsv(guests))}
        >
          Save as CSV
        </Button>
        <p role="status" className="text-[0.8125rem] text-ink-2">
          {note}
        </p>
      </div>
    </section>
  );
}

function save(csv: string): void {
  const url = URL.createObjectURL(new Blob([`\ufeff${csv}`], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'invitations.csv';
  link.click();
  URL.revokeObjectURL(url);
}
