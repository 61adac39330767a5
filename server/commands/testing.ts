/** Fakes for tests of commands. */
import { nothingSet } from '../protocol/buttons';
import { defaultNumberRules } from '../protocol/number-rules';
import { defaultRecording } from '../protocol/recording-default';
import { callHandlers } from './calls/handlers';
import type { NotesPort } from './calls/notes';
import { Transfers } from './calls/transfers';
import type { ModelPort } from './model-port';
import { OutsideDoor, type OutsideDoorOptions } from './outside';
import { panicHandler } from './panic';

/** A PBX without a call, queue or room, for which no administrator set anything. */
export const noCalls: Omit<ModelPort, 'callee' | 'extension' | 'isInternal' | 'link'> = {
  leg: () => undefined,
  line: () => undefined,
  named: () => undefined,
  agents: () => [],
  configured: () => nothingSet,
  queue: () => undefined,
  queues: () => [],
  lot: () => undefined,
  lots: () => [],
  ownerOf: () => null,
  transfers: () => [],
  conference: () => undefined,
  conferences: () => [],
  isTrunk: () => false,
};

/** No transfer is under way. */
function noTransfers(): Transfers {
  const nothing = () => undefined;
  const model: ModelPort = {
    ...noCalls,
    extension: nothing,
    callee: nothing,
    isInternal: () => false,
    link: () => 'down',
  };
  const log = { warn: nothing, error: nothing };
  return new Transfers({ model, ami: () => null, note: nothing, pause: async () => undefined, now: () => 0, log });
}

/** There is no call to write about. */
export const noNotes: NotesPort = { involved: async () => null, put: async () => undefined };

/** The handlers of calls and of the panic switch, for tests of others. */
export const untouchedCalls = () => ({
  ...callHandlers({
    rules: () => defaultNumberRules,
    note: () => undefined,
    notes: noNotes,
    recording: () => defaultRecording,
    pause: async () => undefined,
    transfers: noTransfers(),
  }),
  'outside.stop': panicHandler({ set: async () => undefined }),
});

/** The door to the outside as it is at first: closed, by the rules. */
export function doorOf(options: Partial<OutsideDoorOptions> = {}): OutsideDoor {
  const rules = () => defaultNumberRules;
  return new OutsideDoor({ rules, isInternal: () => true, stopped: () => null, now: () => 0, ...options });
}
