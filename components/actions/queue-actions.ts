import { HandGrab, LogIn, LogOut, Pause, Play, UserMinus, Weight } from 'lucide-react';
import type { Party, QueueMember } from '@/server/protocol/records';
import { partyText } from '../extensions/status';
import type { Action, ActionContext } from './action';
import { whoIs } from './call-words';
import { mayNot, noOwnPhone, ownExtension } from './permissions';
import { send } from './send';

/** Somebody who waits: the name of the queue, and the leg. */
export interface Waiting {
  readonly queue: string;
  readonly uniqueid: string;
  readonly party: Party;
}

export interface Member {
  readonly queue: string;
  readonly extension: string;
}

export function labelOf({ mirror }: ActionContext, queue: string): string {
  return mirror.get('queues', queue)?.label ?? queue;
}

export function memberOf({ mirror }: ActionContext, { queue, extension }: Member): QueueMember | undefined {
  return mirror.get('queues', queue)?.members.find((member) => member.extension === extension);
}

/** To one's own phone, out of turn. */
export const takeWaiting: Action<Waiting> = {
  id: 'queue.take',
  icon: HandGrab,
  section: 'Queues',
  label: (context, { party, queue }) => `Take ${partyText(party)} from ${labelOf(context, queue)}`,
  blocked: (context, { queue, uniqueid, party }) => {
    const reason = mayNot(context, 'pickup', { queue }) ?? noOwnPhone(context);
    if (reason) return reason;
    const waits = context.mirror.get('queues', queue)?.callers.some((caller) => caller.uniqueid === uniqueid);
    return waits ? null : `${partyText(party)} waits no longer.`;
  },
  run: (context, { uniqueid, party }) => {
    const own = ownExtension(context);
    if ('reason' in own) return;
    void send(
      context,
      'queue.take',
      { uniqueid, extension: own.number },
      {
        on: uniqueid,
        refused: `${partyText(party)} was not taken`,
      },
    );
  },
};

function mayNotManage(context: ActionContext, { queue, extension }: Member): string | null {
  const reason = mayNot(context, 'queuemanager', { extensions: [extension], queue });
  return reason ?? (context.mirror.get('queues', queue) ? null : `There is no queue ${queue}.`);
}

/** In the PBX's own configuration, which no command changes. */
function isStatic(member: QueueMember | undefined): boolean {
  return member !== undefined && member.membership !== 'dynamic';
}

/** Who is in goes out, who is not comes in. */
export const toggleMember: Action<Member> = {
  id: 'queue.member',
  icon: LogIn,
  section: 'Queues',
  label: (context, target) => {
    const { queue, extension } = target;
    const inside = memberOf(context, target) !== undefined;
    if (extension === context.me?.extension) return `Log ${inside ? 'out of' : 'in to'} ${labelOf(context, queue)}`;
    const who = whoIs(context, extension);
    return inside ? `Take ${who} out of ${labelOf(context, queue)}` : `Add ${who} to ${labelOf(context, queue)}`;
  },
  blocked: (context, target) => {
    const reason = mayNotManage(context, target);
    if (reason) return reason;
    if (!isStatic(memberOf(context, target))) return null;
    return `${whoIs(context, target.extension)} is a member by the PBX's configuration.`;
  },
  run: (context, target) => {
    const inside = memberOf(context, target) !== undefined;
    const { queue, extension } = target;
    void send(
      context,
      inside ? 'queue.remove' : 'queue.add',
      { queue, extension },
      {
        on: `${queue} ${extension}`,
        refused: `${whoIs(context, extension)} was not ${inside ? 'taken out of' : 'added to'} ${labelOf(context, queue)}`,
      },
    );
  },
};

export const removeMember: Action<Member> = {
  ...toggleMember,
  id: 'queue.remove',
  icon: UserMinus,
  blocked: (context, target) =>
    memberOf(context, target) ? (toggleMember.blocked?.(context, target) ?? null) : notMember(context, target),
};

function notMember(context: ActionContext, { queue, extension }: Member): string {
  return `${whoIs(context, extension)} is not in ${labelOf(context, queue)}.`;
}

/** `reason`: shown beside the pause; unset: none. Who is paused goes on. */
export const togglePause: Action<Member & { readonly reason?: string }> = {
  id: 'queue.pause',
  icon: Pause,
  section: 'Queues',
  label: (context, target) => {
    const { queue, extension, reason } = target;
    const who = extension === context.me?.extension ? 'me' : whoIs(context, extension);
    if (memberOf(context, target)?.paused) return `End the pause of ${who} in ${labelOf(context, queue)}`;
    return `Pause ${who} in ${labelOf(context, queue)}${reason ? `: ${reason}` : ''}`;
  },
  blocked: (context, target) =>
    mayNotManage(context, target) ?? (memberOf(context, target) ? null : notMember(context, target)),
  run: (context, target) => {
    const { queue, extension, reason } = target;
    const on = !memberOf(context, target)?.paused;
    void send(
      context,
      'queue.pause',
      { queue, extension, on, ...(on && reason ? { reason } : {}) },
      {
        on: `${queue} ${extension}`,
        refused: `${whoIs(context, extension)} was not ${on ? 'paused' : 'taken out of the pause'}`,
      },
    );
  },
};

export const setPenalty: Action<Member & { readonly penalty: number }> = {
  id: 'queue.penalty',
  icon: Weight,
  section: 'Queues',
  label: (_, { penalty }) => `Penalty ${penalty}`,
  blocked: (context, target) =>
    mayNotManage(context, target) ?? (memberOf(context, target) ? null : notMember(context, target)),
  run: (context, { queue, extension, penalty }) =>
    void send(
      context,
      'queue.penalty',
      { queue, extension, penalty },
      {
        on: `${queue} ${extension}`,
        refused: `The penalty of ${whoIs(context, extension)} was not changed`,
      },
    ),
};

function forMe<T extends Member>(
  action: Action<T>,
  id: string,
  icon: Action['icon'],
  more: object = {},
): Action<string> {
  const target = (context: ActionContext, queue: string) =>
    ({ queue, extension: context.me?.extension ?? '', ...more }) as unknown as T;
  return {
    id,
    icon,
    section: 'Queues',
    label: (context, queue) => action.label(context, target(context, queue)),
    blocked: (context, queue) => {
      const own = ownExtension(context);
      return 'reason' in own ? own.reason : (action.blocked?.(context, target(context, queue)) ?? null);
    },
    run: (context, queue) => action.run(context, target(context, queue)),
  };
}

/** One's own membership; the target is the name of the queue. */
export const logMeIn = forMe(toggleMember, 'queue.me', LogOut);
export const pauseMe = forMe(togglePause, 'queue.pauseMe', Play);

/** Reasons that are offered; any other can be given by command. */
export const pauseReasons = ['Lunch', 'Break', 'Wrap-up', 'Meeting'] as const;
