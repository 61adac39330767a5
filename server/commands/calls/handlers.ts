import type { PbxEvent } from '../../pbx/events';
import type { callCommands } from '../../protocol/call-commands';
import type { NumberRules } from '../../protocol/number-rules';
import type { RecordingSettings } from '../../protocol/recording';
import type { Handlers } from '../executor';
import { answerHandler, holdHandler } from './answering';
import { dialHandler, hangupHandler } from './calling';
import { Claims } from './claims';
import { endHandler, inviteHandler, kickHandler, lockHandler, muteHandler } from './conferences';
import { createHandler } from './conferences-create';
import { cancelHandler, completeHandler, swapHandler } from './consult';
import { dtmfHandler, listenHandler, recordHandler } from './media';
import { type NotesPort, noteHandler } from './notes';
import { parkHandler, retrieveHandler } from './parking';
import { queueAddHandler, queuePauseHandler, queuePenaltyHandler, queueRemoveHandler } from './queues';
import { pickupHandler, queueTakeHandler } from './taking';
import { transferHandler } from './transfer';
import type { Transfers } from './transfers';

export interface CallHandlerDeps {
  /** The administrator's number rules as they are now. */
  readonly rules: () => NumberRules;
  /** What a command did and the PBX tells nobody. */
  readonly note: (event: PbxEvent) => void;
  /** How recordings are named, as it is now. */
  readonly recording: () => RecordingSettings;
  /** Resolves after so many ms. */
  readonly pause: (ms: number) => Promise<void>;
  readonly notes: NotesPort;
  /** The transfers under way; tell it each event. */
  readonly transfers: Transfers;
}

/** All that is done to calls, queues and rooms. */
export function callHandlers(deps: CallHandlerDeps): Pick<Handlers, keyof typeof callCommands> {
  const { rules, note, notes, recording, pause, transfers } = deps;
  const claims = new Claims();
  return {
    'call.dial': dialHandler(rules),
    'call.hangup': hangupHandler,
    'call.transfer': transferHandler(rules, transfers),
    'call.pickup': pickupHandler(claims),
    'call.park': parkHandler(transfers),
    'call.retrieve': retrieveHandler(claims),
    'call.dtmf': dtmfHandler(pause),
    'call.listen': listenHandler,
    'call.record': recordHandler({ recording, note }),
    'queue.add': queueAddHandler,
    'queue.remove': queueRemoveHandler,
    'queue.pause': queuePauseHandler,
    'queue.penalty': queuePenaltyHandler,
    'queue.take': queueTakeHandler(claims),
    'conference.invite': inviteHandler(rules),
    'conference.mute': muteHandler,
    'conference.kick': kickHandler,
    'call.transfer.complete': completeHandler(transfers),
    'call.transfer.swap': swapHandler(transfers),
    'call.transfer.cancel': cancelHandler(transfers),
    'call.answer': answerHandler(pause),
    'call.hold': holdHandler(pause),
    'call.note': noteHandler(notes),
    'conference.create': createHandler(rules, transfers),
    'conference.end': endHandler,
    'conference.lock': lockHandler(note),
  };
}
