'use client';

import { savedAccess } from '@/server/protocol/access';
import { accessUse } from '@/server/protocol/access-answers';
import { Skeleton } from '../../ui/skeleton';
import { LoadFailure } from '../load-failure';
import { useResource } from '../use-resource';
import { AccessForm } from './access-form';

export default function AccessSection() {
  const { value, failure, set, reload } = useResource(savedAccess, 'admin/access');
  const use = useResource(accessUse, 'admin/access/use');
  if (value) {
    return (
      <AccessForm saved={value} onSaved={set} reload={reload} use={use.value} reloadUse={() => void use.reload()} />
    );
  }
  return failure ? (
    <LoadFailure failure={failure} retry={() => void reload()} />
  ) : (
    <Skeleton className="h-80 rounded-xl" />
  );
}
