'use client';

import { backupsState, savedBackups } from '@/server/protocol/backups';
import { savedRetention } from '@/server/protocol/retention';
import { Skeleton } from '../../ui/skeleton';
import { LoadFailure } from '../load-failure';
import { type Resource, useResource } from '../use-resource';
import { BackupSettingsForm } from './backup-settings-form';
import { BackupsCard } from './backups-card';
import { RetentionForm } from './retention-form';

export default function DataSection() {
  const backups = useResource(backupsState, 'admin/backups');
  const settings = useResource(savedBackups, 'admin/backups/settings');
  const retention = useResource(savedRetention, 'admin/retention');
  return (
    <div className="flex flex-col gap-5">
      {backups.value ? (
        <BackupsCard state={backups.value} reload={() => void backups.reload()} />
      ) : (
        <Awaited of={backups} />
      )}
      {settings.value ? (
        <BackupSettingsForm
          saved={settings.value}
          onSaved={(saved) => {
            settings.set(saved);
            void backups.reload();
          }}
          reload={settings.reload}
        />
      ) : (
        <Awaited of={settings} />
      )}
      {retention.value ? (
        <RetentionForm saved={retention.value} onSaved={retention.set} reload={retention.reload} />
      ) : (
        <Awaited of={retention} />
      )}
    </div>
  );
}

function Awaited<T>({ of }: { readonly of: Resource<T> }) {
  if (!of.failure) return <Skeleton className="h-40 rounded-xl" />;
  return <LoadFailure failure={of.failure} retry={() => void of.reload()} />;
}
