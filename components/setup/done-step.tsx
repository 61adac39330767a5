'use client';

import clsx from 'clsx';
import { CircleCheck } from 'lucide-react';
import { Button, buttonBase } from '../ui/button';
import { StepFrame } from './step-frame';
import type { StepProps } from './step-props';

const next = [
  ['/admin/calls/', 'Calls', 'which numbers may be called: at first those of the house and emergency numbers alone'],
  ['/admin/access/', 'Roles', 'what each role may do and see'],
  ['/admin/layouts/', 'Layouts', 'how the panel looks to each role'],
  ['/admin/data/', 'Backup and data', 'nightly backups, and how long things are kept'],
] as const;

/** All is there: into the panel. */
export function DoneStep({ setup }: Pick<StepProps, 'setup'>) {
  return (
    <StepFrame
      title="The panel is ready"
      about={
        <span className="flex items-center gap-2">
          <CircleCheck aria-hidden className="size-4 text-free-ink" />
          Everything you did is saved. You find this assistant again under Administration → Set-up assistant.
        </span>
      }
    >
      <div className="flex flex-wrap gap-2">
        <a href="/" className={clsx(buttonBase, 'h-9 bg-accent px-3.5 text-sm text-accent-ink')}>
          Open the panel
        </a>
        <Button tone="plain" onClick={() => setup.goTo('account')}>
          Go through it again
        </Button>
      </div>
      <section aria-labelledby="later">
        <h2 id="later" className="mb-2 text-sm font-semibold text-ink">
          When there is time
        </h2>
        <ul className="flex flex-col gap-1.5 text-sm text-ink-2">
          {next.map(([href, title, about]) => (
            <li key={href}>
              <a href={href} className="font-medium text-accent underline underline-offset-2">
                {title}
              </a>
              : {about}
            </li>
          ))}
        </ul>
      </section>
    </StepFrame>
  );
}
