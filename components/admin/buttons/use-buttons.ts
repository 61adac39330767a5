'use client';

import { useCallback, useEffect, useState } from 'react';
import { z } from 'zod';
import {
  type ButtonConflict,
  type ButtonEdit,
  type ButtonId,
  type ButtonPatch,
  type ButtonRecord,
  type ButtonsChanged,
  buttonConflict,
  buttonList,
  buttonRecord,
  buttonsChanged,
} from '@/server/protocol/buttons';
import { type CallFailure, call, type Outcome } from '../../auth/api';
import { useResource } from '../use-resource';
import { count } from './field-words';

const forgotten = z.object({ digest: z.string(), forgotten: z.number(), conflicts: z.array(buttonConflict) });

export interface Edit extends ButtonId {
  readonly version: number;
  readonly set: ButtonPatch;
}

/** A row that somebody else changed, and what was to be set there. */
export interface Clash {
  readonly conflict: ButtonConflict;
  readonly set: ButtonPatch;
}

/** What can be taken back. */
export interface Done {
  readonly words: string;
  readonly back: readonly Edit[];
}

export const idOf = ({ kind, key }: ButtonId): string => `${kind} ${key}`;

/** The table, what is done to it, and what can be taken back. */
export function useButtons() {
  const { value, failure, set: setList, reload } = useResource(buttonList, 'admin/buttons');
  const [clashes, setClashes] = useState<readonly Clash[]>([]);
  const [done, setDone] = useState<Done | null>(null);
  const [problem, setProblem] = useState<CallFailure | null>(null);
  const rows = value?.rows;

  // Somebody else may have been at it meanwhile, or the PBX.
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && void reload();
    addEventListener('focus', look);
    return () => removeEventListener('focus', look);
  }, [reload]);

  const take = useCallback(
    (changed: readonly ButtonRecord[], digest: string) => {
      if (rows === undefined) return;
      const fresh = new Map(changed.map((row) => [idOf(row), row]));
      const kept = rows.map((row) => {
        const next = fresh.get(idOf(row));
        if (next !== undefined) fresh.delete(idOf(row));
        return next ?? row;
      });
      setList({ digest, rows: [...kept, ...fresh.values()] });
    },
    [rows, setList],
  );

  /** `words`: how the button is called that takes it back; null: it is taken back itself. */
  const change = useCallback(
    async (edits: readonly Edit[], words: string | null): Promise<Outcome<ButtonsChanged>> => {
      const before = new Map(rows?.map((row) => [idOf(row), row]));
      const body = { edits: edits satisfies readonly ButtonEdit[] };
      const outcome = await call(buttonsChanged, 'admin/buttons', { method: 'PATCH', body });
      setProblem(outcome.ok ? null : outcome);
      if (!outcome.ok) return outcome;
      const { changed, conflicts, digest } = outcome.value;
      take([...changed, ...conflicts.flatMap(({ now }) => now ?? [])], digest);
      const wanted = new Map(edits.map((edit) => [idOf(edit), edit.set]));
      setClashes(conflicts.map((conflict) => ({ conflict, set: wanted.get(idOf(conflict)) ?? {} })));
      const back = changed.flatMap((row): Edit[] => {
        const old = before.get(idOf(row));
        const set = wanted.get(idOf(row));
        if (old === undefined || set === undefined || old.version === row.version) return [];
        const values = Object.keys(set).map((field) => [field, old.own[field as keyof ButtonPatch]]);
        return [{ kind: row.kind, key: row.key, version: row.version, set: Object.fromEntries(values) }];
      });
      setDone(words === null || back.length === 0 ? null : { words, back });
      return outcome;
    },
    [rows, take],
  );

  const undo = useCallback(async () => {
    if (done !== null) await change(done.back, null);
  }, [done, change]);

  const add = useCallback(
    async (body: ButtonId & { readonly set: ButtonPatch }): Promise<Outcome<ButtonRecord>> => {
      const outcome = await call(buttonRecord, 'admin/buttons', { method: 'POST', body });
      if (outcome.ok) await reload();
      return outcome;
    },
    [reload],
  );

  const forget = useCallback(
    async (ids: readonly ButtonId[]): Promise<string | null> => {
      const body = { ids: ids.map(({ kind, key }) => ({ kind, key })) };
      const outcome = await call(forgotten, 'admin/buttons', { method: 'DELETE', body });
      setProblem(outcome.ok ? null : outcome);
      if (!outcome.ok) return null;
      setDone(null);
      await reload();
      const { conflicts } = outcome.value;
      setClashes(conflicts.map((conflict) => ({ conflict, set: {} })));
      return `${count(outcome.value.forgotten)} forgotten`;
    },
    [reload],
  );

  const settle = useCallback(() => setClashes([]), []);
  return { rows, failure, problem, reload, change, add, forget, clashes, settle, done, undo };
}

export type Buttons = ReturnType<typeof useButtons>;
