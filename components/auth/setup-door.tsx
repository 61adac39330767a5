'use client';

import { useEffect, useState } from 'react';
import { AcceptInvitation } from './accept-invitation';
import { EnterWithCode } from './enter-with-code';
import { inviteInHash } from './setup-code';

/** `/setup/`: what one-time links lead to, `#code=` of the first start and `#invite=` of an administrator. */
export function SetupDoor() {
  const [token, setToken] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    const look = () => {
      const found = inviteInHash(location.hash);
      // Not to be left in the history, nor on the screen.
      if (found !== null) history.replaceState(null, '', location.pathname);
      setToken((before) => found ?? (location.hash === '' ? (before ?? null) : null));
    };
    look();
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, []);
  if (token === undefined) return null;
  return token === null ? <EnterWithCode /> : <AcceptInvitation key={token} token={token} />;
}
