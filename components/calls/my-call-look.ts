import type { Tone } from '../extensions/status';
import type { MyCall, MyCallState } from './my-call';
import { transferStory } from './transfer-words';

const tones: Readonly<Record<MyCallState, Tone>> = {
  ringing: 'ringing',
  returned: 'ringing',
  dialing: 'ringing',
  talking: 'talking',
  conference: 'talking',
  service: 'talking',
  consulting: 'talking',
  held: 'held',
  onHold: 'held',
  queued: 'held',
  transferred: 'held',
  parked: 'held',
};

const words: Readonly<Record<Exclude<MyCallState, 'consulting' | 'transferred' | 'returned'>, string>> = {
  ringing: 'Rings at you',
  dialing: 'Calling',
  talking: 'Talking',
  held: 'Holding',
  onHold: 'Put you on hold',
  queued: 'You wait',
  conference: 'Meeting',
  service: 'Service',
  parked: 'Parked',
};

export function myCallTone({ state }: MyCall): Tone {
  return tones[state];
}

/** The state of one's own call in a few words. */
export function myCallWord({ state, direction, transfer, parked }: MyCall): string {
  // Who calls somebody by the panel is rung first.
  if (state === 'ringing' && direction === 'out') return 'Lift your phone';
  if (state === 'parked' && parked) return `Parked at ${parked.space}`;
  if (state === 'consulting' || state === 'transferred' || state === 'returned') {
    return transfer ? transferStory(transfer).word : 'Transfer';
  }
  return words[state];
}
