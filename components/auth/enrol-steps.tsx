'use client';

import { Check, Copy, Download } from 'lucide-react';
import { useState } from 'react';
import { type Enrolment, enableBody, recoveryCodes } from '@/server/protocol/account';
import { CheckBox } from '../admin/check-box';
import { copyText } from '../admin/copy';
import { FormFailure } from '../admin/form-failure';
import { saveText } from '../admin/save-text';
import { useForm } from '../admin/use-form';
import { Button } from '../ui/button';
import { announce } from '../ui/live-region';
import { TextField } from '../ui/text-field';
import { call } from './api';

interface EnrolStepsProps {
  readonly enrolment: Enrolment;
  readonly username: string;
  readonly onDone: () => void;
}

/** Sets an authenticator app up: the key, the first code, then the recovery codes, which are shown this once. */
export function EnrolSteps({ enrolment, username, onDone }: EnrolStepsProps) {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes) return <RecoveryCodes codes={codes} username={username} onDone={onDone} />;
  return <FirstCode enrolment={enrolment} onCodes={setCodes} />;
}

function FirstCode({
  enrolment,
  onCodes,
}: {
  readonly enrolment: Enrolment;
  readonly onCodes: (codes: readonly string[]) => void;
}) {
  const form = useForm({
    initial: { code: '' },
    schema: enableBody,
    body: (values) => values,
    send: (body) => call(recoveryCodes, 'me/second-factor/enable', { method: 'POST', body }),
    done: ({ codes }) => onCodes(codes),
  });
  return (
    <form ref={form.ref} onSubmit={form.submit} noValidate className="flex flex-col gap-4">
      <ol className="flex list-decimal flex-col gap-1 pl-5 text-sm leading-relaxed text-ink-2">
        <li>Open an authenticator app on your phone, such as Aegis, 2FAS, Google or Microsoft Authenticator.</li>
        <li>
          Scan this picture with it.{' '}
          <a href={enrolment.uri} className="font-medium text-accent underline underline-offset-2">
            On this device? Open the app
          </a>
        </li>
        <li>Enter the six digits that the app shows.</li>
      </ol>
      <QrCode qr={enrolment.qr} />
      <TypedKey secret={enrolment.secret} />
      <TextField
        label="Code of the app"
        name="code"
        value={form.values.code}
        onChange={(event) => form.set('code', event.target.value)}
        error={form.errors.code}
        inputMode="numeric"
        autoComplete="one-time-code"
        spellCheck={false}
        placeholder="123 456"
        maxLength={10}
      />
      <FormFailure failure={form.failure} />
      <Button type="submit" tone="primary" busy={form.busy} className="self-start">
        Turn it on
      </Button>
    </form>
  );
}

/** Always dark on white, whatever the theme: cameras expect it. */
function QrCode({ qr }: { readonly qr: Enrolment['qr'] }) {
  return (
    <svg
      role="img"
      aria-label="QR code of the key, for the camera of your phone"
      viewBox={`0 0 ${qr.size} ${qr.size}`}
      shapeRendering="crispEdges"
      className="size-48 self-center rounded-md bg-white"
    >
      <path d={qr.path} fill="#000" />
    </svg>
  );
}

function TypedKey({ secret }: { readonly secret: string }) {
  return (
    <details className="text-sm">
      <summary className="cursor-pointer font-medium text-ink">The camera does not work? Type the key</summary>
      <p className="mt-2 flex flex-wrap items-center gap-2">
        <code data-key className="select-all break-all rounded bg-sunken px-2 py-1 font-mono text-ink">
          {secret.match(/.{1,4}/g)?.join(' ')}
        </code>
        <CopyButton text={secret} label="Copy the key" />
      </p>
    </details>
  );
}

function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const done = await copyText(text);
    setCopied(done);
    announce(done ? 'Copied' : 'This browser does not let the page copy');
  };
  const Icon = copied ? Check : Copy;
  return (
    <Button size="small" icon={<Icon aria-hidden className="size-3.5" />} onClick={() => void copy()}>
      {copied ? 'Copied' : label}
    </Button>
  );
}

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly username: string;
  readonly onDone: () => void;
}

export function RecoveryCodes({ codes, username, onDone }: RecoveryCodesProps) {
  const [kept, setKept] = useState(false);
  const text = codes.join('\n');
  const file = `Recovery codes of ${username} for the panel ${location.host}\nEach signs in once in place of the code of the app.\n\n${text}\n`;
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="text-sm leading-relaxed text-ink-2">
        The second factor is on. Keep these recovery codes where you find them without your phone: each signs you in
        once in place of a code. They are shown only now.
      </p>
      <ul
        data-recovery
        className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-x-6 gap-y-1 whitespace-nowrap rounded-md bg-sunken px-3 py-2.5 font-mono text-sm text-ink"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={text} label="Copy them" />
        <Button
          size="small"
          icon={<Download aria-hidden className="size-3.5" />}
          onClick={() => saveText(`recovery-codes-${username}.txt`, file)}
        >
          Save as a file
        </Button>
      </div>
      <CheckBox label="I have kept them" checked={kept} onChange={setKept} />
      <Button tone="primary" disabled={!kept} onClick={onDone} className="self-start">
        Go on
      </Button>
    </div>
  );
}
