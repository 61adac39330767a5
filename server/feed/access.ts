import { AmiAbortedError, AmiLinkLostError, AmiNotConnectedError, AmiRefusedError } from '../ami/errors';
import type { AmiFields, AmiMessage, AmiPort } from '../ami/types';

/** How an action ended last time: `denied`: the account lacks the class; `absent`: no module offers it. */
export type Outcome = 'ok' | 'denied' | 'absent' | 'failed';

export interface FeedLog {
  info(data: Readonly<Record<string, unknown>>, message: string): void;
  warn(data: Readonly<Record<string, unknown>>, message: string): void;
}

/** The link is gone: what was being read is worth nothing, the next connection reads again. */
export class ReadAbortedError extends Error {
  override readonly name = 'ReadAbortedError';
}

/**
 * Reads that may be refused. A refusal is remembered: an action that no module offers is not asked again before a
 * module is loaded (each attempt is a security event on the PBX), one that is denied not before the next connection.
 */
export class Access {
  readonly #outcomes = new Map<string, Outcome>();

  constructor(
    private readonly ami: AmiPort,
    private readonly log: FeedLog,
  ) {}

  outcome(action: string): Outcome | undefined {
    return this.#outcomes.get(action);
  }

  outcomes(): ReadonlyMap<string, Outcome> {
    return this.#outcomes;
  }

  forget(): void {
    this.#outcomes.clear();
  }

  /** Items of a list; [] when Asterisk has none of it or the module is not loaded; null when denied or failed. */
  async list(action: string, fields?: AmiFields): Promise<readonly AmiMessage[] | null> {
    const items: AmiMessage[] = [];
    return (await this.each(action, fields, (item) => items.push(item))) === null ? null : items;
  }

  /** Like `list`, but hands each item over at once: a tree of 400,000 AstDB rows is never held as messages. */
  async each(
    action: string,
    fields: AmiFields | undefined,
    take: (item: AmiMessage) => unknown,
  ): Promise<'done' | null> {
    return this.#guard<'done'>(action, 'done', async () => {
      for await (const item of this.ami.list(action, fields)) take(item);
      return 'done';
    });
  }

  /** The response; null when refused for whatever reason. */
  async ask(action: string, fields?: AmiFields): Promise<AmiMessage | null> {
    return this.#guard(action, null, () => this.ami.action(action, fields));
  }

  async #guard<T>(action: string, none: T | null, run: () => Promise<T>): Promise<T | null> {
    const before = this.#outcomes.get(action);
    if (before === 'absent') return none;
    if (before === 'denied') return null;
    try {
      const answer = await run();
      this.#outcomes.set(action, 'ok');
      return answer;
    } catch (error) {
      return this.#refused(action, error) ? none : null;
    }
  }

  /** True when the refusal means "there is nothing of it". */
  #refused(action: string, error: unknown): boolean {
    if (isLinkGone(error)) throw new ReadAbortedError('The link was lost while reading', { cause: error });
    if (error instanceof AmiRefusedError) {
      const words = error.message;
      const outcome = refusal(words);
      this.#outcomes.set(action, outcome);
      if (outcome !== 'failed') return outcome !== 'denied';
      this.log.warn({ action, reason: words }, 'The PBX refused a read');
      return false;
    }
    this.#outcomes.set(action, 'failed');
    this.log.warn({ action, reason: error instanceof Error ? error.message : 'unknown' }, 'A read of the PBX failed');
    return false;
  }
}

function refusal(words: string): Outcome {
  if (/permission denied/i.test(words)) return 'denied';
  if (/unknown command|no such command/i.test(words)) return 'absent';
  // "No active conferences.", "No dialplan hints are available", "Database entry not found", "No such channel".
  return /^no |not found|unable to retrieve/i.test(words) ? 'ok' : 'failed';
}

export function isLinkGone(error: unknown): boolean {
  return error instanceof AmiNotConnectedError || error instanceof AmiLinkLostError || error instanceof AmiAbortedError;
}

/** Runs `work` over `items`, at most `limit` at a time, in order of start; the first error ends it. */
export async function inParallel<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const item = items[next++];
      if (item !== undefined) await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}
