import {
  ArrowLeftRight,
  CircleParking,
  Crosshair,
  Disc,
  Forward,
  Grip,
  Merge,
  MessageCircleQuestion,
  NotebookPen,
  Pause,
  PhoneForwarded,
  PhoneIncoming,
  PhoneOff,
  Undo2,
  Users,
  Voicemail,
} from 'lucide-react';
import type { MyCall } from '../calls/my-call';
import { currentCallNow, myCallsNow } from '../calls/use-my-calls';
import { partyText } from '../extensions/status';
import { focusMyCall, focusSearch, view } from '../shell/view';
import type { Action, ActionContext } from './action';
import { aim, type TransferKind } from './aim';
import {
  answer,
  complete,
  hangUp,
  hold,
  keypad,
  note,
  park,
  record,
  resume,
  retrieve,
  swap,
  takeBack,
} from './call-actions';
import { type CallTo, confer, consultTo, mayNotTransfer, transferTo, voicemailTo } from './call-targets';
import { notWhile } from './call-words';
import { takeWaiting, type Waiting } from './queue-actions';

/** What keys and the palette do to the current call of one's own, whichever that is. */

const noCall = 'You have no call.';

interface Onto {
  readonly id: string;
  readonly icon: Action['icon'];
  readonly keys?: readonly string[];
  /** Where there is no call to name. */
  readonly words: string;
}

/** An action on whatever call is the current one. `choose` may answer with another action by its state. */
function onCurrent({ words, ...rest }: Onto, choose: (call: MyCall) => Action<MyCall>): Action {
  return {
    ...rest,
    section: 'Call',
    words,
    label: (context) => {
      const call = currentCallNow(context.mirror);
      return call ? choose(call).label(context, call) : words;
    },
    blocked: (context) => {
      const call = currentCallNow(context.mirror);
      return call ? (choose(call).blocked?.(context, call) ?? null) : (context.away ?? noCall);
    },
    run: (context) => {
      const call = currentCallNow(context.mirror);
      if (call) choose(call).run(context, call);
    },
  };
}

/** Who has waited longest for me: in my queues, on hold, or parked by me. */
export function longestWaiting({ mirror, me }: ActionContext): { since: string; take: MyCall | Waiting } | null {
  const mine = myCallsNow(mirror)
    .filter(({ state }) => state === 'held' || state === 'parked')
    .map((call) => ({ since: call.since, take: call as MyCall | Waiting }));
  const queued = [...mirror.records.map('queues').values()]
    .filter(({ members }) => members.some(({ extension }) => extension !== null && extension === me?.extension))
    .flatMap(({ name, callers }) =>
      callers.map(({ uniqueid, waitingSince, ...party }) => ({
        since: waitingSince,
        take: { queue: name, uniqueid, party: { number: party.number, name: party.name } } as MyCall | Waiting,
      })),
    );
  return [...mine, ...queued].sort((a, b) => (a.since < b.since ? -1 : 1))[0] ?? null;
}

function isWaiting(take: MyCall | Waiting): take is Waiting {
  return !('state' in take);
}

/** What the answering key would do now. */
function next(context: ActionContext): { blocked: string | null; label: string; run: () => void } {
  const ringing = myCallsNow(context.mirror).find(({ state }) => state === 'ringing' || state === 'returned');
  if (ringing) return bind(answer, context, ringing);
  const busy = myCallsNow(context.mirror).find(({ state }) => ['talking', 'consulting', 'dialing'].includes(state));
  const found = longestWaiting(context);
  if (!found)
    return { blocked: context.away ?? 'Nothing rings, and nobody waits for you.', label: answerWords, run: () => {} };
  const { take } = found;
  const bound = isWaiting(take)
    ? bind(takeWaiting, context, take)
    : bind(take.parked ? retrieve : resume, context, take);
  return busy ? { ...bound, blocked: `Finish the call with ${partyText(busy.party)} first.` } : bound;
}

function bind<T>(action: Action<T>, context: ActionContext, target: T) {
  return {
    blocked: action.blocked?.(context, target) ?? null,
    label: action.label(context, target),
    run: () => action.run(context, target),
  };
}

const answerWords = 'Answer, or take who waits longest';

export const answerNext: Action = {
  id: 'call.next',
  icon: PhoneIncoming,
  section: 'Call',
  keys: ['F2', 'NumpadAdd'],
  words: answerWords,
  label: (context) => next(context).label,
  blocked: (context) => next(context).blocked,
  run: (context) => next(context).run(),
};

/** Leads to the search, where Enter then does it; in a consultation, `now` is done at once. */
function searchFor(kind: TransferKind, onto: Onto, now: Action<MyCall>): Action {
  return {
    id: onto.id,
    icon: onto.icon,
    section: 'Call',
    keys: onto.keys ?? [],
    words: onto.words,
    label: (context) => {
      const call = currentCallNow(context.mirror);
      if (!call) return onto.words;
      if (call.state === 'consulting') return now.label(context, call);
      const who = partyText(call.party);
      return kind === 'blind' ? `Transfer ${who} to…` : `Ask somebody about ${who}…`;
    },
    blocked: (context) => {
      const call = currentCallNow(context.mirror);
      if (!call) return context.away ?? noCall;
      if (call.state === 'consulting') return now.blocked?.(context, call) ?? null;
      const reason = mayNotTransfer(context, call);
      if (reason) return reason;
      const states = kind === 'blind' ? ['ringing', 'talking', 'held', 'onHold', 'parked'] : ['talking', 'held'];
      return states.includes(call.state) ? null : notWhile(call);
    },
    run: (context) => {
      const call = currentCallNow(context.mirror);
      if (call?.state === 'consulting') return now.run(context, call);
      view.set({ query: '' });
      aim.set({ call: null, kind, chosen: 0 });
      focusSearch();
    },
  };
}

