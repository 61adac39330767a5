import { X } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { toast } from 'sonner';
import type { CommandResult } from '@/server/protocol/commands';
import type { ChangeOfMany } from '../live/availability';
import type { Mirror } from '../live/mirror';
import { choiceOf, presenceStatesOf } from '../live/presence-choice';
import { Button, IconButton } from '../ui/button';
import { Kbd } from '../ui/kbd';
import { announce } from '../ui/live-region';
import { changeToast, offerUndo, reasons, undoLast } from './undo';

/** Sets it for all of them, tells what became of each, and offers to take it back. */
export async function setMany(
  mirror: Mirror,
  numbers: readonly string[],
  change: ChangeOfMany,
): Promise<CommandResult> {
  const result = await mirror.availability.setMany(numbers, change);
  const what = wordsOf(mirror, change);
  if (!result.ok) {
    const text = `${what} was not set for ${people(numbers.length)}. ${result.message}`;
    announce(text, true);
    toast.error(text, { duration: 8_000 });
    return result;
  }
  const failed = (result.results ?? []).filter(({ ok }) => !ok);
  const text = `${what} for ${people(numbers.length - failed.length)}`;
  const failures = reasons(mirror, failed);
  const until = result.undoUntil === undefined ? null : Date.parse(result.undoUntil);
  if (result.change !== undefined && until !== null) offerUndo(mirror, { change: result.change, text, until });
  toast(<Outcome mirror={mirror} text={text} failures={failures} until={until} />, {
    id: changeToast,
    // Who was left out stays to be read; it has a button to be put away.
    duration: failures.length > 0 ? Number.POSITIVE_INFINITY : 10_000,
  });
  announce([text, ...failures.map((one) => `Not changed: ${one}`), 'U takes it back.'].join('. '));
  return result;
}

function people(count: number): string {
  return count === 1 ? '1 person' : `${count} people`;
}

function wordsOf(mirror: Mirror, change: ChangeOfMany): string {
  if ('dnd' in change) return `Do not disturb ${change.dnd.on ? 'on' : 'off'}`;
  const { state, subtype = '' } = change.presence;
  return `“${choiceOf(presenceStatesOf(mirror), state, subtype)?.name ?? state}”`;
}

interface OutcomeProps {
  readonly mirror: Mirror;
  readonly text: string;
  readonly failures: readonly string[];
  /** Server time, epoch ms; null: it cannot be taken back. */
  readonly until: number | null;
}

function Outcome({ mirror, text, failures, until }: OutcomeProps) {
  const left = useCountdown(mirror, until);
  return (
    <div className="flex w-full items-start gap-3">
      <div className="min-w-0 flex-1 self-center">
        <p className="font-medium">{text}</p>
        {failures.length > 0 ? (
          <ul aria-label="Not changed" className="mt-1 text-[0.8125rem] text-ink-2">
            {failures.map((one) => (
              <li key={one}>Not changed: {one}</li>
            ))}
          </ul>
        ) : null}
      </div>
      {left > 0 ? (
        <Button size="small" onClick={() => void undoLast(mirror)}>
          Undo <span className="tabular-nums text-ink-2">{left} s</span>
          <Kbd>U</Kbd>
        </Button>
      ) : null}
      {failures.length > 0 ? (
        <IconButton label="Close" size="small" onClick={() => toast.dismiss(changeToast)}>
          <X aria-hidden className="size-4" />
        </IconButton>
      ) : null}
    </div>
  );
}

/** Whole seconds left. The toast stands outside the live provider, hence a clock of its own. */
function useCountdown(mirror: Mirror, until: number | null): number {
  const read = useCallback(
    () => (until === null ? 0 : Math.max(0, Math.ceil((until - mirror.clock.read()) / 1_000))),
    [mirror, until],
  );
  const [left, setLeft] = useState(read);
  useEffect(() => {
    const timer = setInterval(() => setLeft(read()), 250);
    return () => clearInterval(timer);
  }, [read]);
  return left;
}
