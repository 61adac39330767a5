'use client';

import { Check, Copy, Download, Mail } from 'lucide-react';
import { useState } from 'react';
import { Button, buttonBase } from '../../ui/button';
import { announce } from '../../ui/live-region';
import { copyText } from '../copy';
import { HereOnly } from '../here-only';
import { saveText } from '../save-text';
import { type IssuedLink, linksCsv, mailOf } from './link-text';

/** Links of invitations, each to be copied or mailed; many of them saved as a file. */
export function Links({ links }: { readonly links: readonly IssuedLink[] }) {
  const [copied, setCopied] = useState<string | null>(null);
  const copy = async (id: string, text: string) => {
    const is = await copyText(text);
    setCopied(is ? id : null);
    announce(is ? 'Copied' : 'This browser does not let the page copy: mark the link and copy it by hand');
  };
  const all = links.map(({ name, link }) => `${name}: ${link}`).join('\n');
  return (
    <div className="flex flex-col gap-3">
      <HereOnly />
      <ul className="flex flex-col gap-3">
        {links.map((one) => (
          <li key={one.id} className="flex flex-col gap-1.5">
            {links.length > 1 ? <span className="text-sm font-medium text-ink">{one.name}</span> : null}
            <code data-link className="select-all break-all rounded bg-sunken px-2 py-1.5 font-mono text-xs text-ink">
              {one.link}
            </code>
            <span className="flex flex-wrap gap-2">
              <Button
                size="small"
                icon={
                  copied === one.id ? (
                    <Check aria-hidden className="size-3.5" />
                  ) : (
                    <Copy aria-hidden className="size-3.5" />
                  )
                }
                aria-label={`Copy the link for ${one.name}`}
                onClick={() => void copy(one.id, one.link)}
              >
                {copied === one.id ? 'Copied' : 'Copy'}
              </Button>
              <a
                href={mailOf(one)}
                aria-label={`Write a mail to ${one.name}`}
                className={`${buttonBase} h-7 border border-control bg-surface px-2 text-[0.8125rem] text-ink hover:bg-hover`}
              >
                <Mail aria-hidden className="size-3.5" />
                Mail
              </a>
            </span>
          </li>
        ))}
      </ul>
      {links.length > 1 ? (
        <div className="flex flex-wrap gap-2 border-t border-line pt-3">
          <Button size="small" onClick={() => void copy('all', all)}>
            {copied === 'all' ? 'Copied' : 'Copy all'}
          </Button>
          <Button
            size="small"
            icon={<Download aria-hidden className="size-3.5" />}
            onClick={() => saveText('invitations.csv', linksCsv(links), 'text/csv')}
          >
            Save as CSV
          </Button>
        </div>
      ) : null}
    </div>
  );
}
