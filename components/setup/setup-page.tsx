'use client';

import { LockKeyhole } from 'lucide-react';
import { setupFound } from '@/server/protocol/setup';
import { SessionGate, useSession } from '../account/session-gate';
import { LoadFailure } from '../admin/load-failure';
import { useResource } from '../admin/use-resource';
import { LiveProvider } from '../live/provider';
import { Brand } from '../shell/brand';
import { EmptyState } from '../ui/empty-state';
import { LiveRegion } from '../ui/live-region';
import { Skeleton } from '../ui/skeleton';
import { Toaster } from '../ui/toaster';
import { AccountStep } from './account-step';
import { DepartmentsStep } from './departments-step';
import { DoneStep } from './done-step';
import { PbxStep } from './pbx-step';
import { PeopleStep } from './people-step';
import { StepList } from './step-list';
import type { StepProps } from './step-props';
import { type Setup, useSetup } from './use-setup';

/** The set-up assistant: from a panel that knows nobody to an office that works. */
export function SetupPage() {
  return (
    <>
      <header className="flex h-12 items-center gap-3 border-b border-line bg-surface px-3 sm:px-4">
        <Brand />
        <a
          href="/"
          className="ml-auto inline-flex h-9 items-center rounded-md px-2.5 text-sm font-medium text-ink-2 hover:bg-hover hover:text-ink"
        >
          Finish later
        </a>
      </header>
      <main className="mx-auto w-full max-w-2xl px-4 pb-24 pt-6 sm:pt-8">
        <SessionGate waiting={<Waiting />}>
          <ForAdministrators />
        </SessionGate>
      </main>
      <Toaster />
      <LiveRegion />
    </>
  );
}

function ForAdministrators() {
  const { me } = useSession();
  if (me.permissions.includes('admin')) return <Assistant />;
  return (
    <EmptyState icon={<LockKeyhole aria-hidden className="size-5" />} title="This is for administrators">
      Your account may use the panel but not set it up.
    </EmptyState>
  );
}

function Assistant() {
  const { me } = useSession();
  const asked = useSetup();
  // Whoever came in by the link must be able to come back before anything else.
  const setup: Setup = me.hasPassword ? asked : { ...asked, place: 'account' };
  const { progress, failure, place } = setup;
  if (progress === null) return failure ? <LoadFailure failure={failure} retry={setup.retry} /> : <Waiting />;
  return (
    <>
      {place === 'done' ? null : <StepList progress={progress} place={place} goTo={setup.goTo} />}
      <Step key={place} setup={setup} progress={progress} />
    </>
  );
}

function Step({ setup, progress }: StepProps) {
  switch (setup.place) {
    case 'account':
      return <AccountStep setup={setup} progress={progress} />;
    case 'pbx':
      return <PbxStep setup={setup} progress={progress} />;
    case 'done':
      return <DoneStep setup={setup} />;
    default:
      return (
        <LiveProvider waiting={<Waiting />}>
          <WithWhatWasFound setup={setup} progress={progress} />
        </LiveProvider>
      );
  }
}

function WithWhatWasFound({ setup, progress }: StepProps) {
  const found = useResource(setupFound, 'admin/setup/found');
  if (found.value === null)
    return found.failure ? <LoadFailure failure={found.failure} retry={() => void found.reload()} /> : <Waiting />;
  const props = { setup, progress, found: found.value, reload: found.reload };
  return setup.place === 'departments' ? <DepartmentsStep {...props} /> : <PeopleStep {...props} />;
}

function Waiting() {
  return (
    <div aria-busy className="flex flex-col gap-4">
      <p role="status" className="sr-only">
        Loading
      </p>
      <Skeleton className="h-10 rounded-lg" />
      <Skeleton className="h-80 rounded-xl" />
    </div>
  );
}
