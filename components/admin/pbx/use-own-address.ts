'use client';

import { useEffect, useState } from 'react';
import { setupAddress } from '@/server/protocol/setup';
import { call } from '../../auth/api';
import { permitAddress } from './secret';

const calmMs = 400;

/** The panel's address as the PBX at `host` sees it, for its permit line; null: not known. */
export function useOwnAddress(host: string): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    setAddress(permitAddress(location.hostname));
  }, []);
  useEffect(() => {
    const wanted = host.trim();
    if (wanted === '' || wanted.length > 253) return;
    const leave = new AbortController();
    // Once per pause in typing.
    const timer = setTimeout(() => {
      const options = { method: 'POST', body: { host: wanted }, signal: leave.signal } as const;
      void call(setupAddress, 'admin/setup/address', options).then((outcome) => {
        if (!leave.signal.aborted && outcome.ok && outcome.value.address !== null) setAddress(outcome.value.address);
      });
    }, calmMs);
    return () => {
      clearTimeout(timer);
      leave.abort();
    };
  }, [host]);
  return address;
}
