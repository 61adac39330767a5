'use client';

import { ExternalLink } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Card } from '../../account/card';
import { CopyBlock } from './copy-block';

/** How a program talks to the panel. */
export function ApiHelp() {
  // Known in the browser alone: the page is made before anybody asks for it.
  const [origin, setOrigin] = useState('');
  useEffect(() => setOrigin(location.origin), []);
  const auth = `-H "Authorization: Bearer $TOKEN"`;
  return (
    <Card
      title="For programmers"
      description="REST for single questions and commands, Socket.IO to follow every change."
    >
      <div className="flex flex-col gap-4 text-sm text-ink-2">
        <Example title="Read the state (state:read)" text={`curl ${auth} ${origin}/api/v1/state`} />
        <Example
          title="Set do-not-disturb (commands)"
          text={`curl ${auth} -H 'Content-Type: application/json' \\\n  -d '{"extension":"201","on":true}' ${origin}/api/v1/commands/extension.dnd`}
        />
        <Example title="The call history as CSV (state:read)" text={`curl ${auth} ${origin}/api/v1/calls.csv`} />
        <div>
          <p className="mb-1.5 font-medium text-ink">OpenSIPS, feature synchronisation (dfks)</p>
          <p>
            Make a token of its own that may do nothing else, and send it with every request to{' '}
            <code className="break-all font-mono text-xs text-ink">{origin}/api/dfks/…</code>. What has to be set there
            stands under Availability.
          </p>
        </div>
        <p className="flex flex-wrap gap-x-5 gap-y-1">
          <a href="/api/v1/openapi.json" target="_blank" rel="noreferrer" className={link}>
            All of REST (OpenAPI)
            <ExternalLink aria-hidden className="size-3.5" />
          </a>
        </p>
        <p>
          What Socket.IO says is written in <code className="font-mono text-xs text-ink">docs/PROTOCOL.md</code>, which
          comes with the panel.
        </p>
      </div>
    </Card>
  );
}

const link = 'inline-flex items-center gap-1 font-medium text-accent underline underline-offset-2';

function Example({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div>
      <p className="mb-1.5 font-medium text-ink">{title}</p>
      <CopyBlock text={text} label="Copy" />
    </div>
  );
}
