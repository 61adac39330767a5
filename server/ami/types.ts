/**
 * The contract between the AMI client and the rest of the house: `feed`, `features` and `commands` import only these
 * types (never the socket). Protocol source: Asterisk main/manager.c and docs/PROTOCOL.md.
 */

/** One parsed AMI block (an event or a response). Decoded as UTF-8, C-escapes undone once where Asterisk escapes. */
export interface AmiMessage {
  /** `Event: X` → "X"; for a response its `Response:` word ("Success", "Error", "Goodbye", "Follows"). */
  readonly name: string;
  readonly kind: 'event' | 'response';
  /** Value of the first header of that name (header names compare without case); undefined when absent. */
  get(header: string): string | undefined;
  /** Every value of a repeatable header (`Variable`, `ChanVariable`, `Output`), in order of arrival. */
  all(header: string): readonly string[];
  /** Every header, in order; for logs and tests, not for the hot path. */
  entries(): IterableIterator<readonly [string, string]>;
}

/** Fields of an outgoing action: a list repeats the header; undefined leaves it out. */
export type AmiFields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export interface AmiCallOptions {
  /** Milliseconds until the action fails with AmiTimeoutError; default 10,000 (lists: 60,000 of silence). */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 *            connect()              greeting           login ok           FullyBooted
 *   idle ───────────────▶ connecting ───────▶ loggingIn ───────▶ booting ───────────▶ ready
 *    ▲                        │ ▲                │ (bad secret: still waits, with a long delay)  │
 *    │ close()                ▼ │ backoff over   ▼                                              │ EOF, ping overdue, Shutdown
 *    └──────────────────── waiting ◀──────────────────────────────────────────────────────────┘
 */
export type SessionState = 'idle' | 'connecting' | 'loggingIn' | 'booting' | 'ready' | 'waiting' | 'closed';

export type LinkFailure =
  | 'refused'
  | 'unreachable'
  | 'tls'
  | 'notAsterisk'
  | 'badSecret'
  | 'timeout'
  | 'lost'
  | 'pingOverdue'
  | 'shutdown';

export interface SessionStatus {
  readonly state: SessionState;
  /** Epoch ms of the last change of `state`. */
  readonly since: number;
  /** Why the last attempt or connection ended, in words for a person. */
  readonly failure: { readonly kind: LinkFailure; readonly message: string } | null;
  /** AMI protocol version of the greeting, e.g. "11.0.0". */
  readonly amiVersion: string | null;
}

/** What a tamper detector saw; the block was dropped and nobody's state changed because of it. */
export interface TamperIncident {
  readonly at: number;
  readonly reason:
    | 'unknownFirstHeader'
    | 'missingChannelTail'
    | 'repeatedHeader'
    | 'doubleBlankLine'
    | 'oversizedBlock';
  /** First 200 characters of the doubtful block, control characters escaped. */
  readonly excerpt: string;
}

/** What feed, features and commands may do with the PBX; tests pass a fake. */
export interface AmiPort {
  readonly status: SessionStatus;
  /**
   * Send an action and wait for its response. Resolves with a Success response; rejects with AmiRefusedError (Asterisk's
   * own words), AmiTimeoutError, AmiNotConnectedError (at once, nothing is queued) or AmiFieldError (names the field:
   * CR, LF, NUL, over-long line, bad header name, too many headers).
   */
  action(name: string, fields?: AmiFields, options?: AmiCallOptions): Promise<AmiMessage>;
  /** A list action: yields each item event; ends by ActionID and `EventList: Complete`. Same errors. */
  list(name: string, fields?: AmiFields, options?: AmiCallOptions): AsyncIterable<AmiMessage>;
}

/** The handlers a session calls; set once by the owner. They must not block or throw. */
export interface AmiHandlers {
  /** Every unsolicited event whose name the owner asked for (list items never come here). */
  event(message: AmiMessage, receivedAt: number): void;
  status(status: SessionStatus): void;
  tamper(incident: TamperIncident): void;
}
