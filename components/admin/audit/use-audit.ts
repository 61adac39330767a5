'use client';

import { useCallback, useEffect, useState } from 'react';
import { z } from 'zod';
import { type AuditRecord, auditRecord } from '@/server/protocol/admin';
import { goSignIn } from '../../account/session-gate';
import { type CallFailure, call } from '../../auth/api';

export const pageSize = 100;
const auditPage = z.array(auditRecord);

interface Audit {
  /** Newest first; null until the first page has been read. */
  readonly entries: readonly AuditRecord[] | null;
  readonly failure: CallFailure | null;
  readonly busy: boolean;
  /** No entry is older than those read. */
  readonly complete: boolean;
  readonly older: () => void;
  readonly refresh: () => void;
}

export function useAudit(): Audit {
  const [entries, setEntries] = useState<readonly AuditRecord[] | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const [busy, setBusy] = useState(false);
  const [complete, setComplete] = useState(false);
  const load = useCallback(async (known: readonly AuditRecord[], signal?: AbortSignal) => {
    setBusy(true);
    const last = known.at(-1);
    const from = last ? `&before=${last.id}` : '';
    const outcome = await call(auditPage, `admin/audit?limit=${pageSize}${from}`, signal ? { signal } : {});
    if (signal?.aborted) return;
    setBusy(false);
    setFailure(outcome.ok ? null : outcome);
    if (!outcome.ok) {
      if (outcome.error === 'unauthenticated') goSignIn();
      return;
    }
    setEntries([...known, ...outcome.value]);
    setComplete(outcome.value.length < pageSize);
  }, []);
  useEffect(() => {
    const leave = new AbortController();
    void load([], leave.signal);
    return () => leave.abort();
  }, [load]);
  const older = () => void load(entries ?? []);
  const refresh = () => void load([]);
  return { entries, failure, busy, complete, older, refresh };
}
