import type { MemberState, QueueMember } from '@/server/protocol/records';
import type { Tone } from '../extensions/status';

const tones: Record<MemberState, Tone> = {
  idle: 'free',
  ringing: 'ringing',
  inUse: 'talking',
  busy: 'talking',
  onHold: 'held',
  ringInUse: 'talking',
  unavailable: 'offline',
  invalid: 'offline',
  unknown: 'offline',
};

const words: Record<MemberState, string> = {
  idle: 'Free',
  ringing: 'Ringing',
  inUse: 'Talking',
  busy: 'Busy',
  onHold: 'On hold',
  ringInUse: 'Talking',
  unavailable: 'Offline',
  invalid: 'No phone',
  unknown: 'Unknown',
};

/** How an agent looks: the state, or the pause with its reason. */
export function memberLook({ state, paused, pausedReason }: Pick<QueueMember, 'state' | 'paused' | 'pausedReason'>): {
  readonly tone: Tone;
  readonly word: string;
} {
  const tone: Tone = paused && state === 'idle' ? 'away' : tones[state];
  return { tone, word: paused ? `Paused${pausedReason ? `: ${pausedReason}` : ''}` : words[state] };
}
