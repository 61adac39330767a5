'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../../ui/button';
import { copyText } from '../copy';
import { managerConf, permitAddress, randomSecret } from './secret';

interface AccountBlockProps {
  readonly username: string;
  /** Puts the secret into the form. */
  readonly onUse: ((secret: string) => void) | null;
}

/** The manager.conf account to copy, with a secret made in this browser. */
export function AccountBlock({ username, onUse }: AccountBlockProps) {
  const [made, setMade] = useState<{ secret: string; permit: string | null } | null>(null);
  const [note, setNote] = useState('');
  useEffect(() => {
    const secret = randomSecret((bytes) => crypto.getRandomValues(bytes));
    setMade({ secret, permit: permitAddress(location.hostname) });
  }, []);
  const text = managerConf({ username, secret: made?.secret ?? '…', permit: made?.permit ?? null });
  const copy = async () => {
    const copied = await copyText(text);
    setNote(copied ? 'Copied.' : 'The browser did not let us copy: select the text and copy it by hand.');
  };
  return (
    <div className="flex flex-col gap-3 text-sm leading-relaxed text-ink-2">
      <p>
        Add this to <Code>/etc/asterisk/manager.conf</Code> (FreePBX: <Code>manager_custom.conf</Code>). The secret was
        made just now in your browser, for you alone.
        {made && !made.permit ? ' Put the panel’s address, as the PBX sees it, into the permit line.' : ''}
      </p>
      <pre className="whitespace-pre-wrap [overflow-wrap:anywhere] rounded-md border border-line bg-sunken px-3 py-2.5 font-mono text-xs leading-5 text-ink">
        {text}
      </pre>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          size="small"
          icon={note === 'Copied.' ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}
          onClick={() => void copy()}
        >
          Copy
        </Button>
        {onUse && made ? (
          <Button
            size="small"
            onClick={() => {
              onUse(made.secret);
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
        In the file’s <Code>[general]</Code> part there must be <Code>enabled = yes</Code> and a <Code>bindaddr</Code>{' '}
        the panel can reach. Then run <Code>asterisk -rx 'manager reload'</Code>.
      </p>
      <p>
        The class <Code>command</Code> is never needed. Without write class <Code>system</Code> everything is shown, but
        do-not-disturb cannot be written to the AstDB.
      </p>
    </div>
  );
}

function Code({ children }: { readonly children: React.ReactNode }) {
  return <code className="rounded bg-sunken px-1 py-0.5 font-mono text-xs text-ink">{children}</code>;
}
