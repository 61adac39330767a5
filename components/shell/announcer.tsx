'use client';

import { useEffect, useRef } from 'react';
import { toast } from 'sonner';
import { partyText } from '../extensions/status';
import { useConnection, useMe, useMirror, useRecord, useStaleness } from '../live/hooks';
import { announce } from '../ui/live-region';

/** Tells what must not be missed: own incoming calls, what became of a command, a lost link. Shows nothing itself. */
export function Announcer() {
  const mirror = useMirror();
  useEffect(
    () =>
      mirror.onNotice(({ kind, text }) => {
        announce(text, kind === 'error');
        // What went well is on the screen already.
        if (kind === 'error') toast.error(text, { duration: 8_000 });
        else if (kind === 'info') toast.info(text);
      }),
    [mirror],
  );
  const own = useMe()?.extension;
  return (
    <>
      <LinkAnnouncer />
      <SignedOut />
      {own ? <OwnCalls number={own} /> : null}
    </>
  );
}

function OwnCalls({ number }: { readonly number: string }) {
  const calls = useRecord('extensions', number)?.calls;
  const told = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const ringing = (calls ?? []).filter((call) => call.state === 'ringing');
    for (const call of ringing) {
      if (told.current.has(call.uniqueid)) continue;
      const queue = call.queue ? ` through queue ${call.queue}` : '';
      announce(
        `Incoming call from ${partyText(call.party)}${call.party.name ? ` ${call.party.number}` : ''}${queue}`,
        true,
      );
    }
    told.current = new Set(ringing.map((call) => call.uniqueid));
  }, [calls]);
  return null;
}

function LinkAnnouncer() {
  const stale = useStaleness();
  const was = useRef(false);
  useEffect(() => {
    if (stale && !was.current) announce(`${stale.reason} What you see is no longer live.`, true);
    if (!stale && was.current) announce('The panel is live again.');
    was.current = stale !== null;
  }, [stale]);
  return null;
}

function SignedOut() {
  const connection = useConnection();
  const mirror = useMirror();
  useEffect(() => {
    if (connection === 'ended') location.replace(`/login/?reason=${mirror.endReason ?? 'signedOut'}`);
  }, [connection, mirror]);
  return null;
}
