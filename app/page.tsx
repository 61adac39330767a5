'use client';

import { LiveProvider } from '@/components/live/provider';
import { Panel } from '@/components/shell/panel';
import { PanelSkeleton } from '@/components/shell/panel-skeleton';
import { LiveRegion } from '@/components/ui/live-region';
import { Toaster } from '@/components/ui/toaster';

export default function PanelPage() {
  return (
    <>
      <LiveProvider waiting={<PanelSkeleton />}>
        <Panel />
      </LiveProvider>
      <LiveRegion />
      <Toaster />
    </>
  );
}
