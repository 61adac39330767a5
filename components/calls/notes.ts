'use client';

import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { useMe, useMirror } from '../live/hooks';
import type { Mirror } from '../live/mirror';
import { callLog } from './call-log';
import { type Draft, NoteKeeper } from './note-keeper';

const keepers = new WeakMap<Mirror, { readonly keeper: NoteKeeper; readonly username: string }>();
const read = new Set<string>();

function keeperOf(mirror: Mirror, username: string): NoteKeeper {
  const known = keepers.get(mirror);
  if (known?.username === username) return known.keeper;
  const keeper = new NoteKeeper(
    {
      command: (name, params) => mirror.command(name, params),
      later: (run, ms) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      storage: localStorage,
    },
    username,
  );
  // What could not be saved is saved as soon as the server is back.
  mirror.topics.subscribe('connection', () => mirror.connection === 'live' && keeper.flushAll());
  addEventListener('pagehide', () => keeper.flushAll());
  keepers.set(mirror, { keeper, username });
  return keeper;
}

export interface Note {
  readonly draft: Draft | undefined;
  readonly write: (text: string) => void;
  /** Save now. */
  readonly flush: () => void;
  /** Ask once whether there is a note already. */
  readonly look: () => void;
}

/** One's own note on a call, by the call's id. */
export function useNote(call: string): Note {
  const mirror = useMirror();
  const username = useMe()?.username ?? '';
  const keeper = keeperOf(mirror, username);
  const draft = useSyncExternalStore(
    keeper.subscribe,
    () => keeper.get(call),
    () => undefined,
  );
  const look = useCallback(() => {
    if (read.has(call)) return;
    read.add(call);
    void readNote(call, username).then((text) => text !== null && keeper.learn(call, text));
  }, [keeper, call, username]);
  useEffect(() => () => keeper.flush(call), [keeper, call]);
  return {
    draft,
    look,
    write: (text) => keeper.write(call, text),
    flush: () => keeper.flush(call),
  };
}

/** The newest note of one user; null: none, or not for this user. */
async function readNote(call: string, username: string): Promise<string | null> {
  const outcome = await (await callLog()).notes(call);
  if (!outcome.ok) {
    read.delete(call);
    return null;
  }
  const own = outcome.value.notes.filter(({ by }) => by === username);
  return own.sort((a, b) => (a.at < b.at ? 1 : -1))[0]?.text ?? null;
}
