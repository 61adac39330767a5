/** Fakes for tests of commands. */
import { defaultNumberRules } from '../protocol/number-rules';
import { callHandlers } from './calls/handlers';
import type { ModelPort } from './model-port';

/** A PBX without a call, queue or room. */
export const noCalls: Omit<ModelPort, 'extension' | 'isInternal' | 'link'> = {
  leg: () => undefined,
  line: () => undefined,
  named: () => undefined,
  agents: () => [],
  queue: () => undefined,
  queues: () => [],
  lot: () => undefined,
  conference: () => undefined,
};

/** The handlers of calls, for tests of others. */
export const untouchedCalls = () =>
  callHandlers({ rules: () => defaultNumberRules, note: () => undefined, pause: async () => undefined });
