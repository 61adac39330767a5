import { redirect } from '../../ami/actions';
import { hasExtension } from '../../ami/call-actions';
import type { AmiPort } from '../../ami/types';
import type { CommandParams } from '../../protocol/commands';
import type { NumberRules } from '../../protocol/number-rules';
import type { LineState } from '../../protocol/records';
import { unknownExtension } from '../availability';
import type { Handler } from '../executor';
import { fail } from '../failures';
import type { ModelPort } from '../model-port';
import { movableLeg, nameOf } from './legs';
import { isOutside, mustExist, whyNotDial } from './numbers';
import { contextOf } from './phones';
import { isFailure, planned, refuse, unlessGone } from './plan';

/** A caller may be sent on before anybody answered, out of a queue or a menu; a phone that rings has no call to send. */
const transferable: readonly LineState[] = ['talking', 'held', 'onHold', 'dialing', 'queued', 'parked', 'service'];

/** Where mailboxes are reached, FreePBX's own way first; `{n}` is the number of the extension. */
const mailboxes = [
  { context: 'ext-local', exten: 'vmu{n}' },
  { context: 'from-internal', exten: 'vmu{n}' },
] as const;

type Params = CommandParams<'call.transfer'>;

/** `transferexternal` for what leaves the house, by whichever mode. */
function needed({ mode, to }: Params, rules: NumberRules, model: ModelPort) {
  const outside = mode === 'external' || (mode === 'blind' && isOutside(to, rules, model));
  return outside ? 'transferexternal' : 'transfer';
}

/**
 * `call.transfer {uniqueid, to, mode}`: the leg goes where `to` leads for the one who transfers it; the phone it talked to
 * is free again. Errors: 400 a number the rules forbid, 404 the call is over, 409 the wrong leg, or one that cannot move.
 */
export function transferHandler(rules: () => NumberRules): Handler<'call.transfer'> {
  return planned({
    target: ({ uniqueid, to }) => `${uniqueid} → ${to}`,
    permits: (params, actor, model) => actor.permissions.includes(needed(params, rules(), model)),
    plan: (params, actor, model) => {
      const { uniqueid, to, mode } = params;
      const leg = movableLeg(uniqueid, transferable, actor, model);
      if (isFailure(leg)) return leg;
      const objection = mode === 'voicemail' ? noMailbox(to, model) : whyNotDial(to, rules(), model, 'to');
      if (objection !== null) return objection;
      if (mode === 'blind' && leg.channel.extension === to) {
        return fail('conflict', `This is the leg of extension ${to} itself.`, 'to');
      }
      return { leg, context: contextOf(model.extension(actor.extension ?? leg.channel.extension ?? '')) };
    },
    async act({ leg, context }, { ami }, { to, mode }) {
      const place = mode === 'voicemail' ? await mailbox(ami, to) : { context, exten: to };
      if (mode !== 'voicemail') await mustExist(ami, context, to);
      await unlessGone(redirect(ami, leg.channel.uniqueid, place));
      return { remark: `${mode}, ${nameOf(leg)}` };
    },
  });
}

function noMailbox(number: string, model: ModelPort) {
  const unknown = unknownExtension(number, model);
  if (unknown !== null) return { ...unknown, field: 'to' };
  if (model.extension(number)?.mailbox) return null;
  return fail('conflict', `Extension ${number} has no mailbox.`, 'to');
}

async function mailbox(ami: AmiPort, number: string): Promise<{ context: string; exten: string }> {
  for (const { context, exten } of mailboxes) {
    const place = { context, exten: exten.replace('{n}', number) };
    if (await hasExtension(ami, place.context, place.exten)) return place;
  }
  return refuse(fail('conflict', 'The dialplan of the PBX has no way to a mailbox (vmu… in ext-local).'));
}
