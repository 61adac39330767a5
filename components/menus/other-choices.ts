import { LogIn, Pause, PhoneOff, Play, UserPlus } from 'lucide-react';
import type { ActionContext } from '../actions/action';
import { mayNot } from '../actions/permissions';
import {
  logMeIn,
  memberOf,
  pauseMe,
  pauseReasons,
  removeMember,
  setPenalty,
  togglePause,
} from '../actions/queue-actions';
import { endRoom, toggleLock } from '../actions/room-actions';
import { send } from '../actions/send';
import { partyText } from '../extensions/status';
import { type Choice, choiceOf, grouped } from './choices';
import { menus, type Subject } from './menu-state';

type Groups = readonly (readonly Choice[])[];

/** A queue: one's own part in it, and who else is. */
export function queueChoices(name: string, context: ActionContext): Groups {
  const add: Choice = {
    id: 'queue.add',
    icon: UserPlus,
    label: 'Add somebody…',
    reason: mayNot(context, 'queuemanager', { queue: name }),
    keys: null,
    run: () => menus.set({ picker: { kind: 'member', queue: name } }),
  };
  const own = { queue: name, extension: context.me?.extension ?? '' };
  const inside = memberOf(context, own);
  const icon = inside?.paused ? Play : Pause;
  const pauses =
    inside && !inside.paused ? pauseChoices(own, context) : [{ ...choiceOf(pauseMe, context, name), icon }];
  return grouped([{ ...choiceOf(logMeIn, context, name), icon: LogIn }, ...(inside ? pauses : [])], [add]);
}

interface Target {
  readonly queue: string;
  readonly extension: string;
}

function pauseChoices(target: Target, context: ActionContext): readonly Choice[] {
  return [undefined, ...pauseReasons].map((reason) => ({
    ...choiceOf(togglePause, context, reason === undefined ? target : { ...target, reason }),
    id: `queue.pause.${reason ?? ''}`,
  }));
}

const penalties = [0, 1, 2, 3, 5, 10];

/** Somebody in a queue. */
export function memberChoices(target: Target, context: ActionContext): Groups {
  const member = memberOf(context, target);
  const pauses = member?.paused ? [choiceOf(togglePause, context, target)] : pauseChoices(target, context);
  const weights = penalties
    .filter((penalty) => penalty !== member?.penalty)
    .map((penalty) => ({ ...choiceOf(setPenalty, context, { ...target, penalty }), id: `queue.penalty.${penalty}` }));
  return grouped(pauses, weights, [choiceOf(removeMember, context, target)]);
}

/** A room, with all who are in it. */
export function conferenceChoices(name: string, context: ActionContext): Groups {
  const locked = context.mirror.get('conferences', name)?.locked;
  const invite: Choice = {
    id: 'conference.invite',
    icon: UserPlus,
    label: 'Invite somebody…',
    reason: mayNot(context, 'conference') ?? (locked ? `Conference ${name} is locked.` : null),
    keys: null,
    run: () => menus.set({ picker: { kind: 'invite', conference: name } }),
  };
  return grouped([invite, choiceOf(toggleLock, context, name)], [choiceOf(endRoom, context, name)]);
}

/** A call on a trunk. */
export function trunkChoices({ trunk, uniqueid }: Extract<Subject, { kind: 'trunk' }>, context: ActionContext): Groups {
  const channel = context.mirror.get('trunks', trunk)?.channels.find((one) => one.uniqueid === uniqueid);
  if (!channel) return [];
  const who = partyText(channel.party);
  const hangUp: Choice = {
    id: 'call.hangup',
    icon: PhoneOff,
    label: `Hang up ${who}`,
    reason: mayNot(context, 'hangup', { extensions: [] }),
    keys: null,
    run: () =>
      void send(context, 'call.hangup', { uniqueid }, { on: uniqueid, refused: `The call with ${who} was not ended` }),
  };
  return grouped([hangUp]);
}
