'use client';

import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '../../ui/button';
import { ChoiceChip } from '../../ui/choice-chip';
import { copyText } from '../copy';
import { confFile, managerConf, type PbxAccess, type PbxKind, randomSecret, shellCommand } from './secret';
import { useOwnAddress } from './use-own-address';

interface AccountBlockProps {
  readonly username: string;
  /** Of the PBX, for the permit line; empty: not known yet. */
  readonly host: string;
  /** Made by `useMadeSecret`; empty until it is there. */
  readonly secret: string;
  /** Puts it into the form; null: it is there already. */
  readonly onUse: (() => void) | null;
}

/** A secret made in this browser; empty until it is there. */
export function useMadeSecret(): string {
  const [made, setMade] = useState('');
  useEffect(() => setMade(randomSecret((bytes) => crypto.getRandomValues(bytes))), []);
  return made;
}

/** The manager.conf account to copy. */
export function AccountBlock({ username, host, secret, onUse }: AccountBlockProps) {
  const [kind, setKind] = useState<PbxKind>('asterisk');
  const [access, setAccess] = useState<PbxAccess>('everything');
  const [note, setNote] = useState('');
  const permit = useOwnAddress(host);
  const text = managerConf({ username, secret: secret || '…', permit, access });
  const copy = async (what: string) => {
    const copied = await copyText(what);
    setNote(copied ? 'Copied.' : 'The browser did not let us copy: select the text and copy it by hand.');
  };
  return (
    <div className="flex flex-col gap-3 text-sm leading-relaxed text-ink-2">
      <Choice legend="Your PBX" name="pbx-kind" value={kind} onChange={setKind} options={kinds} />
      <Choice legend="The panel may" name="pbx-access" value={access} onChange={setAccess} options={accesses} />
      <p>
        Add this to <Code>{confFile[kind]}</Code> on the PBX, then run <Code>asterisk -rx 'manager reload'</Code>.{' '}
        {permit === null
          ? 'Put the panel’s address, as the PBX sees it, into the permit line.'
          : 'The permit line holds the address the panel comes from; behind a NAT it is the NAT’s.'}
      </p>
      <pre className="whitespace-pre-wrap [overflow-wrap:anywhere] rounded-md border border-line bg-sunken px-3 py-2.5 font-mono text-xs leading-5 text-ink">
        {text}
      </pre>
      <div className="flex flex-wrap items-center gap-2">
        <Button size="small" icon={<CopyIcon done={note === 'Copied.'} />} onClick={() => void copy(text)}>
          Copy
        </Button>
        <Button size="small" onClick={() => void copy(shellCommand(text, kind))}>
          Copy as a shell command
        </Button>
        {onUse && secret ? (
          <Button
            size="small"
            onClick={() => {
              onUse();
              setNote('Put into the form above.');
            }}
          >
            Use this user and secret in the form
          </Button>
        ) : null}
        <span role="status" className="text-[0.8125rem]">
          {note}
        </span>
      </div>
      <p>
        {kind === 'freepbx' ? (
          <>
            FreePBX has its manager switched on; its firewall must let the panel in (Connectivity → Firewall → Networks:
            trust the panel’s address).
          </>
        ) : (
          <>
            In the file’s <Code>[general]</Code> part there must be <Code>enabled = yes</Code> and a{' '}
            <Code>bindaddr</Code> the panel can reach.
          </>
        )}{' '}
        The class <Code>command</Code> is never needed.{' '}
        {access === 'watching'
          ? 'With these, people see everything that the PBX tells and can do nothing: names of PJSIP accounts and parking lots are not read, either.'
          : 'Without write class system everything is shown, but do-not-disturb cannot be written to the AstDB.'}
      </p>
    </div>
  );
}

const kinds = [
  ['asterisk', 'Asterisk'],
  ['freepbx', 'FreePBX'],
] as const;

const accesses = [
  ['everything', 'See and do everything'],
  ['watching', 'Only watch'],
] as const;

interface ChoiceProps<T extends string> {
  readonly legend: string;
  readonly name: string;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly onChange: (value: T) => void;
}

function Choice<T extends string>({ legend, name, value, options, onChange }: ChoiceProps<T>) {
  return (
    <fieldset className="flex flex-wrap items-center gap-2">
      <legend className="float-left mr-2 w-24 text-[0.8125rem] font-medium text-ink">{legend}</legend>
      {options.map(([one, label]) => (
        <ChoiceChip key={one} name={name} value={one} checked={value === one} onChange={() => onChange(one)}>
          {label}
        </ChoiceChip>
      ))}
    </fieldset>
  );
}

function CopyIcon({ done }: { readonly done: boolean }) {
  return done ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />;
}

function Code({ children }: { readonly children: ReactNode }) {
  return (
    <code className="rounded bg-sunken px-1 py-0.5 font-mono text-xs text-ink [overflow-wrap:anywhere]">
      {children}
    </code>
  );
}
