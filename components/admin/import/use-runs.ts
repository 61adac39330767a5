'use client';

import { useEffect } from 'react';
import { z } from 'zod';
import { importRun } from '@/server/protocol/fop2-import';
import { type Resource, useResource } from '../use-resource';

const runList = z.array(importRun);
const everyMs = 500;

/** The newest imports; asked for again and again while one runs. */
export function useRuns(): Resource<z.infer<typeof runList>> {
  const resource = useResource(runList, 'admin/import/fop2/runs');
  const { value, reload } = resource;
  const running = value?.some(({ state }) => state === 'running') ?? false;
  useEffect(() => {
    if (!running) return;
    let timer: ReturnType<typeof setTimeout>;
    const ask = () => void reload().finally(() => (timer = setTimeout(ask, everyMs)));
    timer = setTimeout(ask, everyMs);
    return () => clearTimeout(timer);
  }, [running, reload]);
  return resource;
}
