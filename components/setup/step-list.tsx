import clsx from 'clsx';
import { Check } from 'lucide-react';
import { type SetupProgress, type SetupStep, setupSteps } from '@/server/protocol/setup';
import { mayGoTo, type Place, stepTitles } from './steps';

interface StepListProps {
  readonly progress: SetupProgress;
  readonly place: Place;
  readonly goTo: (place: Place) => void;
}

/** Where one is, and the way back. */
export function StepList({ progress, place, goTo }: StepListProps) {
  const at = place === 'done' ? setupSteps.length : setupSteps.indexOf(place);
  return (
    <nav aria-label="Steps" className="mb-6">
      <p className="mb-2 text-xs text-ink-2 sm:sr-only">
        Step {at + 1} of {setupSteps.length}
      </p>
      <ol className="flex gap-1.5">
        {setupSteps.map((step, index) => (
          <li key={step} className="min-w-0 flex-1">
            <StepMark
              step={step}
              index={index}
              current={step === place}
              passed={progress.passed.includes(step)}
              onPress={mayGoTo(step, progress) && step !== place ? () => goTo(step) : null}
            />
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface StepMarkProps {
  readonly step: SetupStep;
  readonly index: number;
  readonly current: boolean;
  readonly passed: boolean;
  readonly onPress: (() => void) | null;
}

function StepMark({ step, index, current, passed, onPress }: StepMarkProps) {
  return (
    <button
      type="button"
      disabled={onPress === null}
      onClick={onPress ?? undefined}
      aria-current={current ? 'step' : undefined}
      className={clsx(
        'flex w-full flex-col gap-1.5 rounded text-left text-xs sm:text-[0.8125rem]',
        onPress ? 'cursor-pointer hover:text-ink' : 'cursor-default',
        current ? 'font-semibold text-ink' : 'text-ink-2',
      )}
    >
      <span aria-hidden className={clsx('h-1 rounded-full', current || passed ? 'bg-accent' : 'bg-line')} />
      <span className="flex items-center gap-1.5 max-sm:sr-only">
        {passed ? <Check aria-hidden className="size-3.5 text-accent" /> : <span>{index + 1}.</span>}
        {stepTitles[step]}
        {passed ? <span className="sr-only">, done</span> : null}
      </span>
    </button>
  );
}
