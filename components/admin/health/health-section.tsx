'use client';

import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { health } from '@/server/protocol/health';
import { Callout } from '../../ui/callout';
import { Skeleton } from '../../ui/skeleton';
import { LoadFailure } from '../load-failure';
import { usePolled } from '../use-polled';
import { BundleCard } from './bundle-card';
import { ConnectionsCard } from './connections-card';
import { IncidentsCard } from './incidents-card';
import { LinkCard } from './link-card';
import { PanelCard } from './panel-card';

const everyMs = 3_000;

export default function HealthSection() {
  const { value, failure, refresh } = usePolled(health, 'admin/health', everyMs);
  if (!value) {
    return failure ? <LoadFailure failure={failure} retry={refresh} /> : <Skeleton className="h-96 rounded-xl" />;
  }
  return (
    <div className="flex flex-col gap-5">
      {failure ? (
        <Callout tone="danger" role="status" icon={<TriangleAlert aria-hidden className="size-4" />}>
          {failure.message} What stands here is of {new Date(value.at).toLocaleTimeString('en-GB')}.
        </Callout>
      ) : null}
      {value.warnings.map(({ id, message, section }) => (
        <Callout key={id} tone="warn" role="status" icon={<TriangleAlert aria-hidden className="size-4" />}>
          {message}{' '}
          {section === 'data' ? (
            <Link href="/admin/data/" className="font-medium underline underline-offset-2">
              Backup and data
            </Link>
          ) : null}
        </Callout>
      ))}
      <LinkCard health={value} />
      <PanelCard health={value} />
      <ConnectionsCard />
      <IncidentsCard />
      <BundleCard />
    </div>
  );
}
