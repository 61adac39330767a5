import type { Permission } from '../protocol/permissions';

/** Who asks: a signed-in user, or a machine with an API token. */
export interface Actor {
  readonly kind: 'user' | 'token';
  /** Id of the user or of the token. */
  readonly id: string;
  /** Shown to others ("DND set by …") and written to the audit log. */
  readonly name: string;
  readonly permissions: readonly Permission[];
  /** Their own; null: none, a machine has none. */
  readonly extension: string | null;
  /** Where the request came from. */
  readonly address: string;
}
