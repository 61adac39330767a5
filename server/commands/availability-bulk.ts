import { randomUUID } from 'node:crypto';
import type { Remembered, Version } from '../features/wish';
import type { BulkResult, CommandParams } from '../protocol/commands';
import { keyOf } from './actor';
import { type AvailabilityPort, dndWish, presenceWish, unknownExtension } from './availability';
import type { Handler } from './executor';
import { CommandRefusedError, fail } from './failures';
import type { Need } from './needs';

/** How long a change of several can be taken back, ms; the server's patience is a little longer than what it promises. */
const undoMs = 10_000;
const graceMs = 2_000;
/** Changes that can be taken back at one time. */
const mostKept = 500;

interface Kept {
  readonly by: string;
  readonly until: number;
  readonly feature: 'dnd' | 'presence';
  readonly people: readonly { readonly number: string; readonly old: Remembered; readonly version: Version }[];
}

function listed(numbers: readonly string[]): string {
  const text = numbers.slice(0, 20).join(',');
  return numbers.length > 20 ? `${text} and ${numbers.length - 20} more` : text;
}

/** `extensions.set` and `extensions.undo` (SPEC B): several at once, and back again for ten seconds by the same actor. */
export class BulkAvailability {
  readonly #kept = new Map<string, Kept>();

  constructor(private readonly availability: AvailabilityPort) {}

  /** Some may fail, each with its reason in `results`; 409 when none could be done. */
  readonly set: Handler<'extensions.set'> = {
    target: ({ extensions }) => listed(extensions),
    authorise: () => null,
    act: async (params, { actor, model, now }) => {
      const at = now();
      const wish = wishOf(params, at);
      const feature = wish.feature === 'presence' ? 'presence' : 'dnd';
      const numbers = [...new Set(params.extensions)];
      const results: BulkResult[] = [];
      const people: Kept['people'][number][] = [];
      const one = async (number: string): Promise<void> => {
        const unknown = unknownExtension(number, model);
        const old = this.availability.remember(number, feature);
        const outcome = unknown ?? (await this.availability.wish(number, wish, actor.name));
        if ('kind' in outcome && outcome.kind === 'done') {
          people.push({ number, old, version: this.availability.version(number, feature) });
          results.push({ extension: number, ok: true });
        } else results.push({ extension: number, ok: false, message: outcome.message });
      };
      await Promise.all(numbers.map(one));
      const failed = results.filter(({ ok }) => !ok);
      const first = failed[0]?.message;
      if (people.length === 0 && first !== undefined) throw new CommandRefusedError(fail('conflict', first));
      const change = this.#keep({ by: keyOf(actor), until: at + undoMs + graceMs, feature, people }, at);
      const remark = `${feature} of ${people.length}${failed.length === 0 ? '' : `, ${failed.length} failed`}`;
      return { remark, data: { change, undoUntil: new Date(at + undoMs).toISOString(), results } };
    },
  };

  readonly undo: Handler<'extensions.undo'> = {
    target: ({ change }) => listed(this.#kept.get(change)?.people.map(({ number }) => number) ?? []),
    // Whoever did it may take it back, if they still may; who did is looked at in `authorise`.
    needs: ({ change }) => {
      const kept = this.#kept.get(change);
      return kept === undefined ? [] : [needOf(kept.feature, kept.people)];
    },
    authorise: ({ change }, actor, model) => {
      const kept = this.#kept.get(change);
      const seen =
        actor.sees === undefined || kept?.people.every(({ number }) => model.extension(number) !== undefined);
      if (kept?.by === keyOf(actor) && seen) return null;
      return fail('notFound', 'This cannot be taken back any more.', 'change');
    },
    act: async ({ change }, { actor, now }) => {
      const kept = this.#kept.get(change);
      this.#kept.delete(change);
      if (kept === undefined || kept.until < now()) {
        throw new CommandRefusedError(fail('notFound', 'This cannot be taken back any more.', 'change'));
      }
      const results = await Promise.all(
        kept.people.map(async ({ number, old, version }): Promise<BulkResult> => {
          const outcome = await this.availability.restore(number, kept.feature, old, version, actor.name);
          return outcome.kind === 'done'
            ? { extension: number, ok: true }
            : { extension: number, ok: false, message: outcome.message };
        }),
      );
      return { remark: `${kept.feature} of ${results.filter(({ ok }) => ok).length} taken back`, data: { results } };
    },
  };

  #keep(kept: Kept, now: number): string {
    for (const [id, { until }] of this.#kept) if (until < now || this.#kept.size >= mostKept) this.#kept.delete(id);
    const id = randomUUID();
    this.#kept.set(id, kept);
    return id;
  }
}

function needOf(feature: Kept['feature'], people: Kept['people']): Need {
  const targets = people.map(({ number }) => ({ kind: 'extension' as const, number }));
  return { permission: feature, own: `${feature}self`, targets };
}

function wishOf({ dnd, presence }: CommandParams<'extensions.set'>, now: number) {
  if (dnd !== undefined) return dndWish(dnd, now);
  if (presence !== undefined) return presenceWish(presence, now);
  throw new CommandRefusedError(fail('invalid', 'Give either dnd or presence.', 'dnd'));
}
