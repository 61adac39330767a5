import { CircleParking, Disc, Ear, HandGrab, Mic, MoveRight, PhoneOff, UserRound, Volume2 } from 'lucide-react';
import type { CommandParams } from '@/server/protocol/commands';
import type { ActionContext } from '../actions/action';
import { callActions } from '../actions/call-actions';
import { confer } from '../actions/call-targets';
import { mayNot, noOwnPhone, ownExtension } from '../actions/permissions';
import { isRecorded, record } from '../actions/recording';
import { toggleMute } from '../actions/room-actions';
import { send } from '../actions/send';
import type { MyCall } from '../calls/my-call';
import { myCallsNow } from '../calls/use-my-calls';
import type { CallInHand } from '../drag/call-in-hand';
import { type Plan, planOf } from '../drag/plan';
import { runPlan } from '../drag/run-plan';
import { focusTile } from '../shell/view';
import { type Choice, choiceOf, grouped } from './choices';
import { menus } from './menu-state';

/** Everything that can be done to a call, wherever it is shown. */
export function callChoices(call: CallInHand, context: ActionContext): readonly (readonly Choice[])[] {
  const mine = myCall(call, context);
  if (mine) return grouped([move(call)], ofMine(mine, context), lots(call, context, 2), goTo(call, context));
  const { source } = call;
  return grouped(
    [take(call, context), move(call), ...lots(call, context, 1)],
    source.kind === 'participant'
      ? [choiceOf(toggleMute, context, { conference: source.conference, uniqueid: source.uniqueid })]
      : [],
    [
      spy('listen', call, context),
      spy('whisper', call, context),
      spy('barge', call, context),
      recording(call, context),
    ],
    goTo(call, context),
    [hangUp(call, context)],
  );
}

/** The entry of *My calls* that this call is; null: it is somebody else's. */
function myCall({ source }: CallInHand, { mirror, me }: ActionContext): MyCall | null {
  const calls = myCallsNow(mirror);
  if (source.kind === 'transfer') return calls.find((one) => one.id === source.id) ?? null;
  if (source.kind === 'parked') return calls.find((one) => one.id === source.uniqueid && one.parked) ?? null;
  if (source.kind !== 'line' || source.extension !== me?.extension) return null;
  return calls.find((one) => one.own === source.own) ?? null;
}

function ofMine(call: MyCall, context: ActionContext): readonly Choice[] {
  const others = myCallsNow(context.mirror).filter((one) => one.id !== call.id);
  const conferences = [null, ...others].map((other) => choiceOf(confer, context, { call, other }));
  const choices = callActions.map((action) => choiceOf(action, context, call));
  // One's own menu is long enough without what the state makes senseless.
  const fitting = choices.filter(({ id, reason }) => reason === null || !stateBound.has(id));
  const possible = conferences.filter(({ reason }) => reason === null);
  return fitting.toSpliced(-1, 0, ...possible.map((one, at) => ({ ...one, id: `${one.id}.${at}` })));
}

/** Opposites and steps of which the state allows one at a time. */
const stateBound: ReadonlySet<string> = new Set([
  'call.answer',
  'call.complete',
  'call.swap',
  'call.takeBack',
  'call.resume',
  'call.hold',
  'call.retrieve',
]);

function move(call: CallInHand): Choice {
  return {
    id: 'call.move',
    icon: MoveRight,
    label: 'Move to…',
    reason: null,
    keys: 'm',
    run: () => menus.set({ picker: { kind: 'move', source: call.source } }),
  };
}

function planned(
  id: string,
  icon: Choice['icon'],
  plan: Plan,
  call: CallInHand,
  context: ActionContext,
  usual: string,
): Choice {
  const reason = 'reason' in plan ? plan.reason : null;
  const label = 'reason' in plan ? usual : plan.label;
  return { id, icon, label, reason, keys: null, run: () => runPlan(plan, call, context) };
}

function take(call: CallInHand, context: ActionContext): Choice | null {
  const own = ownExtension(context);
  if ('reason' in own) return null;
  const plan = planOf(call, { kind: 'person', number: own.number }, context, 'blind');
  return planned('call.take', HandGrab, plan, call, context, `Take ${call.who} to your phone`);
}

/** `least`: with fewer lots than that, the usual action says it all. */
function lots(call: CallInHand, context: ActionContext, least: number): readonly Choice[] {
  const all = [...context.mirror.records.map('parking').keys()];
  if (all.length < least) return [];
  return all.map((lot) => {
    const plan = planOf(call, { kind: 'lot', lot }, context, 'blind');
    return planned(`call.park.${lot}`, CircleParking, plan, call, context, `Park ${call.who}`);
  });
}

function hangUp(call: CallInHand, context: ActionContext): Choice {
  const plan = planOf(call, { kind: 'hangup' }, context, 'blind');
  return planned('call.hangup', PhoneOff, plan, call, context, `Hang up ${call.who}`);
}

type SpyMode = CommandParams<'call.listen'>['mode'];

const spies: Readonly<Record<SpyMode, { readonly icon: Choice['icon']; readonly words: (who: string) => string }>> = {
  listen: { icon: Ear, words: (who) => `Listen to ${who}` },
  whisper: { icon: Mic, words: (who) => `Whisper to ${who}` },
  barge: { icon: Volume2, words: (who) => `Speak with both at ${who}` },
};

/** At the phone of the house, where there is one: it is the colleague who is helped. */
function spy(mode: SpyMode, call: CallInHand, context: ActionContext): Choice {
  const { icon, words } = spies[mode];
  const uniqueid = call.own ?? call.leg;
  return {
    id: `call.${mode}`,
    icon,
    label: words(call.atName || call.who),
    reason: notToSpy(call, context),
    keys: null,
    run: () => {
      const own = ownExtension(context);
      if ('reason' in own || uniqueid === null) return;
      const params = { uniqueid, extension: own.number, mode };
      void send(context, 'call.listen', params, { on: uniqueid, refused: `The call of ${call.who} was not joined` });
    },
  };
}

const answered: readonly CallInHand['state'][] = ['talking', 'held', 'onHold', 'conference', 'service'];

function notToSpy(call: CallInHand, context: ActionContext): string | null {
  const reason = mayNot(context, 'spy', { extensions: call.extensions, queue: call.queue });
  if (reason !== null) return reason;
  if (!answered.includes(call.state)) return `${call.who} talks to nobody.`;
  return noOwnPhone(context);
}

function recording(call: CallInHand, context: ActionContext): Choice {
  const uniqueid = call.own ?? call.leg;
  const on = isRecorded(context, call.callId);
  const refusal = mayNot(context, 'record', { extensions: call.extensions, queue: call.queue });
  return {
    id: 'call.record',
    icon: Disc,
    label: on ? `Stop recording ${call.who}` : `Record ${call.who}`,
    reason: refusal ?? (answered.includes(call.state) ? null : `${call.who} talks to nobody.`),
    keys: null,
    run: () => {
      if (uniqueid !== null) void record(context, uniqueid, call.callId, call.who);
    },
  };
}

function goTo(call: CallInHand, { mirror, me }: ActionContext): readonly Choice[] {
  const people = [call.legExtension, call.at].filter((one) => one !== null && one !== me?.extension);
  return people.flatMap((number) => {
    const extension = number === null ? undefined : mirror.get('extensions', number);
    if (!extension) return [];
    const label = `Go to ${extension.name || extension.number}`;
    return [
      { id: `go.${number}`, icon: UserRound, label, reason: null, keys: null, run: () => focusTile(extension.number) },
    ];
  });
}
