import { unescapeC } from './escape';

/** How many presentities are remembered; the oldest is forgotten first. */
const LIMIT = 200;

/**
 * PresenceStatus prints Subtype and Message raw and Message stands last: a CR LF in it leaves no trace in the block.
 * PresenceStateChange carries the same message escaped, so it betrays the presentity. The two events come in no fixed
 * order: when the warning comes second the forged events have been delivered, and the incident makes the owner read
 * everything again.
 */
export class PresenceGuard {
  readonly #hostile = new Set<string>();

  /** True when this PresenceStateChange announces a text that breaks PresenceStatus; values as they came, escaped. */
  warns(presentity: string, subtype: string, message: string): boolean {
    const hostile = unescapeC(subtype).includes('\r\n') || unescapeC(message).includes('\r\n');
    if (!hostile) {
      this.#hostile.delete(presentity);
      return false;
    }
    this.#hostile.add(presentity);
    for (const oldest of this.#hostile) {
      if (this.#hostile.size <= LIMIT) break;
      this.#hostile.delete(oldest);
    }
    return true;
  }

  /** True when a PresenceStatus with this hint cannot be believed. */
  distrusts(hint: string): boolean {
    for (const presentity of this.#hostile) if (hint.includes(presentity)) return true;
    return false;
  }

  clear(): void {
    this.#hostile.clear();
  }
}
