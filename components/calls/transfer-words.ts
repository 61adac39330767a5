import type { Party, TransferRecord } from '@/server/protocol/records';
import { partyText, type Tone } from '../extensions/status';

/** One of the two whom a transfer brings together, and what they do now. */
export interface TransferSide {
  readonly who: string;
  readonly number: string;
  readonly doing: string;
  readonly tone: Tone;
}

export interface TransferStory {
  /** What goes on, in a few words. */
  readonly word: string;
  readonly caller: TransferSide;
  readonly target: TransferSide;
  /** What can come next, in one sentence. */
  readonly next: string;
}

type Doing = readonly [word: string, caller: readonly [string, Tone], target: readonly [string, Tone]];

const doings: Readonly<Record<TransferRecord['state'], Doing>> = {
  ringing: ['Asking', ['waits', 'held'], ['rings', 'ringing']],
  talking: ['Asking', ['waits', 'held'], ['talks to you', 'talking']],
  swapped: ['Asking', ['talks to you', 'talking'], ['waits', 'held']],
  transferred: ['On the way', ['is connected', 'held'], ['rings', 'ringing']],
  returning: ['Coming back', ['comes back', 'held'], ['did not take it', 'free']],
  returned: ['Back', ['rings at you', 'ringing'], ['did not take it', 'free']],
};

/** A transfer for people: who waits, who talks, and what comes next. */
export function transferStory(transfer: TransferRecord): TransferStory {
  const [word, caller, target] = doings[transfer.state];
  return {
    word,
    // Its number stands above already.
    caller: side({ ...transfer.party, number: transfer.party.name ? '' : transfer.party.number }, caller),
    target: side(transfer.to, target),
    next: nextOf(transfer),
  };
}

function side(party: Party, [doing, tone]: readonly [string, Tone]): TransferSide {
  return { who: partyText(party), number: party.name ? party.number : '', doing, tone };
}

function nextOf({ state, party, to, reason }: TransferRecord): string {
  const caller = partyText(party);
  const target = partyText(to);
  switch (state) {
    case 'ringing':
      return `Connect lets ${caller} ring there, Cancel gives them back to you.`;
    case 'talking':
    case 'swapped':
      return `Connect brings the two together, Cancel gives ${caller} back to you.`;
    case 'transferred':
      return `It is yours again as long as ${target} has not answered.`;
    case 'returning':
    case 'returned':
      return reason ? `${reason}.` : `${target} did not answer.`;
  }
}
