import type { CommandParams, CommandResult } from '@/server/protocol/commands';
import type { ExtensionRecord } from '@/server/protocol/records';
import type { CommandRequest } from '@/server/protocol/socket';
import type { Op } from '@/server/protocol/state';
import { dndWish, forwardWish, presenceWish } from './wishes';

type Fields = Pick<ExtensionRecord, 'dnd' | 'forward' | 'presence'>;

const undoMs = 10_000;

/** The availability commands of the pretended server. */
export class MockAvailability {
  readonly #kept = new Map<string, readonly [string, Fields][]>();

  constructor(
    private readonly find: (number: string) => ExtensionRecord | undefined,
    private readonly send: (ops: readonly Op[]) => void,
  ) {}

  run({ name, params }: CommandRequest): CommandResult {
    switch (name) {
      case 'extension.dnd': {
        const { extension, ...change } = params as CommandParams<'extension.dnd'>;
        return this.#apply(extension, (record) => dndWish(change, wisher()).over(record));
      }
      case 'extension.presence': {
        const { extension, ...change } = params as CommandParams<'extension.presence'>;
        return this.#apply(extension, (record) => presenceWish(change, wisher()).over(record));
      }
      case 'extension.forward': {
        const { extension, ...change } = params as CommandParams<'extension.forward'>;
        if (change.to && /^(\+|00)/.test(change.to)) return tollFraud(change.to);
        return this.#apply(extension, (record) => forwardWish(change, wisher()).over(record));
      }
      case 'extensions.set':
        return this.#set(params as CommandParams<'extensions.set'>);
      case 'extensions.undo':
        return this.#undo(params as CommandParams<'extensions.undo'>);
      default:
        return { ok: false, error: 'notFound', message: `The pretended server has no ${name}.` };
    }
  }

  #apply(number: string, change: (record: ExtensionRecord) => ExtensionRecord): CommandResult {
    const record = this.find(number);
    if (!record) return { ok: false, error: 'notFound', message: `There is no extension ${number}.` };
    this.send([['extensions', number, { ...fieldsOf(change(record)) }]]);
    return { ok: true };
  }

  #set({ extensions, dnd, presence }: CommandParams<'extensions.set'>): CommandResult {
    const refused = (number: string) => number.endsWith('4');
    const change = String(Date.now());
    const done = extensions.filter((number) => !refused(number)).flatMap((number) => this.find(number) ?? []);
    this.#kept.set(
      change,
      done.map((record) => [record.number, fieldsOf(record)]),
    );
    for (const { number } of done) {
      if (dnd) this.#apply(number, (record) => dndWish(dnd, wisher()).over(record));
      if (presence) this.#apply(number, (record) => presenceWish(presence, wisher()).over(record));
    }
    const results = extensions.map((extension) =>
      refused(extension) ? { extension, ok: false, message: 'The phone refused.' } : { extension, ok: true },
    );
    return { ok: true, change, undoUntil: new Date(Date.now() + undoMs).toISOString(), results };
  }

  #undo({ change }: CommandParams<'extensions.undo'>): CommandResult {
    const kept = this.#kept.get(change);
    if (!kept) return { ok: false, error: 'notFound', message: 'This cannot be taken back any more.' };
    this.#kept.delete(change);
    this.send(kept.map(([number, fields]) => ['extensions', number, { ...fields }]));
    return { ok: true, results: kept.map(([extension]) => ({ extension, ok: true })) };
  }
}

const wisher = () => ({ by: 'greta', at: new Date().toISOString() });

function fieldsOf({ dnd, forward, presence }: ExtensionRecord): Fields {
  return { dnd, forward, presence };
}

function tollFraud(to: string): CommandResult {
  const message = `${to} is an international number; the administrator does not allow forwarding to those.`;
  return { ok: false, error: 'invalid', message, field: 'to' };
}
