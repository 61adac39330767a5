'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { type AuditRecord, auditRecord } from '@/server/protocol/admin';
import { goSignIn } from '../../account/session-gate';
import { type CallFailure, call } from '../../auth/api';

export const pageSize = 100;
const auditPage = z.array(auditRecord);

interface Audit {
  /** Newest first; null until the first page has been read. While another query is asked, what the former found. */
  readonly entries: readonly AuditRecord[] | null;
  readonly failure: CallFailure | null;
  readonly busy: boolean;
  /** No entry is older than those read. */
  readonly complete: boolean;
  readonly older: () => void;
  readonly refresh: () => void;
}

interface Read {
  readonly query: string;
  readonly entries: readonly AuditRecord[];
  readonly complete: boolean;
}

/** The audit log by pages; another query begins anew, and answers to a former one are dropped. */
export function useAudit(query: string): Audit {
  const [read, setRead] = useState<Read | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const [busy, setBusy] = useState(true);
  const leave = useRef<AbortController | null>(null);
  const load = useCallback(
    async (known: readonly AuditRecord[]) => {
      leave.current?.abort();
      const controller = new AbortController();
      leave.current = controller;
      setBusy(true);
      const page = new URLSearchParams(query);
      page.set('limit', String(pageSize));
      const last = known.at(-1);
      if (last) page.set('before', String(last.id));
      const outcome = await call(auditPage, `admin/audit?${page}`, { signal: controller.signal });
      if (controller.signal.aborted) return;
      setBusy(false);
      setFailure(outcome.ok ? null : outcome);
      if (!outcome.ok) {
        if (outcome.error === 'unauthenticated') goSignIn();
        // What another query found is not what was asked for.
        if (!last) setRead(null);
        return;
      }
      setRead({ query, entries: [...known, ...outcome.value], complete: outcome.value.length < pageSize });
    },
    [query],
  );
  useEffect(() => {
    void load([]);
    return () => leave.current?.abort();
  }, [load]);
  return {
    entries: read?.entries ?? null,
    failure,
    busy,
    complete: read?.query !== query || read.complete,
    older: () => void load(read?.entries ?? []),
    refresh: () => void load([]),
  };
}
