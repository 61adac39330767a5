import type { AmiPort } from '../ami/types';
import type { PbxEvent } from '../pbx/events';

/** What somebody wants of an extension's do-not-disturb. */
export interface DndWish {
  readonly extension: string;
  readonly on: boolean;
  /** Name of the user or token that asks. */
  readonly by: string;
  readonly note: string | null;
}

/**
 * `done`: the value is set where the PBX tests it; `warning` says what else went wrong (a lamp that may be stale).
 * `refused`: nothing was changed; `message` is one sentence for a person, with the PBX's words.
 */
export type DndOutcome =
  | { readonly kind: 'done'; readonly warning: string | null }
  | { readonly kind: 'refused'; readonly message: string };

/** One way to keep do-not-disturb on a PBX; a file per backend. */
export interface DndBackend {
  /** Throws the AMI errors for a PBX that is away or silent; every refusal is an outcome. */
  set(ami: AmiPort, wish: DndWish): Promise<DndOutcome>;
}

/** Gives the model an event of the panel's own making. */
export type Emit = (event: PbxEvent) => void;

/** Runs tasks one after the other per key, in the order they were asked for: the last wish wins. */
export class Serial {
  private readonly lasts = new Map<string, Promise<unknown>>();

  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.lasts.get(key) ?? Promise.resolve();
    const result = before.then(task, task);
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    this.lasts.set(key, settled);
    void settled.then(() => {
      if (this.lasts.get(key) === settled) this.lasts.delete(key);
    });
    return result;
  }

  /** Keys with work under way. */
  get size(): number {
    return this.lasts.size;
  }
}
