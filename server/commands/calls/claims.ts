import { type Actor, keyOf } from '../actor';
import { fail } from '../failures';
import { refuse } from './plan';

/** So long nobody else may take a call that somebody has just taken: the PBX and the model need a moment to show it. */
const claimMs = 10_000;

interface Claim {
  readonly by: string;
  readonly name: string;
  readonly until: number;
}

/** Two operators never take the same call: the second is told who did. Kept by the Uniqueid of the leg that is taken. */
export class Claims {
  readonly #claims = new Map<string, Claim>();

  /** Does `work` as the only one; a claim whose work failed is given back. */
  async during<T>(uniqueid: string, actor: Actor, now: number, work: () => Promise<T>): Promise<T> {
    for (const [key, { until }] of this.#claims) if (until <= now) this.#claims.delete(key);
    const by = keyOf(actor);
    const held = this.#claims.get(uniqueid);
    if (held !== undefined && held.by !== by) refuse(fail('conflict', `${held.name} is taking this call.`));
    const claim = { by, name: actor.name, until: now + claimMs };
    this.#claims.set(uniqueid, claim);
    try {
      return await work();
    } catch (error) {
      if (this.#claims.get(uniqueid) === claim) this.#claims.delete(uniqueid);
      throw error;
    }
  }
}
