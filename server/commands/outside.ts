import type { CommandName, CommandParams } from '../protocol/commands';
import type { Failure } from '../protocol/errors';
import { classOf, mayDial, mayForward, type NumberRules } from '../protocol/number-rules';
import type { PbxRecord } from '../protocol/records';
import { type Actor, keyOf } from './actor';
import { fail } from './failures';
import { TokenBucket } from './limiter';

/** The one door through which calls leave the house: number rules, the panic switch, and how many a user may begin. */

/** A number that a command makes a call to, or lets calls go to. */
export interface Wanted {
  readonly number: string;
  readonly how: 'dial' | 'forward' | 'room';
  /** The parameter it stands in. */
  readonly field: string;
}

type NumberIn<N extends CommandName> = (params: CommandParams<N>) => Wanted | null;

/** Every parameter of the catalogue that holds a number to call. */
export const numbersIn: { readonly [N in CommandName]?: NumberIn<N> } = {
  'call.dial': ({ to }) => ({ number: to, how: 'dial', field: 'to' }),
  // The mailbox of an extension is in the house: the handler refuses any other.
  'call.transfer': ({ to, mode }) => (mode === 'voicemail' ? null : { number: to, how: 'dial', field: 'to' }),
  // Asterisk finds a room by its number: one that is called so must not be a way to the outside.
  'conference.create': ({ conference }) => ({ number: conference, how: 'room', field: 'conference' }),
  'conference.invite': ({ extension }) => ({ number: extension, how: 'dial', field: 'extension' }),
  'extension.forward': ({ to }) => (to === null ? null : { number: to, how: 'forward', field: 'to' }),
};

export interface OutsideDoorOptions {
  /** The administrator's number rules as they are now. */
  readonly rules: () => NumberRules;
  readonly isInternal: (number: string) => boolean;
  /** Who stopped all calls to the outside; null: they run. */
  readonly stopped: () => PbxRecord['outsideStopped'];
  readonly now: () => number;
}

interface Meter {
  readonly perMinute: number;
  readonly bucket: TokenBucket;
}

const mostMeters = 10_000;

export class OutsideDoor {
  readonly #meters = new Map<string, Meter>();

  constructor(private readonly options: OutsideDoorOptions) {}

  /** Whether a call there leaves the house; one to an emergency number is held back by nothing. */
  isOutside(number: string): boolean {
    const { rules, isInternal } = this.options;
    return !['internal', 'emergency'].includes(classOf(number, rules(), isInternal));
  }

  /** Why nobody at all may call there, or forward there, now: for phones and scripts as for people; null: they may. */
  closed(number: string, how: Wanted['how']): string | null {
    const { stopped } = this.options;
    const against = this.#againstRules(number, how);
    if (against !== null || how === 'room') return against;
    const by = stopped()?.by;
    if (by === undefined || !this.isOutside(number)) return null;
    return `All calls to the outside were stopped by ${by}; emergency numbers can be called.`;
  }

  /** Lets one call of this actor through, and counts it; or answers why not. */
  pass(actor: Actor, { number, how, field }: Wanted): Failure | null {
    const { rules } = this.options;
    const words = this.closed(number, how);
    if (words !== null) return fail(this.#againstRules(number, how) === null ? 'forbidden' : 'invalid', words, field);
    if (how === 'room' || !this.isOutside(number) || this.#take(keyOf(actor), rules().externalPerMinute)) return null;
    return fail(
      'rateLimited',
      `More than ${rules().externalPerMinute} calls to the outside in a minute; wait a little.`,
    );
  }

  #againstRules(number: string, how: Wanted['how']): string | null {
    const { rules, isInternal } = this.options;
    if (how === 'room') {
      // Of a number that no rule knows the dialplan has to show that it is a room.
      const found = classOf(number, rules(), isInternal);
      return ['internal', 'other'].includes(found) ? null : `${number} is a number to call, not a conference.`;
    }
    const verdict = how === 'forward' ? mayForward(number, rules(), isInternal) : mayDial(number, rules(), isInternal);
    return verdict.ok ? null : verdict.message;
  }

  #take(key: string, perMinute: number | null): boolean {
    if (perMinute === null) return true;
    const known = this.#meters.get(key);
    const made = (): Meter => ({ perMinute, bucket: new TokenBucket({ burst: perMinute, perSecond: perMinute / 60 }) });
    const meter = known?.perMinute === perMinute ? known : made();
    this.#meters.delete(key);
    this.#meters.set(key, meter);
    const [oldest] = this.#meters.keys();
    if (this.#meters.size > mostMeters && oldest !== undefined) this.#meters.delete(oldest);
    return meter.bucket.take(this.options.now());
  }
}
