import type { Remembered, Version, Wish, WishOutcome } from '../features/wish';
import type { CommandName, CommandParams } from '../protocol/commands';
import type { Failure } from '../protocol/errors';
import { mayForward, type NumberRules } from '../protocol/number-rules';
import type { FeatureKey } from '../protocol/records';
import type { Done, Handler } from './executor';
import { CommandRefusedError, fail, pbxAway } from './failures';
import type { ModelPort } from './model-port';

/** Where availability is decided; `server/features/availability.ts`, or a fake. */
export interface AvailabilityPort {
  wish(number: string, wish: Wish, by: string): Promise<WishOutcome>;
  remember(number: string, feature: FeatureKey): Remembered;
  restore(number: string, feature: FeatureKey, old: Remembered, version: Version, by: string): Promise<WishOutcome>;
  version(number: string, feature: FeatureKey): Version;
}

/** An end further away than this was meant otherwise. */
const furthestEndMs = 366 * 86_400_000;

/** As ISO in UTC, or null; refuses an end that has passed or never comes. */
function endOf(until: string | undefined, now: number): string | null {
  if (until === undefined) return null;
  const at = Date.parse(until);
  if (at <= now) throw new CommandRefusedError(fail('invalid', 'The end has passed already.', 'until'));
  if (at > now + furthestEndMs) {
    throw new CommandRefusedError(fail('invalid', 'The end is more than a year away.', 'until'));
  }
  return new Date(at).toISOString();
}

/** Text, or null for none. */
const text = (value: string | undefined): string | null => (value === undefined || value === '' ? null : value);

/** What to wish for by `extension.dnd`, or for one of several. */
export function dndWish(params: Omit<CommandParams<'extension.dnd'>, 'extension'>, now: number): Wish {
  const until = endOf(params.until, now);
  return params.on
    ? { feature: 'dnd', on: true, note: text(params.note), until }
    : { feature: 'dnd', on: false, note: null, until: null };
}

export function presenceWish(params: Omit<CommandParams<'extension.presence'>, 'extension'>, now: number): Wish {
  const { state, subtype = '', message = '' } = params;
  return { feature: 'presence', presence: { state, subtype, message }, until: endOf(params.until, now) };
}

export function unknownExtension(number: string, model: ModelPort): Failure | null {
  const record = model.extension(number);
  if (record?.kind === 'ringGroup') {
    return fail('conflict', `${number} is a ring group: it has no state of its own.`, 'extension');
  }
  if (record !== undefined) return null;
  return fail('notFound', `There is no extension ${number}.`, 'extension');
}

/** The answer to a wish; throws the refusal in the backend's words. */
export function doneBy(outcome: WishOutcome, remark: string): Done {
  if (outcome.kind !== 'done') {
    throw new CommandRefusedError(outcome.kind === 'away' ? pbxAway : fail('conflict', outcome.message));
  }
  const { warning } = outcome;
  return warning === null ? { remark } : { remark: `${remark}; ${warning}`, data: { warning } };
}

type OfOne = 'extension.dnd' | 'extension.presence' | 'extension.forward';

function forOne<N extends OfOne & CommandName>(
  availability: AvailabilityPort,
  wishOf: (params: CommandParams<N>, now: number) => readonly [wish: Wish, remark: string],
  check: (params: CommandParams<N>, model: ModelPort) => Failure | null = () => null,
): Handler<N> {
  return {
    target: ({ extension }) => extension,
    authorise: (params, _actor, model) => unknownExtension(params.extension, model) ?? check(params, model),
    async act(params, { actor, now }) {
      const [wish, remark] = wishOf(params, now());
      return doneBy(await availability.wish(params.extension, wish, actor.name), remark);
    },
  };
}

/** `extension.dnd {extension, on, note?, until?}`. Errors: 404 unknown extension, 409 with the PBX's words, 503 PBX away. */
export function dndHandler(availability: AvailabilityPort): Handler<'extension.dnd'> {
  return forOne(availability, (params, now) => [dndWish(params, now), params.on ? 'on' : 'off']);
}

/** `extension.presence {extension, state, subtype?, message?, until?}`. Errors as above. */
export function presenceHandler(availability: AvailabilityPort): Handler<'extension.presence'> {
  return forOne(availability, (params, now) => [
    presenceWish(params, now),
    [params.state, params.subtype, params.message].filter(Boolean).join(' · '),
  ]);
}

/**
 * `extension.forward {extension, kind, to, ringCount?}`. Errors as above, and 400 naming `to` for a target that the
 * administrator's rules forbid, that is the extension itself, or whose own forwarding leads back.
 */
export function forwardHandler(availability: AvailabilityPort, rules: () => NumberRules): Handler<'extension.forward'> {
  const check = ({ extension, to }: CommandParams<'extension.forward'>, model: ModelPort): Failure | null => {
    if (to === null) return null;
    const whyNot = whyNotForward(extension, to, model, rules());
    return whyNot === null ? null : fail('invalid', whyNot, 'to');
  };
  return forOne(
    availability,
    ({ kind, to, ringCount = null }) => [
      { feature: kind, to, ringCount },
      `${kind} ${to === null ? 'off' : `to ${to}`}`,
    ],
    check,
  );
}

/** Why calls of `extension` may not be forwarded `to`, as a sentence; null: they may. The same for people and for phones. */
export function whyNotForward(extension: string, to: string, model: ModelPort, rules: NumberRules): string | null {
  if (leadsBack(extension, to, model)) return inCircles(extension, to);
  const verdict = mayForward(to, rules, (number) => model.isInternal(number));
  return verdict.ok ? null : verdict.message;
}

function inCircles(extension: string, to: string): string {
  if (to === extension) return 'Calls cannot be forwarded to the extension itself.';
  return `Calls would go in circles: ${to} forwards them back to ${extension}.`;
}

/** Follows what forwards always; others ring somewhere first. */
function leadsBack(extension: string, to: string, model: ModelPort): boolean {
  const seen = new Set<string>();
  for (let next: string | null | undefined = to; next && !seen.has(next); ) {
    if (next === extension) return true;
    seen.add(next);
    next = model.callee(next)?.forward?.always;
  }
  return false;
}
