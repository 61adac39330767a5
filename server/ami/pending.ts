import { randomBytes } from 'node:crypto';
import type { Clock } from './clock';
import { AmiAbortedError, AmiLinkLostError, AmiRefusedError, AmiTimeoutError } from './errors';
import { ListQueue } from './listQueue';
import type { AmiCallOptions, AmiMessage, LinkFailure } from './types';

const ACTION_TIMEOUT_MS = 10_000;
const LIST_SILENCE_MS = 60_000;
/** Asterisk lists a few events per endpoint: room for 100,000 of them unread. */
export const LIST_LIMIT = 500_000;

interface Waiting {
  readonly action: string;
  readonly list: ListQueue | null;
  /** False once the caller has gone: what still comes is dropped, and never taken for an event. */
  wanted: boolean;
  lastAt: number;
  settle(answer: AmiMessage): void;
  fail(error: Error): void;
  release(): void;
}

/** The actions Asterisk has not answered yet, by ActionID. */
export class PendingActions {
  readonly #clock: Clock;
  readonly #waiting = new Map<string, Waiting>();
  #count = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * An ActionID that was never used and that nobody outside can guess: it is the proof that a block is Asterisk's own
   * (./tamper), so 72 random bits each, not a clock or a counter.
   */
  nextId(): string {
    this.#count++;
    return `cb${this.#count.toString(36)}-${randomBytes(9).toString('base64url')}`;
  }

  has(id: string): boolean {
    return this.#waiting.has(id);
  }

  /** Wait for the answer to an action that is about to be sent; `accepted` runs at once, before the next block is read. */
  action(
    id: string,
    action: string,
    options: AmiCallOptions = {},
    accepted: () => void = () => {},
  ): Promise<AmiMessage> {
    return new Promise((resolve, reject) => {
      const end = (): void => this.#remove(id);
      const waiting = this.#add(id, action, null, options.timeoutMs ?? ACTION_TIMEOUT_MS, {
        settle: (answer) => {
          end();
          if (answer.name === 'Error') reject(new AmiRefusedError(action, answer.get('Message') ?? ''));
          else {
            accepted();
            resolve(answer);
          }
        },
        fail: (error) => {
          end();
          reject(error);
        },
      });
      this.#onAbort(id, waiting, options.signal);
    });
  }

  /** The queue that the items of a list will fill. */
  list(id: string, action: string, options: AmiCallOptions = {}): ListQueue {
    const queue = new ListQueue(action, LIST_LIMIT);
    const waiting = this.#add(id, action, queue, options.timeoutMs ?? LIST_SILENCE_MS, {
      settle: (answer) => {
        if (answer.name !== 'Error') {
          if (announcesItems(answer)) return;
          this.#remove(id);
          queue.finish(null);
          return;
        }
        this.#remove(id);
        queue.finish(new AmiRefusedError(action, answer.get('Message') ?? ''));
      },
      fail: (error) => {
        this.#remove(id);
        queue.finish(error);
      },
    });
    this.#onAbort(id, waiting, options.signal);
    return queue;
  }

  /** The caller has gone; Asterisk may still answer. */
  abandon(id: string): void {
    const waiting = this.#waiting.get(id);
    if (waiting !== undefined) waiting.wanted = false;
  }

  /** Take an answer or a list's item; false when nobody here waits for that ActionID. */
  take(id: string, message: AmiMessage): boolean {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return false;
    waiting.lastAt = this.#clock.now();
    if (message.kind === 'response') {
      waiting.settle(message);
      return true;
    }
    if (waiting.list === null) return false;
    const end = message.get('EventList')?.toLowerCase();
    if (end === 'complete' || end === 'cancelled') {
      this.#remove(id);
      waiting.list.finish(null);
    } else if (waiting.wanted) {
      waiting.list.push(message);
    }
    return true;
  }

  /** The link is gone: every caller is told, nothing is sent again. */
  rejectAll(failure: LinkFailure): void {
    for (const waiting of [...this.#waiting.values()]) waiting.fail(new AmiLinkLostError(waiting.action, failure));
    this.#waiting.clear();
  }

  #add(
    id: string,
    action: string,
    list: ListQueue | null,
    timeoutMs: number,
    callbacks: Pick<Waiting, 'settle' | 'fail'>,
  ): Waiting {
    let cancel: () => void = () => {};
    const waiting: Waiting = {
      ...callbacks,
      action,
      list,
      wanted: true,
      lastAt: this.#clock.now(),
      release: () => cancel(),
    };
    const check = (): void => {
      const left = waiting.lastAt + timeoutMs - this.#clock.now();
      if (left <= 0) waiting.fail(new AmiTimeoutError(action, timeoutMs));
      else cancel = this.#clock.after(left, check);
    };
    cancel = this.#clock.after(timeoutMs, check);
    this.#waiting.set(id, waiting);
    return waiting;
  }

  #onAbort(id: string, waiting: Waiting, signal: AbortSignal | undefined): void {
    if (signal === undefined) return;
    const abort = (): void => {
      const error = new AmiAbortedError(waiting.action);
      if (waiting.list === null) {
        waiting.fail(error);
        return;
      }
      this.abandon(id);
      waiting.list.finish(error);
    };
    if (signal.aborted) {
      abort();
      return;
    }
    signal.addEventListener('abort', abort, { once: true });
    const release = waiting.release;
    waiting.release = () => {
      signal.removeEventListener('abort', abort);
      release();
    };
  }

  #remove(id: string): void {
    this.#waiting.get(id)?.release();
    this.#waiting.delete(id);
  }
}

/**
 * An empty list may be a plain acknowledgement that nothing follows: "There are no voicemail users currently defined."
 * (apps/app_voicemail.c). All others say that items follow; before 13 in words alone.
 */
function announcesItems(answer: AmiMessage): boolean {
  return answer.get('EventList') !== undefined || /follow/i.test(answer.get('Message') ?? 'follow');
}
