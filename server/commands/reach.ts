import { isDiscreet } from '../protocol/discreet';
import type { Limit } from '../protocol/groups';
import type { Permission } from '../protocol/permissions';
import type { Actor } from './actor';
import { names, namesDepartment } from './limits';
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

/** Extensions, queues and places that something has to do with. */
export interface Involved {
  readonly extensions: readonly (string | null)[];
  readonly queues: readonly (string | null)[];
  readonly conferences?: readonly string[];
  /** Names of lots. */
  readonly parking?: readonly string[];
  /** Devices that are trunks. */
  readonly trunks?: readonly string[];
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
  if (names(limit, 'extensions', number)) return true;
  return limit.departments.length > 0 && namesDepartment(limit, model.extension(number)?.group);
}

/** Whether a limit holds for one of those. */
export function reachesAny(involved: Involved, limit: Limit | null, actor: Owner, model: ModelPort): boolean {
  const { extensions, queues, conferences = [], parking = [], trunks = [] } = involved;
  if (queues.some((name) => names(limit, 'queues', name))) return true;
  if (conferences.some((name) => names(limit, 'conferences', name))) return true;
  if (parking.some((name) => names(limit, 'parking', name))) return true;
  if (trunks.some((name) => names(limit, 'trunks', name))) return true;
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

export function reachesLeg(uniqueid: string, limit: Limit | null, actor: Owner, model: ModelPort): Reached {
  const leg = model.leg(uniqueid);
  if (leg === undefined) return 'unknown';
  return reachesAny(involvedIn(leg, model), limit, actor, model);
}

/** Who and what takes part in the call of a leg: where its legs are, and who parked it, too. */
export function involvedIn(leg: Leg, model: ModelPort): Involved {
  const { uniqueid } = leg.channel;
  const legs = [uniqueid, ...leg.peers, ...(leg.call?.legs ?? [])];
  const channels = legs.flatMap((one) => model.leg(one)?.channel ?? []);
  const parked = [...model.lots()].flatMap(({ lot, slots }) => {
    return slots.flatMap(({ uniqueid: one, parkedBy }) => (legs.includes(one) ? [{ lot, parkedBy }] : []));
  });
  const parkers = parked.map(({ parkedBy }) => model.ownerOf(parkedBy) ?? parkedBy);
  const rooms = [...model.conferences()].filter(({ participants }) => {
    return participants.some((one) => legs.includes(one.uniqueid));
  });
  return {
    extensions: [...channels.map(({ extension }) => extension), ...parkers],
    queues: [leg.call?.queue ?? null],
    conferences: rooms.map(({ name }) => name),
    parking: parked.map(({ lot }) => lot),
    trunks: channels.map(({ name }) => deviceOf(name)).filter((device) => model.isTrunk(device)),
  };
}

/** `PJSIP/carrier` of `PJSIP/carrier-0000001f`. */
export function deviceOf(channel: string): string {
  return channel.slice(0, Math.max(0, channel.lastIndexOf('-')));
}

function reachesConference(name: string, limit: Limit | null, actor: Owner, model: ModelPort): Reached {
  const room = model.conference(name);
  if (room === undefined) return 'unknown';
  const present = room.participants.map(({ extension }) => extension);
  return reachesAny({ extensions: present, queues: [], conferences: [name] }, limit, actor, model);
}

/** Whether this actor has a permission at all, for all or for some. */
export function holds(actor: Pick<Actor, 'permissions'>, permission: Permission): boolean {
  return actor.permissions.includes(permission);
}

/**
 * Whether this actor may know the number of somebody outside with whom these have to do: theirs are always known, those of
 * a discreet extension to itself alone.
 */
export function seesNumbers(actor: Actor, involved: Involved, model: ModelPort): boolean {
  if (actor.kind === 'token') return true;
  const isQuiet = (number: string | null) =>
    number !== null && number !== actor.extension && isDiscreet(model.callee(number));
  if (involved.extensions.some(isQuiet)) return false;
  const limit = actor.limits.callernumbers;
  if (holds(actor, 'callernumbers') && limit === undefined) return true;
  return reachesAny(involved, limit ?? null, actor, model);
}

/** Whether something is seen that these have to do with, such as a call that is over. */
export function seesAny(actor: Actor, involved: Involved, model: ModelPort): boolean {
  return actor.sees === undefined || reachesAny(involved, actor.sees, actor, model);
}

/** Whether it is seen, and a permission reaches it. */
export function mayTouch(actor: Actor, permission: Permission, involved: Involved, model: ModelPort): boolean {
  if (!holds(actor, permission) || !seesAny(actor, involved, model)) return false;
  const limit = actor.limits[permission];
  return limit === undefined || reachesAny(involved, limit, actor, model);
}
