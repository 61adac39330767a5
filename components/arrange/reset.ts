import { toast } from 'sonner';
import type { Layout, SavedLayout } from '@/server/protocol/layout';
import { arrangementKeys } from '@/server/protocol/layout-own';
import type { Mirror } from '../live/mirror';

/** Takes back what the user arranged, and offers to take that back again. */
export async function resetArrangement(mirror: Mirror): Promise<void> {
  await mirror.layouts.settled();
  const before = mirror.layouts.layout;
  const arranged = Object.fromEntries(arrangementKeys.map((key) => [key, before[key]])) as Partial<Layout>;
  const reset = await askForReset();
  if (reset === null) {
    toast.error('The panel server did not answer: nothing was changed.');
    return;
  }
  mirror.layouts.take(reset);
  toast('The panel is arranged as your role has it by default.', {
    duration: 15_000,
    action: { label: 'Undo', onClick: () => mirror.saveLayout(arranged) },
  });
}

async function askForReset(): Promise<SavedLayout | null> {
  try {
    const response = await fetch('/api/v1/me/layout/reset', { method: 'POST', credentials: 'same-origin' });
    return response.ok ? ((await response.json()) as SavedLayout) : null;
  } catch {
    return null;
  }
}
