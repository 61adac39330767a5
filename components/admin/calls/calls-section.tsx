'use client';

import { panicState } from '@/server/protocol/access';
import { savedAvailability } from '@/server/protocol/availability';
import { savedRecording } from '@/server/protocol/recording';
import { Skeleton } from '../../ui/skeleton';
import { LoadFailure } from '../load-failure';
import { type Resource, useResource } from '../use-resource';
import { NumbersForm } from './numbers-form';
import { PanicCard } from './panic-card';
import { RecordingForm } from './recording-form';

export default function CallsSection() {
  const panic = useResource(panicState, 'admin/panic');
  const availability = useResource(savedAvailability, 'admin/availability');
  const recording = useResource(savedRecording, 'admin/recording');
  return (
    <div className="flex flex-col gap-5">
      {panic.value ? <PanicCard state={panic.value} onChange={panic.set} /> : <Awaited of={panic} />}
      {availability.value ? (
        <NumbersForm saved={availability.value} onSaved={availability.set} reload={availability.reload} />
      ) : (
        <Awaited of={availability} />
      )}
      {recording.value ? (
        <RecordingForm saved={recording.value} onSaved={recording.set} reload={recording.reload} />
      ) : (
        <Awaited of={recording} />
      )}
    </div>
  );
}

function Awaited<T>({ of }: { readonly of: Resource<T> }) {
  if (!of.failure) return <Skeleton className="h-40 rounded-xl" />;
  return <LoadFailure failure={of.failure} retry={() => void of.reload()} />;
}
