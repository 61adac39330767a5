'use client';

import { savedAvailability } from '@/server/protocol/availability';
import { Skeleton } from '../../ui/skeleton';
import { LoadFailure } from '../load-failure';
import { useResource } from '../use-resource';
import { AvailabilityForm } from './availability-form';

export default function AvailabilitySection() {
  const { value, failure, set, reload } = useResource(savedAvailability, 'admin/availability');
  if (value) return <AvailabilityForm saved={value} onSaved={set} reload={reload} />;
  return failure ? (
    <LoadFailure failure={failure} retry={() => void reload()} />
  ) : (
    <Skeleton className="h-80 rounded-xl" />
  );
}
