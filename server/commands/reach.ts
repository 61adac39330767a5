import type { Limit } from '../protocol/groups';
import type { Permission } from '../protocol/permissions';
import type { Actor } from './actor';
import type { Leg, ModelPort } from './model-port';

/** Whom a command touches, and whether a right that is limited to some reaches them. docs/permissions.md has the table. */

export type Target =
  /** A person, or a phone that is acted for. */
  | { readonly kind: 'extension'; readonly number: string }
  /** Everybody who takes part in the call of this leg. */
  | { readonly kind: 'leg'; readonly uniqueid: string }
  /** An extension in a queue. */
  | { readonly kind: 'member'; readonly queue: string; readonly extension: string }
  /** Everybody in a conference. */
  | { readonly kind: 'conference'; readonly name: string }
  /** A transfer under way, by the leg that is moved. */
  | { readonly kind: 'transfer'; readonly uniqueid: string };

/** `unknown`: there is no such thing, which the command itself says better. */
export type Reached = boolean | 'unknown';

/** Extensions and queues that something has to do with. */
export interface Involved {
  readonly extensions: readonly (string | null)[];
  readonly queues: readonly (string | null)[];
}

type Owner = Pick<Actor, 'extension'>;

/** Whether a limit holds for this extension: one's own, one that it names, or one of its departments. */
export function reachesExtension(
  number: string | null,
  limit: Limit | null,
  { extension: own }: Owner,
  model: Pick<ModelPort, 'extension'>,
): boolean {
  if (number === null) return false;
  if (number === own) return true;
  if (limit === null) return false;
  if (limit.extensions.includes(number)) return true;
  const department = limit.departments.length > 0 ? model.extension(number)?.group : null;
  return department != null && limit.departments.includes(department);
}

function reachesAny({ extensions, queues }: Involved, limit: Limit | null, actor: Owner, model: ModelPort): boolean {
  if (limit !== null && queues.some((name) => name !== null && limit.queues.includes(name))) return true;
  return extensions.some((number) => reachesExtension(number, limit, actor, model));
}

/** Whether a limit (null: nobody but oneself) reaches a target. */
export function reaches(limit: Limit | null, target: Target, actor: Owner, model: ModelPort): Reached {
  switch (target.kind) {
    case 'extension':
      return reachesExtension(target.number, limit, actor, model);
    case 'member':
      return reachesAny({ extensions: [target.extension], queues: [target.queue] }, limit, actor, model);
    case 'leg':
      return reachesLeg(target.uniqueid, limit, actor, model);
    case 'conference':
      return reachesConference(target.name, limit, actor, model);
    case 'transfer': {
      const under = [...model.transfers()].find(({ uniqueid }) => uniqueid === target.uniqueid);
      if (under !== undefined && reachesExtension(under.extension, limit, actor, model)) return true;
      const leg = reachesLeg(target.uniqueid, limit, actor, model);
      return leg === 'unknown' && under !== undefined ? false : leg;
    }
  }
}

function reachesLeg(uniqueid: string, limit: Limit | null, actor: Owner, model: ModelPort): Reached {
  const leg = model.leg(uniqueid);
  if (leg === undefined) return 'unknown';
  return reachesAny(involvedIn(leg, model), limit, actor, model);
}

/** Who takes part in the call of a leg; of a parked one, who parked it too. */
export function involvedIn(leg: Leg, model: ModelPort): Involved {
  const { uniqueid } = leg.channel;
  const legs = [uniqueid, ...leg.peers, ...(leg.call?.legs ?? [])];
  const extensions = legs.map((one) => model.leg(one)?.channel.extension ?? null);
  const parkedBy = leg.state === 'parked' ? parkerOf(uniqueid, model) : null;
  return { extensions: [...extensions, parkedBy], queues: [leg.call?.queue ?? null] };
}

function parkerOf(uniqueid: string, model: ModelPort): string | null {
  for (const { slots } of model.lots()) {
    const slot = slots.find((one) => one.uniqueid === uniqueid);
    if (slot !== undefined) return model.ownerOf(slot.parkedBy) ?? slot.parkedBy;
  }
  return null;
}

function reachesConference(name: string, limit: Limit | null, actor: Owner, model: ModelPort): Reached {
  const room = model.conference(name);
  if (room === undefined) return 'unknown';
  const present = room.participants.map(({ extension }) => extension);
  return reachesAny({ extensions: present, queues: [] }, limit, actor, model);
}

/** Whether this actor has a permission at all, for all or for some. */
export function holds(actor: Pick<Actor, 'permissions'>, permission: Permission): boolean {
  return actor.permissions.includes(permission);
}

/** Whether this actor may know the number of somebody outside with whom these have to do: theirs are always known. */
export function seesNumbers(actor: Actor, involved: Involved, model: ModelPort): boolean {
  if (actor.kind === 'token') return true;
  const limit = actor.limits.callernumbers;
  if (holds(actor, 'callernumbers') && limit === undefined) return true;
  return reachesAny(involved, limit ?? null, actor, model);
}

/** Whether a permission reaches what these extensions and queues have to do with, such as a call that is over. */
export function mayTouch(actor: Actor, permission: Permission, involved: Involved, model: ModelPort): boolean {
  if (!holds(actor, permission)) return false;
  const limit = actor.limits[permission];
  return limit === undefined || reachesAny(involved, limit, actor, model);
}
