'use client';

import { OctagonX } from 'lucide-react';
import { useState } from 'react';
import { type PanicState, panicState } from '@/server/protocol/access';
import { Card } from '../../account/card';
import { type CallFailure, call } from '../../auth/api';
import { momentText } from '../../live/clock-text';
import { Button } from '../../ui/button';
import { FormFailure } from '../form-failure';

interface PanicCardProps {
  readonly state: PanicState;
  readonly onChange: (state: PanicState) => void;
}

/** The panic switch: one press, in force at once for everybody. */
export function PanicCard({ state, onChange }: PanicCardProps) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const { stopped } = state;
  const turn = async (on: boolean) => {
    setBusy(true);
    setFailure(null);
    const outcome = await call(panicState, 'admin/panic', { method: 'PUT', body: { on } });
    setBusy(false);
    if (outcome.ok) onChange(outcome.value);
    else setFailure(outcome);
  };
  return (
    <Card
      id="panic"
      title="Calls to the outside"
      description="When somebody abuses the panel to make calls at your cost: stop every call, transfer, invitation and forwarding of the panel to numbers outside, for everybody, tokens included. Emergency numbers go on working."
    >
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        <p role="status" className="min-w-0 flex-1 basis-60 text-sm">
          {stopped ? (
            <>
              <strong className="font-semibold text-dnd-ink">Stopped by {stopped.by}</strong>
              <span className="block text-ink-2">since {momentText(Date.parse(stopped.since), Date.now())}</span>
            </>
          ) : (
            <span className="text-ink">They run, as far as the rules below allow.</span>
          )}
        </p>
        {stopped ? (
          <Button busy={busy} onClick={() => void turn(false)}>
            Let them run again
          </Button>
        ) : (
          <Button
            tone="danger"
            busy={busy}
            icon={<OctagonX aria-hidden className="size-4" />}
            onClick={() => void turn(true)}
          >
            Stop all calls to the outside
          </Button>
        )}
      </div>
      {failure ? (
        <div className="mt-3">
          <FormFailure failure={failure} />
        </div>
      ) : null}
    </Card>
  );
}
