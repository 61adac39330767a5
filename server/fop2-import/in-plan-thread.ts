import { Worker } from 'node:worker_threads';
import { ImportRefused } from './bytes';
import type { PlanAnswer, PlanWork } from './plan-answer';

/** Longer than the longest files that are let in take. */
const defaultMs = 120_000;

/**
 * Looks at files in a thread of its own: thousands of users take seconds, in which the panel goes on. `script`: where
 * plan-thread is. Throws ImportRefused, also when it takes too long or too much memory.
 */
export async function inPlanThread(script: URL, work: PlanWork, withinMs = defaultMs): Promise<PlanAnswer> {
  const worker = new Worker(script, { workerData: work, resourceLimits: { maxOldGenerationSizeMb: 1024 } });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      const tooMuch = () => reject(new ImportRefused('The files take too long to look at. Give fewer at once.'));
      timer = setTimeout(tooMuch, withinMs);
      worker.once('message', (said: { answer?: PlanAnswer; refused?: string }) => {
        if (said.answer === undefined) reject(new ImportRefused(said.refused ?? 'The files cannot be looked at.'));
        else resolve(said.answer);
      });
      worker.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') tooMuch();
        else reject(error);
      });
      worker.once('exit', () => reject(new Error('the thread that looks at files ended without an answer')));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
