import { type SetupProgress, type SetupStep, setupSteps } from '@/server/protocol/setup';

/** What stands at the top, in the order of the steps. The README names them by these words. */
export const stepTitles: Readonly<Record<SetupStep, string>> = {
  account: 'Your account',
  pbx: 'Your PBX',
  departments: 'Departments',
  people: 'Invite people',
};

export type Place = SetupStep | 'done';

/** Where to go on: the first step that was neither finished nor skipped. */
export function nextPlace({ passed }: Pick<SetupProgress, 'passed'>): Place {
  return setupSteps.find((step) => !passed.includes(step)) ?? 'done';
}

/** The step that an address names (`#pbx`), when one may be there already; else where to go on. */
export function placeOf(hash: string, progress: Pick<SetupProgress, 'passed'>): Place {
  const wanted = hash.replace(/^#/, '');
  const next = nextPlace(progress);
  if (wanted === 'done' && next === 'done') return 'done';
  return setupSteps.find((step) => step === wanted && mayGoTo(step, progress)) ?? next;
}

/** Back to what was passed, and to the one that is next. */
export function mayGoTo(step: SetupStep, progress: Pick<SetupProgress, 'passed'>): boolean {
  return progress.passed.includes(step) || nextPlace(progress) === step;
}

/** With one step more, in their order. */
export function withPassed(progress: SetupProgress, step: SetupStep): SetupProgress {
  const passed = setupSteps.filter((one) => one === step || progress.passed.includes(one));
  return { ...progress, passed };
}
