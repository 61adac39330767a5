'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button';
import { announce } from '../../ui/live-region';
import { copyText } from '../copy';

/** Text to be taken along, in a box with a button. */
export function CopyBlock({ text, label }: { readonly text: string; readonly label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const is = await copyText(text);
    setCopied(is);
    announce(is ? 'Copied' : 'This browser does not let the page copy: mark the text and copy it by hand');
  };
  const Icon = copied ? Check : Copy;
  return (
    <div className="flex flex-col items-start gap-2">
      <pre className="w-full select-all whitespace-pre-wrap break-all rounded-md bg-sunken px-3 py-2 font-mono text-xs text-ink">
        {text}
      </pre>
      <Button size="small" icon={<Icon aria-hidden className="size-3.5" />} onClick={() => void copy()}>
        {copied ? 'Copied' : label}
      </Button>
    </div>
  );
}
