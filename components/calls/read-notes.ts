import { callNotes } from '@/server/protocol/call-log';
import { call as ask } from '../auth/api';

/** GET /api/v1/calls/{id}/notes: the newest note of one user; null: none, or not for this user. */
export async function readNote(call: string, username: string): Promise<string | null> {
  const outcome = await ask(callNotes, `calls/${encodeURIComponent(call)}/notes`);
  if (!outcome.ok) return null;
  return (
    outcome.value.notes.filter(({ by }) => by === username).sort((a, b) => (a.at < b.at ? 1 : -1))[0]?.text ?? null
  );
}
