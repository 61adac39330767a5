import type { Failure } from '../protocol/errors';
import type { Limit } from '../protocol/groups';
import type { Permission } from '../protocol/permissions';
import type { Actor } from './actor';
import { whyUnmonitored } from './discretion';
import { fail } from './failures';
import { names } from './limits';
import type { ModelPort } from './model-port';
import type { Need } from './needs';
import { holds, type Reached, reaches, type Target } from './reach';

/** Why this actor may not do what needs all that, in words; null: they may. The one place that decides it. */
export function whyForbidden(needs: readonly Need[], actor: Actor, model: ModelPort): Failure | null {
  for (const need of needs) {
    const failure = lacks(need, actor, model);
    if (failure !== null) return failure;
  }
  return whyUnmonitored(needs, actor, model);
}

function lacks({ permission, own, targets }: Need, actor: Actor, model: ModelPort): Failure | null {
  const has = holds(actor, permission);
  const limit = actor.limits[permission];
  if (has && limit === undefined) return null;
  const reached = has && limit !== undefined ? all(targets, (one) => reaches(limit, one, actor, model)) : false;
  if (reached === true) return null;
  const hasOwn = own !== undefined && holds(actor, own);
  const mine = hasOwn ? all(targets, (one) => isOwn(one, actor.limits[own], actor, model)) : false;
  if (mine === true) return null;
  if (reached === 'unknown' || mine === 'unknown') return overOrGone(targets);
  if (has && limit !== undefined) return fail('forbidden', onlyFor(permission, limit, targets));
  if (!hasOwn) return fail('forbidden', 'You do not have the permission for this.');
  const words = actor.limits[own] ? onlyFor(own, actor.limits[own], targets) : ownOnly;
  return fail('forbidden', words);
}

const ownOnly = 'You may do this for your own extension only.';

function overOrGone(targets: readonly Target[]): Failure {
  const room = targets.find((one) => one.kind === 'conference');
  if (room !== undefined) return fail('notFound', `There is no conference ${room.name}.`, 'conference');
  return fail('notFound', 'This call is over, or there never was one.', 'uniqueid');
}

/** The strictest answer of all; of no targets: it holds. */
function all(targets: readonly Target[], reached: (one: Target) => Reached): Reached {
  const answers = targets.map(reached);
  if (answers.includes(false)) return false;
  return answers.includes('unknown') ? 'unknown' : true;
}

/** A right for oneself may be limited too: to log in to the queues of some groups. */
function isOwn(target: Target, limit: Limit | undefined, actor: Actor, model: ModelPort): Reached {
  const mine = reaches(null, target, actor, model);
  if (mine !== true || limit === undefined || target.kind !== 'member') return mine;
  return names(limit, 'queues', target.queue);
}

const deeds: Readonly<Partial<Record<Permission, string>>> = {
  dial: 'call',
  hangup: 'hang up',
  hangupself: 'hang up',
  transfer: 'transfer',
  transferexternal: 'transfer to the outside',
  pickup: 'pick up',
  park: 'park',
  spy: 'listen to',
  record: 'record',
  recordself: 'record',
};

/** "You may transfer calls of Sales only." */
function onlyFor(permission: Permission, { groups }: Limit, targets: readonly Target[]): string {
  const whose = groups.length === 0 ? null : listed(groups);
  const kind = targets[0]?.kind;
  const deed = deeds[permission];
  if (deed !== undefined && permission !== 'dial' && (kind === 'leg' || kind === 'transfer' || targets.length > 1)) {
    return whose === null ? `You may ${deed} your own calls only.` : `You may ${deed} calls of ${whose} only.`;
  }
  if (kind === 'member') {
    return whose === null ? ownOnly : `You may do this in queues and for people of ${whose} only.`;
  }
  if (kind === 'conference') {
    const present = whose === null ? 'you take part yourself' : `somebody of ${whose} takes part`;
    return `You may lead conferences only where ${present}.`;
  }
  return whose === null ? ownOnly : `You may do this for ${whose} only.`;
}

function listed(names: readonly string[]): string {
  if (names.length > 4) return `${names.slice(0, 3).join(', ')} and ${names.length - 3} more groups`;
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
