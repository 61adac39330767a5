'use client';

import { FlaskConical } from 'lucide-react';
import { pbxSettings } from '@/server/protocol/admin';
import { Callout } from '../../ui/callout';
import { Skeleton } from '../../ui/skeleton';
import { LoadFailure } from '../load-failure';
import { useResource } from '../use-resource';
import { FixedSettings } from './fixed-settings';
import { LinkCard } from './link-card';
import { PbxForm } from './pbx-form';

export default function PbxSection() {
  const { value, failure, set, reload } = useResource(pbxSettings, 'admin/pbx');
  return (
    <>
      <LinkCard />
      {value ? null : failure ? (
        <LoadFailure failure={failure} retry={() => void reload()} />
      ) : (
        <Skeleton className="h-80 rounded-xl" />
      )}
      {value?.source === 'demo' ? (
        <div className="mb-5">
          <Callout icon={<FlaskConical aria-hidden className="size-4" />}>
            No PBX has been set up yet, so the panel shows its built-in demo: an office that was made up. The{' '}
            <a href="/welcome/#pbx" className="font-medium text-accent underline underline-offset-2">
              set-up assistant
            </a>{' '}
            leads through it; or make an account on your Asterisk (below), fill in the form, test it, and save.
          </Callout>
        </div>
      ) : null}
      {value?.source === 'environment' ? <FixedSettings settings={value} /> : null}
      {value && value.source !== 'environment' ? <PbxForm settings={value} onSaved={set} reload={reload} /> : null}
    </>
  );
}
