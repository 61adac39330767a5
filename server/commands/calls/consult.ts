import type { AmiPort } from '../../ami/types';
import type { CommandName, CommandParams } from '../../protocol/commands';
import type { Failure } from '../../protocol/errors';
import type { LineState, Party } from '../../protocol/records';
import type { Actor } from '../actor';
import type { CommandContext, Done, Handler } from '../executor';
import { fail } from '../failures';
import type { Leg, ModelPort } from '../model-port';
import { nameOf } from './legs';
import { mustExist } from './numbers';
import { contextOf, phoneOf } from './phones';
import { isFailure, planned, refuse, unlessGone } from './plan';
import { lineOf } from './transfer-lines';
import { named } from './transfer-words';
import type { Running, Transfers } from './transfers';

/** Somebody can be asked about whom one talks to, on whatever side the hold is. */
export const consultable: readonly LineState[] = ['talking', 'held', 'onHold'];

/** Names become an argument of the next action: nothing in them may mean more than one channel. */
const plainName = /^[A-Za-z0-9]+\/[A-Za-z0-9@.:_+/-]{1,120}$/;

/** The operator's own leg, who asks while the caller waits; or why nobody can. */
export function operatorLeg(caller: Leg, model: ModelPort): Leg | Failure {
  const [peer, ...more] = caller.peers;
  const own = peer === undefined ? undefined : model.leg(peer);
  if (own === undefined || more.length > 0) {
    return fail('conflict', `Nobody talks to ${nameOf(caller)} who could ask first.`, 'uniqueid');
  }
  if ([caller, own].every(({ channel }) => plainName.test(channel.name))) return own;
  return fail('conflict', 'The panel cannot name the channels of this call safely.', 'uniqueid');
}

/** Whom the transferred leg stands for, as the operator's extension shows them. */
export function partyOf(leg: Leg, model: ModelPort): Party {
  const { extension } = leg.channel;
  if (extension !== null) return { number: extension, name: model.callee(extension)?.name ?? '' };
  for (const peer of leg.peers) {
    const number = model.leg(peer)?.channel.extension ?? null;
    const shown = number === null ? undefined : model.callee(number)?.calls.find((one) => one.uniqueid === peer);
    if (shown !== undefined) return shown.party;
  }
  return leg.call?.from ?? { number: '', name: '' };
}

/** Whom a number stands for. */
export function partyAt(number: string, model: ModelPort): Party {
  return { number, name: model.callee(number)?.name ?? model.queue(number)?.label ?? '' };
}

/** Where the caller rings when they come back to this extension; null: no phone there that can ring. */
export function wayBack(number: string | null, model: ModelPort): Running['back'] {
  if (number === null) return null;
  const phone = phoneOf(number, model);
  return isFailure(phone) ? null : { context: phone.context, exten: number };
}

export interface Consultation {
  readonly leg: Leg;
  readonly own: Leg;
  readonly to: Party;
}

/** Begins to ask: the caller waits, the operator's phone stays on the line, the one who is asked is rung. */
export async function consult(
  { leg, own, to }: Consultation,
  transfers: Transfers,
  { ami, actor, model }: CommandContext,
): Promise<Done> {
  const extension = own.channel.extension ?? actor.extension;
  const context = contextOf(model.extension(actor.extension ?? own.channel.extension ?? ''));
  await mustExist(ami, context, to.number);
  await transfers.acts.room.places(ami);
  const wanted = {
    mode: 'attended',
    state: 'ringing',
    caller: leg.channel.uniqueid,
    own: own.channel.uniqueid,
    party: partyOf(leg, model),
    to,
    extension,
    context,
    back: wayBack(extension, model),
    patience: null,
  } as const;
  const uniqueid = await transfers.begin(actor, wanted, (running) =>
    unlessGone(transfers.acts.ask(running, ami, lineOf(own.channel.uniqueid, model))),
  );
  return { remark: `attended, ${nameOf(leg)} waits`, data: { uniqueid } };
}

