import { parentPort, workerData } from 'node:worker_threads';
import { ImportRefused } from './bytes';
import { type PlanWork, planAnswer } from './plan-answer';

/** The thread that looks at files: `inPlanThread` starts it. */
try {
  parentPort?.postMessage({ answer: planAnswer(workerData as PlanWork) });
} catch (error) {
  if (!(error instanceof ImportRefused)) throw error;
  parentPort?.postMessage({ refused: error.message });
}
