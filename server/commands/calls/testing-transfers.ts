/** Support of tests: an attended transfer in each of its states, in the office of testing.ts. */
import type { Line } from '../../pbx/exchange';
import type { TransferState } from '../../protocol/records';
import { anna, type TestOffice } from './testing';

/**
 * Anna asks 105 about 101, at the phone of 102: `ringing` there, `talking` to them, or `swapped` back to 101. Answers the
 * half of the Local channel by which 105 is reached.
 */
export function consulting(office: TestOffice, state: TransferState & ('ringing' | 'talking' | 'swapped')): Line {
  const { exchange: pbx, caller, called, transfers, model } = office;
  pbx.leave(called);
  pbx.leave(caller);
  const asked = pbx.channel('Local/105@from-internal', state === 'ringing' ? 'ringing' : 'up', '105', undefined, ';1');
  const joined = { ringing: [], talking: [called, asked], swapped: [called, caller] }[state];
  for (const line of joined) pbx.enter(line, 'consultation');
  for (const event of pbx.events) model.reduce(event);
  const wanted = {
    mode: 'attended',
    state: 'ringing',
    caller: caller.id,
    own: called.id,
    party: { number: '101', name: 'Person 1' },
    to: { number: '105', name: 'Person 5' },
    extension: '102',
    context: 'from-internal',
    back: { context: 'from-internal', exten: '102' },
    patience: null,
  } as const;
  // It begins at once; what is left is to see what follows, which is nothing yet.
  transfers.begin(anna, wanted, async () => undefined).catch((error: unknown) => office.faults.push({ err: error }));
  const running = transfers.of(caller.id);
  if (running === undefined) throw new Error('the transfer did not begin');
  running.asked = { uniqueid: asked.id, name: asked.name };
  running.apart = true;
  transfers.become(running, state);
  office.ami.sent.length = 0;
  return asked;
}
