'use client';

import { savedAccess } from '@/server/protocol/access';
import { Skeleton } from '../../ui/skeleton';
import { LoadFailure } from '../load-failure';
import { useResource } from '../use-resource';
import { AccessForm } from './access-form';

export default function AccessSection() {
  const { value, failure, set, reload } = useResource(savedAccess, 'admin/access');
  if (value) return <AccessForm saved={value} onSaved={set} reload={reload} />;
  return failure ? (
    <LoadFailure failure={failure} retry={() => void reload()} />
  ) : (
    <Skeleton className="h-80 rounded-xl" />
  );
}
