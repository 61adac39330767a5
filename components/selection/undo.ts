import { toast } from 'sonner';
import type { BulkResult } from '@/server/protocol/commands';
import type { Mirror } from '../live/mirror';
import { announce } from '../ui/live-region';
import { createStore } from '../ui/store';

interface Undoable {
  readonly change: string;
  /** What was done, in words. */
  readonly text: string;
  /** Server time, epoch ms. */
  readonly until: number;
}

const undoable = createStore<{ readonly last: Undoable | null }>({ last: null });

/** The toast of a change of several; a newer one takes its place. */
export const changeToast = 'change-of-several';

/** What can be taken back now. */
export function lastChange(): Undoable | null {
  return undoable.get().last;
}

/** Offers to take it back; the offer ends by itself. */
export function offerUndo(mirror: Mirror, change: Undoable): void {
  undoable.set({ last: change });
  const end = () => lastChange() === change && undoable.set({ last: null });
  setTimeout(end, Math.max(0, change.until - mirror.clock.read()));
}

export async function undoLast(mirror: Mirror): Promise<void> {
  const last = lastChange();
  if (!last) return;
  undoable.set({ last: null });
  toast.dismiss(changeToast);
  const result = await mirror.availability.undo(last.change);
  const failed = result.ok ? (result.results ?? []).filter(({ ok }) => !ok) : [];
  const text = result.ok ? `Taken back: ${last.text}` : `It was not taken back. ${result.message}`;
  const rest = failed.length > 0 ? `Left as they are: ${reasons(mirror, failed).join('; ')}` : '';
  announce([text, rest].filter(Boolean).join('. '), !result.ok);
  if (!result.ok) toast.error(text);
  else if (rest) toast.warning(text, { description: rest, duration: 12_000 });
  else toast.success(text);
}

/** `Anna Berg, Erik Lund: the reason` for each reason there is. */
export function reasons(mirror: Mirror, failed: readonly BulkResult[]): string[] {
  const names = new Map<string, string[]>();
  for (const { extension, message = 'No reason was given.' } of failed) {
    const name = mirror.get('extensions', extension)?.name || extension;
    names.set(message, [...(names.get(message) ?? []), name]);
  }
  return [...names].map(([reason, people]) => `${listed(people)}: ${reason}`);
}

function listed(names: readonly string[], most = 6): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(', ')} and ${rest} more` : names.join(', ');
}
