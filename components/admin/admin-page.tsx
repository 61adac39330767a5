'use client';

import { LockKeyhole } from 'lucide-react';
import { Suspense } from 'react';
import { PageBar } from '../account/page-bar';
import { SessionGate, useSession } from '../account/session-gate';
import { EmptyState } from '../ui/empty-state';
import { LiveRegion } from '../ui/live-region';
import { Toaster } from '../ui/toaster';
import { Navigation } from './navigation';
import { type SectionId, sectionTitles } from './section-ids';
import { SectionSkeleton } from './section-skeleton';
import { sections } from './sections';

export function AdminPage({ section }: { readonly section: SectionId }) {
  return (
    <>
      <SessionGate waiting={<Waiting section={section} />}>
        <Admin section={section} />
      </SessionGate>
      <Toaster />
      <LiveRegion />
    </>
  );
}

function Admin({ section }: { readonly section: SectionId }) {
  const { me } = useSession();
  const { Content } = sections[section];
  return (
    <>
      <PageBar me={me} />
      {me.permissions.includes('admin') ? (
        <Frame section={section}>
          <Suspense fallback={<SectionSkeleton />}>
            <Content />
          </Suspense>
        </Frame>
      ) : (
        <NoPermission />
      )}
    </>
  );
}

function Frame({ section, children }: { readonly section: SectionId; readonly children: React.ReactNode }) {
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-x-8 gap-y-4 px-4 py-5 md:flex-row md:py-6">
      <Navigation current={section} />
      <main className="min-w-0 flex-1">
        <h1 className="text-xl font-semibold text-ink">{sectionTitles[section]}</h1>
        <p className="mb-5 mt-1 text-sm text-ink-2">{sections[section].about}</p>
        {children}
      </main>
    </div>
  );
}

function NoPermission() {
  return (
    <main className="pt-[8vh]">
      <h1 className="sr-only">Administration</h1>
      <EmptyState
        icon={<LockKeyhole aria-hidden className="size-5" />}
        title="This is for administrators"
        action={
          <a href="/" className="font-medium text-accent underline underline-offset-2">
            Back to the panel
          </a>
        }
      >
        Your account may use the panel but not change its settings. An administrator can give you the role.
      </EmptyState>
    </main>
  );
}

function Waiting({ section }: { readonly section: SectionId }) {
  return (
    <>
      <PageBar me={null} />
      <Frame section={section}>
        <SectionSkeleton />
      </Frame>
    </>
  );
}
