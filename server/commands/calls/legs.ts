import type { Failure } from '../../protocol/errors';
import type { LineState } from '../../protocol/records';
import type { Actor } from '../actor';
import { fail } from '../failures';
import type { Leg, ModelPort } from '../model-port';

/** A person or line in words: `extension 101`, or `PJSIP/carrier` for a leg of a trunk. */
export function nameOf({ channel }: Leg): string {
  if (channel.extension !== null) return `extension ${channel.extension}`;
  const device = channel.name.slice(0, Math.max(0, channel.name.lastIndexOf('-'))) || channel.name;
  // Some drivers go on with the number that is called, which not everybody may know: DAHDI/i1/0301234-5.
  return device.split('/').slice(0, 2).join('/');
}

export const callOver = fail('notFound', 'This call is over, or there never was one.', 'uniqueid');

/** The leg, or why nothing can be done to it. */
export function findLeg(uniqueid: string, model: ModelPort): Leg | Failure {
  const leg = model.leg(uniqueid);
  if (leg === undefined) return callOver;
  if (leg.call === null || leg.state === null) {
    return fail('conflict', `The leg of ${nameOf(leg)} is not part of a call.`, 'uniqueid');
  }
  return leg;
}

const why: Readonly<Partial<Record<LineState, string>>> = {
  ringing: 'still rings; name the leg of its caller',
  conference: 'is in a conference',
  parked: 'is parked',
  queued: 'waits in a queue',
  dialing: 'is not connected yet',
  service: 'talks to nobody',
};

/**
 * The leg that an operator sends elsewhere: it is there, in one of `states`, and never the operator's own while the other
 * party is there, which would take the call from the wrong one.
 */
export function movableLeg(
  uniqueid: string,
  states: readonly LineState[],
  actor: Actor,
  model: ModelPort,
): Leg | Failure {
  const leg = findLeg(uniqueid, model);
  if (!('channel' in leg)) return leg;
  const others = leg.peers.flatMap((peer) => model.leg(peer) ?? []);
  if (actor.extension !== null && leg.channel.extension === actor.extension && others.length > 0) {
    const meant = others.map((other) => `${nameOf(other)} (${other.channel.uniqueid})`).join(' or ');
    return fail('conflict', `This is your own leg of the call; the other one is that of ${meant}.`, 'uniqueid');
  }
  if (leg.state !== null && states.includes(leg.state)) return leg;
  return fail('conflict', `The leg of ${nameOf(leg)} ${why[leg.state ?? 'service'] ?? 'cannot be moved now'}.`);
}
