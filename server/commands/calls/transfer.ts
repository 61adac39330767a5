import { redirect } from '../../ami/actions';
import { hasExtension } from '../../ami/call-actions';
import type { AmiPort } from '../../ami/types';
import type { CommandParams } from '../../protocol/commands';
import type { Failure } from '../../protocol/errors';
import type { NumberRules } from '../../protocol/number-rules';
import type { LineState } from '../../protocol/records';
import { unknownExtension } from '../availability';
import type { CommandContext, Done, Handler } from '../executor';
import { fail } from '../failures';
import type { Leg, ModelPort } from '../model-port';
import { consult, consultable, operatorLeg, partyAt, partyOf, wayBack } from './consult';
import { callOver, movableLeg, nameOf } from './legs';
import { dialledAs } from './named-places';
import { isOutside, mustExist, whyNotDial } from './numbers';
import { contextOf } from './phones';
import { isFailure, planned, refuse, unlessGone } from './plan';
import { patienceMs } from './transfer-acts';
import type { Transfers } from './transfers';

/** A caller may be sent on before anybody answered, out of a queue or a menu; a phone that rings has no call to send. */
const transferable: readonly LineState[] = ['talking', 'held', 'onHold', 'dialing', 'queued', 'parked', 'service'];

/** Where mailboxes are reached, FreePBX's own way first; `{n}` is the number of the extension. */
const mailboxes = [
  { context: 'ext-local', exten: 'vmu{n}' },
  { context: 'from-internal', exten: 'vmu{n}' },
] as const;

type Params = CommandParams<'call.transfer'>;

interface Plan {
  readonly leg: Leg;
  /** Who asks first; null: nobody does. */
  readonly own: Leg | null;
  readonly context: string;
}

/**
 * `call.transfer {uniqueid, to, mode}`: the leg goes where `to` leads for the one who transfers it; the phone it talked to
 * is free again, or with `attended` asks there first. Errors: 400 a number the rules forbid, 404 the call is over, 409 the
 * wrong leg, one that cannot move, or one that another operator is transferring.
 */
export function transferHandler(rules: () => NumberRules, transfers: Transfers): Handler<'call.transfer'> {
  return planned({
    target: ({ uniqueid, to }) => `${uniqueid} → ${to}`,
    plan: (params, actor, model): Plan | Failure => {
      const { uniqueid, to, mode } = params;
      if (model.leg(uniqueid) === undefined) return callOver;
      const running = transfers.of(uniqueid);
      const taken = running === undefined ? null : transfers.whyNotBegin(running, actor);
      if (taken !== null) return taken;
      const leg = movableLeg(uniqueid, mode === 'attended' ? consultable : transferable, actor, model);
      if (isFailure(leg)) return leg;
      const objection = mode === 'voicemail' ? noMailbox(to, model) : whyNotDial(to, rules(), model, 'to');
      if (objection !== null) return objection;
      if (mode !== 'voicemail' && leg.channel.extension === to) {
        return fail('conflict', `This is the leg of extension ${to} itself.`, 'to');
      }
      const own = mode === 'attended' ? operatorLeg(leg, model) : null;
      if (own !== null && isFailure(own)) return own;
      if (own?.channel.extension === to) return fail('conflict', `Extension ${to} talks to them already.`, 'to');
      return { leg, own, context: contextOf(model.extension(actor.extension ?? leg.channel.extension ?? '')) };
    },
    act: (plan, context, params) => {
      const { leg, own } = plan;
      if (own !== null) return consult({ leg, own, to: partyAt(params.to, context.model) }, transfers, context);
      return params.mode === 'voicemail' ? leave(plan, context, params) : send(plan, context, params);
    },
  });

  async function leave(plan: Plan, context: CommandContext, params: Params): Promise<Done> {
    const done = await toMailbox(plan, context, params);
    const before = transfers.of(params.uniqueid);
    if (before !== undefined) transfers.end(before);
    return done;
  }

  async function send({ leg, context }: Plan, commanded: CommandContext, { to, mode }: Params): Promise<Done> {
    const { ami, actor, model } = commanded;
    const { uniqueid } = leg.channel;
    const exten = await dialledAs(ami, context, to, model);
    await mustExist(ami, context, exten);
    const extension = actor.extension ?? ownExtension(leg, model);
    const wanted = {
      mode: 'blind',
      state: 'transferred',
      caller: uniqueid,
      own: leg.peers[0] ?? null,
      party: partyOf(leg, model),
      to: partyAt(to, model),
      extension,
      context,
      // By itself a caller comes back to whom they were transferred by alone, never to somebody else's phone.
      back: wayBack(actor.extension === leg.channel.extension ? null : actor.extension, model),
      patience: isOutside(to, rules(), model) ? patienceMs.outside : patienceMs.inside,
    } as const;
    const guarded = ringsPerson(leg, to, model) && (await transfers.acts.room.exists(ami));
    await transfers.begin(actor, wanted, async (running) => {
      if (guarded) await unlessGone(transfers.acts.send(running, ami));
      else await unlessGone(redirect(ami, uniqueid, { context, exten }));
    });
    return { remark: `${mode}, ${nameOf(leg)}` };
  }
}

/**
 * One person's phone rings for somebody who talked: they wait for the answer, and are not lost when there is none. A queue,
 * a menu or the outside needs the caller's own channel, and so does who waits or rings themselves.
 */
function ringsPerson({ state, peers }: Leg, to: string, model: ModelPort): boolean {
  return state !== null && consultable.includes(state) && peers.length === 1 && model.callee(to) !== undefined;
}

/** The extension that talked to this leg. */
function ownExtension(leg: Leg, model: ModelPort): string | null {
  const [own, ...more] = leg.peers;
  return own === undefined || more.length > 0 ? null : (model.leg(own)?.channel.extension ?? null);
}

async function toMailbox({ leg }: Plan, { ami }: CommandContext, { to, mode }: Params): Promise<Done> {
  const place = await mailbox(ami, to);
  await unlessGone(redirect(ami, leg.channel.uniqueid, place));
  return { remark: `${mode}, ${nameOf(leg)}` };
}

function noMailbox(number: string, model: ModelPort) {
  const unknown = unknownExtension(number, model);
  if (unknown !== null) return { ...unknown, field: 'to' };
  if (model.callee(number)?.mailbox) return null;
  return fail('conflict', `Extension ${number} has no mailbox.`, 'to');
}

async function mailbox(ami: AmiPort, number: string): Promise<{ context: string; exten: string }> {
  for (const { context, exten } of mailboxes) {
    const place = { context, exten: exten.replace('{n}', number) };
    if (await hasExtension(ami, place.context, place.exten)) return place;
  }
  return refuse(fail('conflict', 'The dialplan of the PBX has no way to a mailbox (vmu… in ext-local).'));
}
