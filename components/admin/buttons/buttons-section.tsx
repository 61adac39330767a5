'use client';

import { LayoutGrid } from 'lucide-react';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { Skeleton } from '../../ui/skeleton';
import { LoadFailure } from '../load-failure';
import { ButtonsTable } from './buttons-table';
import { useButtons } from './use-buttons';

export default function ButtonsSection() {
  const buttons = useButtons();
  const { rows, failure, reload } = buttons;
  if (rows === undefined) {
    return failure ? (
      <LoadFailure failure={failure} retry={() => void reload()} />
    ) : (
      <Skeleton className="h-96 rounded-xl" />
    );
  }
  return <ButtonsTable buttons={buttons} rows={rows} nothing={<Nothing retry={() => void reload()} />} />;
}

function Nothing({ retry }: { readonly retry: () => void }) {
  return (
    <EmptyState
      icon={<LayoutGrid aria-hidden className="size-5" />}
      title="The PBX has told of nothing yet"
      action={<Button onClick={retry}>Look again</Button>}
    >
      Extensions, queues, rooms and lines are listed here as soon as the panel is connected. Something that it does not
      find can be added by hand.
    </EmptyState>
  );
}
