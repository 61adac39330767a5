import { Mail, Smartphone } from 'lucide-react';
import type { Action, ActionContext } from './action';
import { type CallTo, consultTo, transferTo } from './call-targets';
import { whoCalls, whoIs } from './call-words';
import { dial } from './person-calls';

/** What an administrator noted of a person: a mobile phone, an e-mail address. Only offered where there is one. */

function mobileOf({ mirror }: ActionContext, number: string): string | null {
  return mirror.get('extensions', number)?.external ?? null;
}

/** Why a number outside is not called is said as of any number; here there has to be one at all. */
function atMobile<T>(context: ActionContext, number: string, use: (mobile: string) => T, without: T): T {
  const mobile = mobileOf(context, number);
  return mobile === null ? without : use(mobile);
}

export const dialMobile: Action<string> = {
  id: 'extension.callMobile',
  icon: Smartphone,
  section: 'Call',
  label: (context, number) => `Call the mobile phone of ${whoIs(context, number)}`,
  blocked: (context, number) =>
    atMobile(context, number, (to) => dial.blocked?.(context, to) ?? null, noMobile(context, number)),
  run: (context, number) => atMobile(context, number, (to) => dial.run(context, to), undefined),
};

function noMobile(context: ActionContext, number: string): string {
  return `No mobile phone is known of ${whoIs(context, number)}.`;
}

function toMobile(id: string, way: Action<CallTo>, words: (caller: string, who: string) => string): Action<CallTo> {
  return {
    ...way,
    id,
    icon: Smartphone,
    label: (context, { call, to }) => words(whoCalls(call), whoIs(context, to)),
    blocked: (context, { call, to }) =>
      atMobile(context, to, (mobile) => way.blocked?.(context, { call, to: mobile }) ?? null, noMobile(context, to)),
    run: (context, { call, to }) =>
      atMobile(context, to, (mobile) => way.run(context, { call, to: mobile }), undefined),
  };
}

export const transferToMobile = toMobile('call.transferToMobile', transferTo, (caller, who) => {
  return `Transfer ${caller} to the mobile phone of ${who}`;
});

export const consultMobile = toMobile('call.consultMobile', consultTo, (caller, who) => {
  return `Ask ${who} about ${caller} on the mobile phone first`;
});

export const writeMail: Action<string> = {
  id: 'extension.mail',
  icon: Mail,
  section: 'Call',
  label: (context, number) => `Write an e-mail to ${whoIs(context, number)}`,
  blocked: (context, number) => {
    return context.mirror.get('extensions', number)?.email
      ? null
      : `No e-mail address is known of ${whoIs(context, number)}.`;
  },
  run: ({ mirror }, number) => {
    const email = mirror.get('extensions', number)?.email;
    // The address alone: nothing in it may become a subject or another recipient.
    if (email) location.href = `mailto:${encodeURIComponent(email).replace('%40', '@')}`;
  },
};

/** Of whoever has them. */
export function waysOutside(context: ActionContext, number: string): readonly Action<string>[] {
  const record = context.mirror.get('extensions', number);
  return [...(record?.external ? [dialMobile] : []), ...(record?.email ? [writeMail] : [])];
}
