import type { PbxEvent } from '../../pbx/events';
import type { callCommands } from '../../protocol/call-commands';
import type { NumberRules } from '../../protocol/number-rules';
import type { Handlers } from '../executor';
import { fail } from '../failures';
import { answerHandler, holdHandler } from './answering';
import { dialHandler, hangupHandler } from './calling';
import { Claims } from './claims';
import { inviteHandler, kickHandler, lockHandler, muteHandler } from './conferences';
import { dtmfHandler, listenHandler, recordHandler } from './media';
import { parkHandler, retrieveHandler } from './parking';
import { refuse } from './plan';
import { queueAddHandler, queuePauseHandler, queuePenaltyHandler, queueRemoveHandler } from './queues';
import { pickupHandler, queueTakeHandler } from './taking';
import { transferHandler } from './transfer';

export interface CallHandlerDeps {
  /** The administrator's number rules as they are now. */
  readonly rules: () => NumberRules;
  /** What a command did and the PBX tells nobody. */
  readonly note: (event: PbxEvent) => void;
  /** Resolves after so many ms. */
  readonly pause: (ms: number) => Promise<void>;
}

/** All that is done to calls, queues and rooms. */
export function callHandlers({ rules, note, pause }: CallHandlerDeps): Pick<Handlers, keyof typeof callCommands> {
  const claims = new Claims();
  return {
    'call.dial': dialHandler(rules),
    'call.hangup': hangupHandler,
    'call.transfer': transferHandler(rules),
    'call.pickup': pickupHandler(claims),
    'call.park': parkHandler,
    'call.retrieve': retrieveHandler(claims),
    'call.dtmf': dtmfHandler(pause),
    'call.listen': listenHandler,
    'call.record': recordHandler,
    'queue.add': queueAddHandler,
    'queue.remove': queueRemoveHandler,
    'queue.pause': queuePauseHandler,
    'queue.penalty': queuePenaltyHandler,
    'queue.take': queueTakeHandler(claims),
    'conference.invite': inviteHandler(rules),
    'conference.mute': muteHandler,
    'conference.kick': kickHandler,
    'call.transfer.complete': unbuilt,
    'call.transfer.swap': unbuilt,
    'call.transfer.cancel': unbuilt,
    'call.answer': answerHandler(pause),
    'call.hold': holdHandler(pause),
    'call.note': unbuilt,
    'conference.create': unbuilt,
    'conference.end': unbuilt,
    'conference.lock': lockHandler(note),
  };
}

const unbuilt = {
  target: () => '',
  authorise: () => fail('conflict', 'Not built yet.'),
  act: () => refuse(fail('conflict', 'Not built yet.')),
};
