'use client';

import clsx from 'clsx';
import { PackageOpen } from 'lucide-react';
import { useState } from 'react';
import { Card } from '../../account/card';
import { buttonBase } from '../../ui/button';
import { CheckBox } from '../check-box';

/** One file with what somebody who helps needs to know. */
export function BundleCard() {
  const [people, setPeople] = useState(false);
  return (
    <Card
      id="support"
      title="Bundle for support"
      description="A zip with versions, settings, measurements, incidents and the newest lines of the log. No secrets, no calls, no notes."
    >
      <div className="flex flex-wrap items-center justify-between gap-3">
        <CheckBox label="With numbers, names and addresses as they are" checked={people} onChange={setPeople} />
        <a
          href={`/api/v1/admin/support-bundle?people=${people ? 1 : 0}`}
          download
          className={clsx(buttonBase, 'h-9 border border-control bg-surface px-3.5 text-sm text-ink hover:bg-hover')}
        >
          <PackageOpen aria-hidden className="size-4" />
          Download the bundle
        </a>
      </div>
      <p className="mt-2 text-xs text-ink-2">
        {people
          ? 'Give it only to people who may know your numbers and names.'
          : 'Each number, name and address is replaced by a word, the same one by the same word, so that one can still follow what happened.'}
      </p>
    </Card>
  );
}
