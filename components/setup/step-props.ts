import type { SetupFound, SetupProgress } from '@/server/protocol/setup';
import type { Setup } from './use-setup';

export interface StepProps {
  readonly setup: Setup;
  readonly progress: SetupProgress;
}

export interface FoundStepProps extends StepProps {
  readonly found: SetupFound;
  /** Asks anew: more may have been found. */
  readonly reload: () => Promise<unknown>;
}
