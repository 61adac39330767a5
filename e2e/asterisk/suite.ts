import { afterAll, afterEach, beforeAll, type TestContext } from 'vitest';
import type { AsteriskVersion } from './instance';
import { AsteriskSkipped, type Lab, type LabOptions, startLab } from './lab';

const noSkip = process.env.CORDBOARD_NO_SKIP === '1';

/**
 * A lab for the tests of one file or block. `of(context)` gives it, or skips the test with the reason why this machine
 * cannot run Asterisk; with CORDBOARD_NO_SKIP=1 that is a failure.
 */
export function useLab(version: AsteriskVersion, options: LabOptions = {}): (context: TestContext) => Lab {
  let lab: Lab | undefined;
  let skipped = '';
  beforeAll(async () => {
    try {
      lab = await startLab(version, options);
    } catch (error) {
      if (!(error instanceof AsteriskSkipped) || noSkip) throw error;
      skipped = error.message;
    }
  });
  afterEach(async () => lab?.phones.reset());
  afterAll(async () => lab?.stop());
  return (context) => lab ?? context.skip(`Asterisk ${version}: ${skipped}`);
}

/** Something a block starts once it has a lab, and stops at its end. */
export function useOnce<T extends { stop(): Promise<void> }>(): (start: () => Promise<T>) => Promise<T> {
  let made: Promise<T> | undefined;
  afterAll(async () => (await made?.catch(() => undefined))?.stop());
  return (start) => {
    made ??= start();
    return made;
  };
}
