'use client';

import { Copy, Download, MailPlus } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { type ImportInvitations, type ImportRun, importInvitations } from '@/server/protocol/fop2-import';
import { type CallFailure, call } from '../../auth/api';
import { Button, IconButton } from '../../ui/button';
import { Callout } from '../../ui/callout';
import { dateText } from '../../ui/region';
import { copyText } from '../copy';
import { csvText } from '../csv-text';
import { FormFailure } from '../form-failure';
import { HereOnly } from '../here-only';
import { saveText } from '../save-text';
import { type Column, LongTable } from './long-table';

type Link = ImportInvitations['links'][number];

/** One link for each new user, by which they set a password; shown here once. */
export function InvitationLinks({ run, brief = false }: { readonly run: ImportRun; readonly brief?: boolean }) {
  const [links, setLinks] = useState<readonly Link[] | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const make = async () => {
    setBusy(true);
    const outcome = await call(importInvitations, `admin/import/fop2/runs/${run.id}/invitations`, { method: 'POST' });
    setBusy(false);
    setFailure(outcome.ok ? null : outcome);
    if (outcome.ok) setLinks(outcome.value.links);
  };
  if (links === null) {
    return (
      <div className="flex flex-col items-start gap-2">
        {brief ? null : (
          <p className="text-sm text-ink-2">
            FOP2’s passwords are not taken over. Make a link for each new user: it lets them set a password, once.
          </p>
        )}
        <Button
          tone={brief ? 'quiet' : 'primary'}
          size={brief ? 'small' : 'medium'}
          busy={busy}
          icon={<MailPlus aria-hidden className="size-4" />}
          onClick={() => void make()}
        >
          Make invitation links
        </Button>
        <FormFailure failure={failure} />
      </div>
    );
  }
  return <Links links={links} />;
}

function Links({ links }: { readonly links: readonly Link[] }) {
  if (links.length === 0) return <p className="text-sm text-ink-2">Everybody has signed in already.</p>;
  const [first] = links;
  return (
    <div className="flex flex-col gap-3">
      <Callout tone="warn">
        These links are shown once. Each works until {first ? dateText('log', Date.parse(first.expiresAt)) : ''}; new
        ones can be made, and end these.
      </Callout>
      <HereOnly />
      <div>
        <Button
          tone="primary"
          icon={<Download aria-hidden className="size-4" />}
          onClick={() => saveText('invitations.csv', linksCsv(links), 'text/csv')}
        >
          Download the links as CSV
        </Button>
      </div>
      <LongTable caption="Invitation links" columns={columns} rows={links} keyOf={({ username }) => username} />
    </div>
  );
}

function addressOf({ path }: Link): string {
  return `${location.origin}${path}`;
}

const columns: Column<Link>[] = [
  {
    title: 'User',
    show: ({ name, username, email }) => (
      <>
        <span className="font-medium text-ink">{name}</span>
        <span className="block text-xs text-ink-2">
          {username}
          {email ? ` · ${email}` : ''}
        </span>
      </>
    ),
  },
  {
    title: 'Link',
    className: 'max-sm:hidden',
    show: (link) => <code className="text-xs text-ink-2 [overflow-wrap:anywhere]">{addressOf(link)}</code>,
  },
  {
    title: 'Copy',
    className: 'w-12',
    show: (link) => (
      <IconButton
        label={`Copy the link of ${link.name}`}
        size="small"
        onClick={() => void copyText(addressOf(link)).then((done) => done && toast.success('The link is copied.'))}
      >
        <Copy aria-hidden className="size-4" />
      </IconButton>
    ),
  },
];

function linksCsv(links: readonly Link[]): string {
  return csvText(
    ['Name', 'User name', 'Extension', 'E-mail', 'Link', 'Works until'],
    links.map((link) => [
      link.name,
      link.username,
      link.extension ?? '',
      link.email ?? '',
      addressOf(link),
      link.expiresAt,
    ]),
  );
}
