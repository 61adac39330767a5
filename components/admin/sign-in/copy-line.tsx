'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button';
import { announce } from '../../ui/live-region';
import { copyText } from '../copy';

/** Something to be entered elsewhere, exactly so. */
export function CopyLine({ label, text }: { readonly label: string; readonly text: string }) {
  const [copied, setCopied] = useState(false);
  const Icon = copied ? Check : Copy;
  const copy = async () => {
    const done = await copyText(text);
    setCopied(done);
    announce(done ? `${label} copied` : 'It could not be copied: select it and copy it yourself');
  };
  return (
    <div>
      <p className="text-[0.8125rem] font-medium text-ink">{label}</p>
      <div className="mt-1 flex flex-wrap items-center gap-2">
        <code className="min-w-0 rounded bg-sunken px-2 py-1.5 font-mono text-xs text-ink [overflow-wrap:anywhere]">
          {text}
        </code>
        <Button
          size="small"
          aria-label={`Copy ${label}`}
          icon={<Icon aria-hidden className="size-4" />}
          onClick={() => void copy()}
        >
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </div>
    </div>
  );
}