function seesTransfer({ record }: Running, actor: Actor, model: ModelPort): boolean {
  return actor.sees === undefined || [...model.transfers()].some(({ id }) => id === record.id);
}

type Steering = 'call.transfer.complete' | 'call.transfer.swap' | 'call.transfer.cancel';

/** A command to a running transfer: of its own operator alone, in turn, and from the state as it is then. */
function steering<N extends Steering & CommandName>(
  transfers: Transfers,
  steer: (running: Running, ami: AmiPort, model: ModelPort) => Promise<string>,
): Handler<N> {
  return planned<N, { running: Running }>({
    target: ({ uniqueid }: CommandParams<N>) => uniqueid,
    plan: ({ uniqueid }, actor: Actor, model) => {
      const running = transfers.of(uniqueid);
      if (running === undefined || !seesTransfer(running, actor, model))
        return fail('notFound', 'This call is not being transferred, or no longer.', 'uniqueid');
      return transfers.whyNot(running, actor) ?? { running };
    },
    act: async ({ running }, { ami, model }) => {
      const remark = await transfers.inTurn(running, async () => {
        if (!transfers.isRunning(running)) refuse(fail('conflict', 'This transfer is over already.'));
        return unlessGone(steer(running, ami, model));
      });
      return { remark };
    },
  });
}

/** `call.transfer.complete {uniqueid}`: caller and target, whether they answered or still ring; the operator is free. */
export function completeHandler(transfers: Transfers): Handler<'call.transfer.complete'> {
  return steering(transfers, async (running, ami) => {
    const { record } = running;
    switch (record.state) {
      case 'ringing':
        // The target goes on ringing, for the caller.
        await transfers.acts.leave(running, ami, transfers);
        return `before the answer, to ${named(record.to)}`;
      case 'talking':
      case 'swapped':
        await transfers.acts.complete(running, ami);
        transfers.end(running);
        return `to ${named(record.to)}`;
      default:
        return refuse(fail('conflict', `${named(record.party)} is on the way already.`));
    }
  });
}

/** `call.transfer.swap {uniqueid}`: the other one of the two, while the first waits. */
export function swapHandler(transfers: Transfers): Handler<'call.transfer.swap'> {
  return steering(transfers, async (running, ami) => {
    const { state, to, party } = running.record;
    if (state === 'ringing') return refuse(fail('conflict', `${named(to)} has not answered yet.`));
    if (state !== 'talking' && state !== 'swapped') return refuse(fail('conflict', 'There is only one to talk to.'));
    const next = state === 'talking' ? 'swapped' : 'talking';
    await transfers.acts.swap(running, ami, next);
    transfers.become(running, next);
    return `now with ${named(next === 'swapped' ? party : to)}`;
  });
}

/** `call.transfer.cancel {uniqueid}`: the caller back to the operator, whatever became of the transfer. */
export function cancelHandler(transfers: Transfers): Handler<'call.transfer.cancel'> {
  return steering(transfers, async (running, ami, model) => {
    const { state, party, extension } = running.record;
    const shown = named(party);
    switch (state) {
      case 'returning':
      case 'returned':
        return `${shown} comes back already`;
      case 'transferred': {
        if (extension === null) return refuse(fail('conflict', 'You have no extension that the caller could ring.'));
        const phone = phoneOf(extension, model);
        if (isFailure(phone)) return refuse(phone);
        running.back = { context: phone.context, exten: extension };
        transfers.become(running, 'returning');
        await transfers.acts.ringBack(running, ami);
        transfers.acts.cameBack(running);
        transfers.become(running, 'returned');
        return `${shown} rings at ${extension}`;
      }
      default:
        await transfers.acts.takeBack(running, ami, model);
        transfers.end(running);
        return `${shown} is back`;
    }
  });
}
