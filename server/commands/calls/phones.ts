import { originate } from '../../ami/actions';
import type { AmiPort } from '../../ami/types';
import type { Failure } from '../../protocol/errors';
import { autoAnswerOf } from '../../protocol/phone-models';
import type { ExtensionRecord } from '../../protocol/records';
import type { Actor } from '../actor';
import { unknownExtension } from '../availability';
import { fail } from '../failures';
import type { ModelPort } from '../model-port';

/** A phone that can be rung. */
export interface Phone {
  readonly number: string;
  readonly name: string;
  readonly device: string;
  readonly context: string;
  /** Variables of a new channel of it: headers by which it answers at once. */
  readonly headers: readonly string[];
}

/** What Asterisk rings without a list (`&`), a Local channel or an argument in it. */
const plainDevice = /^(?!Local\/)[A-Za-z0-9]+\/[A-Za-z0-9@.:_+-]{1,80}$/i;
const plainContext = /^[A-Za-z0-9_.-]{1,79}$/;
const defaultContext = 'from-internal';
/** Where FreePBX keeps its hints, which is where the panel found the extension; its phones call from elsewhere. */
const hintContext = 'ext-local';

/** Where calls of this extension begin in the dialplan. */
export function contextOf(extension: ExtensionRecord | undefined): string {
  const context = extension?.context ?? '';
  return plainContext.test(context) && context !== hintContext ? context : defaultContext;
}

/**
 * Only one's own phone answers at once: with anybody else's, their room would be heard. Which header: the one that an
 * administrator set, else the one that the make obeys:
 * ../../protocol/phone-models.ts; a phone that knows none of them just rings.
 */
function autoAnswer(number: string, device: string, model: ModelPort): string[] {
  const { autoAnswer: own } = model.configured(number);
  const headers = own === null ? autoAnswerOf(model.agents(device)) : [headerOf(own)];
  if (device.startsWith('PJSIP/')) return headers.map(({ name, value }) => `PJSIP_HEADER(add,${name})=${value}`);
  if (!device.startsWith('SIP/')) return [];
  return headers.map(({ name, value }, index) => `SIPADDHEADER0${index + 1}=${name}: ${value}`);
}

/** `Call-Info: answer-after=0`, as an administrator set it and buttons.ts checked it. */
function headerOf(text: string): { readonly name: string; readonly value: string } {
  const colon = text.indexOf(':');
  return { name: text.slice(0, colon).trim(), value: text.slice(colon + 1).trim() };
}

/** The phone of an extension, or why it cannot ring. `actor`: who will be at it, if it is theirs. */
export function phoneOf(number: string, model: ModelPort, actor: Actor | null = null): Phone | Failure {
  const record = model.extension(number);
  if (record === undefined) return unknownExtension(number, model) ?? fail('notFound', 'There is no such extension.');
  if (record.kind === 'ringGroup')
    return fail('conflict', `${number} is a ring group: it has no phone of its own.`, 'extension');
  if (!plainDevice.test(record.device)) return fail('conflict', `Extension ${number} has no phone.`, 'extension');
  if (record.state === 'unavailable') {
    return fail('conflict', `The phone of extension ${number} is not connected.`, 'extension');
  }
  const { name, device } = record;
  const headers = actor?.extension === number ? autoAnswer(number, device, model) : [];
  return { number, name, device, context: contextOf(record), headers };
}

let sequence = Math.floor(Math.random() * 1_000_000);

/**
 * A Uniqueid for a channel of ours. Shaped like Asterisk's own, since it finds the oldest leg of a call by the numbers
 * behind the last dash.
 */
export function newUniqueid(now: number): string {
  sequence += 1;
  return `cordboard-${Math.floor(now / 1_000)}.${sequence}`;
}

/** What is shown on a phone: nothing that divides the arguments of a dialplan function. */
export function displayName(text: string): string {
  return text
    .replace(/[^\p{L}\p{N} .'_-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 60);
}

/** Ring a phone and run one application there when it answers. Returns the Uniqueid of the new leg. */
export async function ringInto(
  ami: AmiPort,
  phone: Phone,
  { application, data }: { readonly application: string; readonly data: string },
  shown: string,
  now: number,
): Promise<string> {
  const uniqueid = newUniqueid(now);
  await originate(ami, {
    channel: phone.device,
    target: { application, data },
    uniqueid,
    callerId: `"${displayName(shown)}" <${phone.number}>`,
    variables: phone.headers,
  });
  return uniqueid;
}
