import type { TransferState } from '../../protocol/records';

/** What a running transfer looks like at this moment, in the model. */
export interface Seen {
  readonly state: TransferState;
  /** The caller's leg is there. */
  readonly caller: boolean;
  /** Whom the caller talks to. */
  readonly callerTo: 'nobody' | 'operator' | 'asked' | 'others';
  /** The caller rings somebody; or came to a place of the dialplan (queue, lot, room) that looks after callers itself. */
  readonly callerIs: 'waiting' | 'ringing' | 'placed';
  /** The operator's leg is there. */
  readonly own: boolean;
  /** The call to the one who is asked. */
  readonly asked: 'none' | 'ringing' | 'up' | 'gone';
  /** Operator and the one who was asked are connected. */
  readonly together: boolean;
  /** Caller and operator have been separated since it began: what connects them now is new. */
  readonly apart: boolean;
  /** Connecting operator and asked was tried. */
  readonly connecting: boolean;
  /** Milliseconds in this state. */
  readonly age: number;
  /** Milliseconds after which nobody has answered; null: as long as it takes. */
  readonly patience: number | null;
  /** How often it was looked where the caller got to. */
  readonly looks: number;
}

/**
 * `connect`: operator and asked. `talk`: they are. `giveBack`: caller and operator, whose leg is there. `ringBack`: the
 * caller rings at the operator. `letRing`: the operator left, the caller waits for the answer. `complete`: caller and
 * asked. `resume`: the caller is gone, operator and asked again. `abandon`: nobody is left to talk for; end the rest.
 * `look`: where did the caller get to? `tell`: the caller is back, and the reason is shown. `end`: nothing is left to do.
 */
export type Step =
  | 'stay'
  | 'connect'
  | 'talk'
  | 'giveBack'
  | 'ringBack'
  | 'letRing'
  | 'complete'
  | 'resume'
  | 'abandon'
  | 'look'
  | 'tell'
  | 'end';

/** How long connecting and giving back may take before another way is tried, ms. */
const patient = 2_000;
/** So long it is shown why a caller who is talked to again came back, ms. */
const shownMs = 4_000;
/** A caller whom nobody rings, whom no place holds: the dialplan is busy with them or plays the busy tone. First look, next looks, ms. */
const lookAfter = 600;
const lookAgain = 800;

/** The next thing to do; called after each event, so that no order of events is presumed. */
export function nextStep(seen: Seen): Step {
  if (!seen.caller) return withoutCaller(seen);
  if (seen.callerTo === 'others') return seen.asked === 'none' || seen.state === 'talking' ? 'end' : 'abandon';
  switch (seen.state) {
    case 'ringing':
      return whileRinging(seen);
    case 'talking':
      return whileTalking(seen);
    case 'swapped':
      return whileSwapped(seen);
    case 'transferred':
      return seen.asked === 'none' ? onItsWay(seen) : waitingForAnswer(seen);
    case 'returning':
      return whileReturning(seen);
    case 'returned':
      return ringsAgain(seen);
  }
}

function withoutCaller({ state, own, asked }: Seen): Step {
  if (state === 'transferred' && asked === 'none') return 'end';
  if (state === 'swapped' && own && asked === 'up') return 'resume';
  if (state === 'talking' && own && asked === 'up') return 'end';
  return 'abandon';
}

function whileRinging(seen: Seen): Step {
  const { own, asked, connecting, age } = seen;
  if (!seen.apart && age <= patient) return 'stay';
  if (seen.callerTo === 'operator' || seen.callerIs === 'placed') return 'abandon';
  if (asked === 'gone' || asked === 'none') return own ? 'giveBack' : 'ringBack';
  if (!own) return 'letRing';
  if (seen.together) return 'talk';
  if (connecting) return age > patient ? 'giveBack' : 'stay';
  return asked === 'up' ? 'connect' : 'stay';
}

function whileTalking({ own, asked, together, age, callerTo, callerIs }: Seen): Step {
  if (callerTo === 'operator') return 'abandon';
  if (callerIs === 'placed') return 'end';
  if (asked !== 'up') return own ? 'giveBack' : 'ringBack';
  if (!own) return 'complete';
  return together || age <= patient ? 'stay' : 'giveBack';
}

function whileSwapped({ own, asked, age, callerTo, callerIs }: Seen): Step {
  if (callerIs === 'placed') return 'abandon';
  if (asked !== 'up') return own ? 'end' : 'ringBack';
  if (!own) return 'complete';
  return callerTo === 'operator' || age <= patient ? 'stay' : 'giveBack';
}

/** Completed before the answer: the one who was asked still rings, for the caller now. */
function waitingForAnswer({ asked, age, patience, callerTo, callerIs }: Seen): Step {
  if (callerTo === 'asked') return 'end';
  if (callerIs === 'placed') return 'abandon';
  if (asked === 'up') return 'complete';
  if (asked === 'gone') return 'ringBack';
  return patience !== null && age > patience ? 'ringBack' : 'stay';
}

/** Blind: the dialplan rings for the caller. */
function onItsWay({ callerTo, callerIs, age, patience, apart, looks }: Seen): Step {
  if (!apart && age <= patient) return 'stay';
  if (callerTo !== 'nobody' || callerIs === 'placed') return 'end';
  if (patience !== null && age > patience) return 'ringBack';
  return callerIs === 'waiting' && age > lookAfter + looks * lookAgain ? 'look' : 'stay';
}

function whileReturning({ callerTo, own, age }: Seen): Step {
  if (callerTo === 'operator') return 'tell';
  return !own || age > patient ? 'ringBack' : 'stay';
}

function ringsAgain({ callerTo, callerIs, age }: Seen): Step {
  if (callerTo === 'operator') return age > shownMs ? 'end' : 'stay';
  if (callerTo !== 'nobody' || callerIs === 'placed') return 'end';
  // Its dialplan has the caller now, e.g. the operator's mailbox.
  return callerIs === 'waiting' && age > patient ? 'end' : 'stay';
}
