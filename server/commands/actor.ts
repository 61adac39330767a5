import type { Limit } from '../protocol/groups';
import type { Permission } from '../protocol/permissions';

/** Who asks: a signed-in user, a machine with an API token, or a wallboard, which only looks. */
export interface Actor {
  readonly kind: 'user' | 'token' | 'board';
  /** Id of the user, the token or the board. */
  readonly id: string;
  /** Shown to others ("DND set by …") and written to the audit log. */
  readonly name: string;
  readonly permissions: readonly Permission[];
  /** Permissions that hold for some only; what is not named holds for all. */
  readonly limits: Readonly<Partial<Record<Permission, Limit>>>;
  /** What they see besides themselves; left out: everything. What is not seen is for them as if it were not there. */
  readonly sees?: Limit;
  /** Their own; null: none, a machine has none. */
  readonly extension: string | null;
  /** Id of the session or token, `board:` and the id of a board; never the cookie itself. */
  readonly session: string;
  /** Where the request came from. */
  readonly address: string;
}

/** The same person in another window, or the same machine, is the same one: `user:7`. */
export function keyOf({ kind, id }: Pick<Actor, 'kind' | 'id'>): string {
  return `${kind}:${id}`;
}
