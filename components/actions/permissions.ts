import type { GroupKind, Limit } from '@/server/protocol/groups';
import type { Permission } from '@/server/protocol/permissions';
import type { ActionContext } from './action';

/** Whose is one's own is chosen in the account, by those who may. */
const noExtension = 'No extension is set for you: choose yours in your account, or ask an administrator.';

export type Feature = 'dnd' | 'forward' | 'presence';

const features: Readonly<Record<Feature, string>> = {
  dnd: 'do not disturb',
  forward: 'forwarding',
  presence: 'presence',
};

/** Enough for one's own extension, or for a call in which one's own phone takes part. */
const own: Readonly<Partial<Record<Permission, Permission>>> = {
  dnd: 'dndself',
  forward: 'forwardself',
  presence: 'presenceself',
  hangup: 'hangupself',
  record: 'recordself',
  queuemanager: 'queueagent',
};

/** What each permission lets one do, as it stands after "Your account may not …". */
const deeds: Readonly<Partial<Record<Permission, string>>> = {
  dial: 'make calls',
  hangup: 'hang up calls',
  transfer: 'transfer calls',
  transferexternal: 'transfer calls to the outside',
  pickup: 'pick up calls',
  park: 'park calls',
  spy: 'listen to calls',
  record: 'record calls',
  conference: 'lead conferences',
  queuemanager: 'manage queues',
  callhistory: 'see earlier calls or write notes',
  admin: 'change settings',
};

/** What is acted on: the extensions that take part, the queue and the room, as far as there are any. */
export interface Reach {
  readonly extensions?: readonly (string | null)[];
  readonly queue?: string | null;
  readonly conference?: string;
}

/** Why this user may not do that to it, in one sentence; null when they may. `reach` unset: it acts on nobody in particular. */
export function mayNot(context: ActionContext, permission: Permission, reach?: Reach): string | null {
  const { me, away } = context;
  if (away) return away;
  const deed = deeds[permission] ?? 'do this';
  const isOwn = me?.extension != null && (reach?.extensions?.includes(me.extension) ?? false);
  const limit = me?.limits[permission];
  const has = me?.permissions.includes(permission) ?? false;
  if (has && (!limit || !reach || isOwn || within(context, limit, reach))) return null;
  const less = own[permission];
  if (less && me?.permissions.includes(less)) return mayNotForOneself(context, less, isOwn, reach);
  if (has && limit) return onlyFor(deed, limit);
  return `Your account may not ${deed}.`;
}

/** A right for oneself may be limited too: to log in to the queues of some groups. */
function mayNotForOneself({ me }: ActionContext, less: Permission, isOwn: boolean, reach?: Reach): string | null {
  const limit = me?.limits[less];
  const some = !limit || !reach?.queue || less !== 'queueagent' || names(limit, 'queues', reach.queue);
  if (!reach || (isOwn && some)) return null;
  if (isOwn && limit) return onlyFor('do this', limit);
  return me?.extension ? 'You may do this for your own extension only.' : noExtension;
}

/** In the server's words: "You may pick up calls of Sales only." */
function onlyFor(deed: string, { groups }: Limit): string {
  if (groups.length === 0) return 'You may do this for yourself only.';
  const last = groups.at(-1) ?? '';
  const named = groups.length < 2 ? last : `${groups.slice(0, -1).join(', ')} and ${last}`;
  return `You may ${deed} ${deed.includes('calls') ? 'of' : 'for'} ${named} only.`;
}

/** Somebody of the limit takes part. */
function within({ mirror }: ActionContext, limit: Limit, { extensions = [], queue, conference }: Reach): boolean {
  if (queue && names(limit, 'queues', queue)) return true;
  if (conference && names(limit, 'conferences', conference)) return true;
  return extensions.some((number) => {
    if (number === null) return false;
    const group = mirror.get('extensions', number)?.group;
    return names(limit, 'extensions', number) || (group != null && limit.departments.includes(group));
  });
}

function names(limit: Limit, kind: GroupKind, key: string): boolean {
  return limit.all.includes(kind) || limit[kind].includes(key);
}

/** Why this user cannot set the feature of that extension now, in one sentence; null when they can. */
export function mayNotSet(context: ActionContext, feature: Feature, number: string): string | null {
  const { me, away } = context;
  if (away) return away;
  if (me?.permissions.includes(feature)) {
    const limit = me.limits[feature];
    if (!limit || me.extension === number || within(context, limit, { extensions: [number] })) return null;
    return onlyFor(`change ${features[feature]}`, limit);
  }
  const less = own[feature];
  if (!less || !me?.permissions.includes(less)) return `Your account may look, but not change ${features[feature]}.`;
  if (!me.extension) return noExtension;
  return me.extension === number ? null : `Your account may change ${features[feature]} of your own extension only.`;
}

/** The same for several people: the first reason there is. */
export function mayNotSetAll(context: ActionContext, feature: Feature, numbers: readonly string[]): string | null {
  for (const number of numbers) {
    const reason = mayNotSet(context, feature, number);
    if (reason !== null) return reason;
  }
  return null;
}

/** One's own extension, or why there is none to act for. */
export function ownExtension({ me, mirror }: ActionContext): { number: string } | { reason: string } {
  const number = me?.extension;
  if (!number) return { reason: noExtension };
  if (!mirror.get('extensions', number)) return { reason: `Your extension ${number} is not on this PBX.` };
  return { number };
}

/** Why one's own phone cannot be made to ring; null when it can. */
export function noOwnPhone(context: ActionContext): string | null {
  const found = ownExtension(context);
  if ('reason' in found) return found.reason;
  const phone = context.mirror.get('extensions', found.number);
  return phone?.state === 'unavailable' ? `Your phone ${found.number} is not connected.` : null;
}

/** Whether a number is one of this PBX, as far as the panel knows: a person, a queue, a lot or a room. */
export function isInside({ mirror }: ActionContext, number: string): boolean {
  const { records } = mirror;
  if (records.get('extensions', number) || records.get('queues', number) || records.get('conferences', number)) {
    return true;
  }
  for (const { spaces } of records.map('parking').values()) {
    if (spaces && number.length === spaces.first.length && number >= spaces.first && number <= spaces.last) return true;
  }
  return false;
}

/** Emergency numbers are never stopped; which they are the server knows, so the short ones are left to it. */
const shortNumber = 5;

/** Who stopped the calls to the outside, in words; null: they run, or the number is one of the house. */
export function outsideStopped(context: ActionContext, number: string): string | null {
  const stopped = context.mirror.records.map('pbx').values().next().value?.outsideStopped;
  if (!stopped || number.length <= shortNumber || isInside(context, number)) return null;
  return `Calls to the outside were stopped by ${stopped.by}.`;
}
