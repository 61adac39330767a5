import type { DfksFeature, DfksSettings } from '../../protocol/availability';
import { type DfksChange, type DfksRefusal, type DfksTruth, dfksChange, dfksEcho } from '../../protocol/dfks';
import type { Failure } from '../../protocol/errors';
import { type FeatureValues, type Forward, withDnd, withForward } from '../values';
import { heldText } from './held';
import { type DfksSlot, slotOf } from './names';
import { readTarget } from './target';

export interface DfksPortDeps {
  /** Read anew at every use: saved settings take effect at once. */
  readonly settings: () => DfksSettings;
  readonly isExtension: (number: string) => boolean;
  /** The one truth; `report` takes effect before it returns. */
  readonly availability: {
    values(number: string): FeatureValues;
    report(backend: 'dfks', number: string, slot: string, held: string): void;
  };
  /** Why calls of `number` may not be forwarded `to` (toll fraud, circles), as a sentence; null: they may. */
  readonly whyNotForward: (number: string, to: string) => string | null;
}

type Refused = Pick<Failure, 'error' | 'message' | 'field'>;

const noForward: Forward = { to: null, ringCount: null };

/** Answers the script of OpenSIPS: `get` for a phone that asks, `set` for a key that was pressed (SPEC.md D). */
export class DfksPort {
  constructor(private readonly deps: DfksPortDeps) {}

  /** Null: there is no such extension. */
  get(user: string, feature: DfksFeature): DfksTruth | null {
    if (!this.deps.isExtension(user)) return null;
    if (!this.isAssigned(feature)) return { assigned: 0 };
    return truthOf(slotOf(feature), this.deps.availability.values(user));
  }

  /**
   * What is true after it; a refusal (`invalid`, `forbidden`) has changed nothing and says what holds instead. Null: there
   * is no such extension. `body` is as it came over HTTP.
   */
  set(user: string, feature: DfksFeature, body: unknown): DfksTruth | DfksRefusal | null {
    const truth = this.get(user, feature);
    if (truth === null) return null;
    const held = this.wanted(user, feature, body);
    if (held === null) return truth;
    if (typeof held !== 'string') return { ok: false, ...held, ...truth };
    this.deps.availability.report('dfks', user, slotOf(feature), held);
    return this.get(user, feature);
  }

  private isAssigned(feature: DfksFeature): boolean {
    const { enabled, assigned } = this.deps.settings();
    return enabled && assigned.includes(feature);
  }

  /** What the phone holds now; null: nothing new. */
  private wanted(user: string, feature: DfksFeature, body: unknown): string | null | Refused {
    const parsed = dfksChange.safeParse(body);
    if (!parsed.success) return invalid(parsed.error.issues[0]);
    if (!this.isAssigned(feature)) return { error: 'forbidden', message: `${feature} is not offered to phones.` };
    // D3: our own push is answered with the truth, which may be newer than what was pushed.
    if (parsed.data.param === dfksEcho) return null;
    const slot = slotOf(feature);
    const values = this.deps.availability.values(user);
    const on = parsed.data.status === 1;
    if (slot === 'dnd') return heldText(slot, withDnd(values, on));
    const forward = on ? this.forward(user, parsed.data, values[slot]) : noForward;
    if ('error' in forward) return forward;
    return heldText(slot, withForward(values, slot, forward.to, forward.ringCount));
  }

  private forward(user: string, { forwardTo, ringCount }: DfksChange, present: Forward): Forward | Refused {
    const to = this.target(forwardTo ?? '');
    if (typeof to !== 'string') return to;
    // D6: the target that is there already is no new wish, whatever the rules have become since.
    const same = present.to === to;
    const whyNot = same ? null : this.deps.whyNotForward(user, to);
    if (whyNot !== null) return { error: 'forbidden', message: whyNot, field: 'forwardTo' };
    if (ringCount === undefined || ringCount === null || ringCount === '')
      return same ? present : { to, ringCount: null };
    return { to, ringCount: Number(ringCount) };
  }

  /** The number to forward to, or why there is none. */
  private target(forwardTo: string): string | Refused {
    const field = 'forwardTo';
    if (forwardTo === '') return { error: 'invalid', message: 'Say where to forward to.', field };
    const target = readTarget(forwardTo, (host) => this.isOurs(host));
    if (target.kind === 'number') return target.number;
    if (target.kind === 'unreadable') {
      return { error: 'invalid', message: 'Forward to a number, a tel: or a sip: address.', field };
    }
    const message = `Calls cannot be forwarded to the SIP domain ${target.host}, only to numbers of this PBX.`;
    return { error: 'forbidden', message, field };
  }

  /** D5: the SIP domain of the settings; phones that know OpenSIPS by its address write that. */
  private isOurs(host: string): boolean {
    const { domain, url } = this.deps.settings();
    const ours = [domain, URL.canParse(url) ? new URL(url).hostname : ''];
    return ours.some((name) => name !== '' && name.toLowerCase() === host);
  }
}

function invalid(issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined): Refused {
  const field = issue?.path.map(String).join('.');
  return { error: 'invalid', message: issue?.message ?? 'The request is not valid.', ...(field && { field }) };
}

function truthOf(slot: DfksSlot, values: FeatureValues): DfksTruth {
  if (slot === 'dnd') return { assigned: 1, status: values.dnd ? 1 : 0 };
  const { to, ringCount } = values[slot];
  if (to === null) return { assigned: 1, status: 0 };
  const rings = slot === 'noAnswer' && ringCount !== null ? { ringCount } : {};
  return { assigned: 1, status: 1, forwardTo: to, ...rings };
}
