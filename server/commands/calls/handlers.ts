import type { callCommands } from '../../protocol/call-commands';
import type { NumberRules } from '../../protocol/number-rules';
import type { Handlers } from '../executor';
import { dialHandler, hangupHandler } from './calling';
import { Claims } from './claims';
import { inviteHandler, kickHandler, lockHandler, muteHandler } from './conferences';
import { dtmfHandler, listenHandler, recordHandler } from './media';
import { parkHandler, retrieveHandler } from './parking';
import { queueAddHandler, queuePauseHandler, queuePenaltyHandler, queueRemoveHandler } from './queues';
import { pickupHandler, queueTakeHandler } from './taking';
import { transferHandler } from './transfer';

/** All that is done to calls, queues and rooms. `rules`: the administrator's number rules as they are now. */
export function callHandlers({
  rules,
}: {
  readonly rules: () => NumberRules;
}): Pick<Handlers, keyof typeof callCommands> {
  const claims = new Claims();
  return {
    'call.dial': dialHandler(rules),
    'call.hangup': hangupHandler,
    'call.transfer': transferHandler(rules),
    'call.pickup': pickupHandler(claims),
    'call.park': parkHandler,
    'call.retrieve': retrieveHandler(claims),
    'call.dtmf': dtmfHandler,
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
    'conference.lock': lockHandler,
  };
}