/** Two of my calls, or all the three of a consultation. */
function secondCall(context: ActionContext, call: MyCall): MyCall | null {
  if (call.transfer) return null;
  return (
    myCallsNow(context.mirror).find((one) => one.id !== call.id && ['talking', 'held'].includes(one.state)) ?? null
  );
}

const conferCurrent: Action<MyCall> = {
  ...confer,
  label: (context, call) => confer.label(context, { call, other: secondCall(context, call) }),
  blocked: (context, call) => confer.blocked?.(context, { call, other: secondCall(context, call) }) ?? null,
  run: (context, call) => confer.run(context, { call, other: secondCall(context, call) }),
};

const goToCall: Action<MyCall> = {
  id: 'call.focus',
  icon: Crosshair,
  section: 'Call',
  label: (_, call) => `Go to the call with ${partyText(call.party)}`,
  run: (_, call) => focusMyCall(call.id),
};

export const currentCallActions: readonly Action[] = [
  answerNext,
  searchFor(
    'blind',
    { id: 'call.transfer', icon: Forward, keys: ['t', 'NumpadEnter'], words: 'Transfer; complete a transfer' },
    complete,
  ),
  searchFor(
    'attended',
    {
      id: 'call.consult',
      icon: MessageCircleQuestion,
      keys: ['shift+t', 'NumpadMultiply'],
      words: 'Ask first; swap the two',
    },
    swap,
  ),
  onCurrent({ id: 'call.complete', icon: Merge, words: 'Complete the transfer' }, () => complete),
  onCurrent({ id: 'call.swap', icon: ArrowLeftRight, keys: ['s'], words: 'Talk to the other one' }, () => swap),
  onCurrent(
    { id: 'call.takeBack', icon: Undo2, keys: ['b'], words: 'Cancel the transfer, take the call back' },
    () => takeBack,
  ),
  onCurrent({ id: 'call.hold', icon: Pause, keys: ['F4', 'NumpadDecimal'], words: 'Hold, or resume' }, ({ state }) =>
    state === 'held' ? resume : hold,
  ),
  onCurrent(
    { id: 'call.park', icon: CircleParking, keys: ['F8', 'NumpadDivide'], words: 'Park, or take back' },
    (call) => (call.parked ? retrieve : park),
  ),
  onCurrent({ id: 'call.record', icon: Disc, keys: ['r'], words: 'Record, or stop it' }, () => record),
  onCurrent({ id: 'call.keypad', icon: Grip, keys: ['k'], words: 'Keypad' }, () => keypad),
  onCurrent({ id: 'call.note', icon: NotebookPen, keys: ['n'], words: 'Write a note' }, () => note),
  onCurrent({ id: 'call.confer', icon: Users, words: 'Conference of the two calls' }, () => conferCurrent),
  onCurrent({ id: 'call.focus', icon: Crosshair, keys: ['g'], words: 'Go to the current call' }, () => goToCall),
  onCurrent({ id: 'call.hangup', icon: PhoneOff, keys: ['F9', 'NumpadSubtract'], words: 'Hang up' }, () => hangUp),
];

/** The current call and a person: for tiles, where the target is an extension. */
function here(action: Action<CallTo>, onto: Onto): Action<string> {
  const target = ({ mirror }: ActionContext, to: string): CallTo | null => {
    const call = currentCallNow(mirror);
    return call && { call, to };
  };
  return {
    id: onto.id,
    icon: onto.icon,
    section: 'Call',
    keys: onto.keys ?? [],
    words: onto.words,
    label: (context, to) => {
      const both = target(context, to);
      return both ? action.label(context, both) : onto.words;
    },
    blocked: (context, to) => {
      const both = target(context, to);
      return both ? (action.blocked?.(context, both) ?? null) : (context.away ?? noCall);
    },
    run: (context, to) => {
      const both = target(context, to);
      if (both) action.run(context, both);
    },
  };
}

export const transferHere = here(transferTo, {
  id: 'extension.transfer',
  icon: PhoneForwarded,
  keys: ['t', 'NumpadEnter'],
  words: 'Transfer my call here',
});
export const consultHere = here(consultTo, {
  id: 'extension.consult',
  icon: MessageCircleQuestion,
  keys: ['shift+t', 'NumpadMultiply'],
  words: 'Ask here first',
});
export const voicemailHere = here(voicemailTo, {
  id: 'extension.voicemail',
  icon: Voicemail,
  keys: ['v'],
  words: 'Send my call to their voicemail',
});

export const callHereActions = [transferHere, consultHere, voicemailHere] as const;
