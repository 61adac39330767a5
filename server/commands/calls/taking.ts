import { redirect } from '../../ami/actions';
import type { AmiPort } from '../../ami/types';
import type { Failure } from '../../protocol/errors';
import type { Actor } from '../actor';
import type { Handler } from '../executor';
import { fail } from '../failures';
import type { Leg, ModelPort } from '../model-port';
import type { Claims } from './claims';
import { findLeg, nameOf } from './legs';
import { mustExist } from './numbers';
import { type Phone, phoneOf } from './phones';
import { isFailure, planned, unlessGone } from './plan';

interface Take {
  /** The leg of the caller, who is sent to the phone. */
  readonly caller: Leg;
  readonly phone: Phone;
}

/** The caller is sent, so that the phones that ring stop at once, and shows as who they are. */
async function send({ caller, phone }: Take, claims: Claims, ami: AmiPort, actor: Actor, now: number) {
  const { uniqueid } = caller.channel;
  await claims.during(uniqueid, actor, now, async () => {
    await mustExist(ami, phone.context, phone.number);
    await unlessGone(redirect(ami, uniqueid, { context: phone.context, exten: phone.number }));
  });
  return { remark: nameOf(caller) };
}

/** `call.pickup {uniqueid, extension}`: the caller rings at `extension` instead. 409: nobody rings there, or somebody else takes it. */
export function pickupHandler(claims: Claims): Handler<'call.pickup'> {
  return planned({
    target: ({ uniqueid, extension }) => `${uniqueid} → ${extension}`,
    plan: ({ uniqueid, extension }, _actor, model): Take | Failure => {
      const leg = findLeg(uniqueid, model);
      if (isFailure(leg)) return leg;
      const caller = leg.state === 'ringing' ? callerOf(leg, model) : leg;
      if (isFailure(caller)) return caller;
      if (!canBePickedUp(caller, model)) return fail('conflict', `The call of ${nameOf(caller)} does not ring.`);
      if (caller.channel.extension === extension) {
        return fail('conflict', `Extension ${extension} is the caller.`, 'extension');
      }
      if (leg.state === 'ringing' && leg.channel.extension === extension) {
        return fail('conflict', `The call rings at extension ${extension} already.`, 'extension');
      }
      const phone = phoneOf(extension, model);
      return isFailure(phone) ? phone : { caller, phone };
    },
    act: (plan, { ami, actor, now }) => send(plan, claims, ami, actor, now()),
  });
}

/** `queue.take {uniqueid, extension}`: a caller who waits, chosen out of turn. */
export function queueTakeHandler(claims: Claims): Handler<'queue.take'> {
  return planned({
    target: ({ uniqueid, extension }) => `${uniqueid} → ${extension}`,
    plan: ({ uniqueid, extension }, _actor, model): Take | Failure => {
      const caller = findLeg(uniqueid, model);
      if (isFailure(caller)) return caller;
      if (caller.state !== 'queued') return fail('conflict', `The caller (${nameOf(caller)}) waits in no queue.`);
      const phone = phoneOf(extension, model);
      return isFailure(phone) ? phone : { caller, phone };
    },
    act: (plan, { ami, actor, now }) => send(plan, claims, ami, actor, now()),
  });
}

/** Who rings this phone. */
function callerOf(ringing: Leg, model: ModelPort): Leg | Failure {
  const [caller] = ringing.peers.flatMap((peer) => model.leg(peer) ?? []);
  return caller ?? fail('conflict', `Nobody is calling ${nameOf(ringing)} yet: the panel rings it.`, 'uniqueid');
}

function canBePickedUp({ state, peers }: Leg, model: ModelPort): boolean {
  if (state === 'queued') return true;
  // A call to the outside rings there; it is nobody's to pick up.
  const rings = (peer: string) => model.leg(peer)?.state === 'ringing' && model.leg(peer)?.channel.extension !== null;
  return state === 'dialing' && peers.some(rings);
}
