import { z } from 'zod';
import type { Stopped } from './commands/panic';
import { panicState } from './protocol/access';
import { Mutex } from './store/mutex';
import type { Store } from './store/store';

const key = 'outside';

export interface PanicSwitchDeps {
  readonly settings: Pick<Store['settings'], 'get' | 'put'>;
  /** Told at the start and at each change. */
  readonly changed: (stopped: Stopped) => void;
  readonly now: () => number;
  readonly log: { error(fields: object, message: string): void };
}

/** Stops all calls of the panel to the outside, until it is released; a restart releases nothing. */
export class PanicSwitch {
  #stopped: Stopped = null;
  #version = 0;
  readonly #writing = new Mutex();

  constructor(private readonly deps: PanicSwitchDeps) {}

  /** To be awaited before anybody calls. What cannot be read counts as stopped: the safe side. */
  async load(): Promise<void> {
    const saved = await this.deps.settings.get(key, z.unknown());
    const state = panicState.safeParse(saved?.value ?? { stopped: null });
    if (!state.success) this.deps.log.error({ err: state.error }, 'the panic switch cannot be read: calls are stopped');
    this.#version = saved?.version ?? 0;
    this.#stopped = state.success ? state.data.stopped : { by: 'the panel', since: this.#time() };
    this.deps.changed(this.#stopped);
  }

  current(): Stopped {
    return this.#stopped;
  }

  /** Stopping holds at once, whatever the disk does; releasing holds once it is written. Rejects when it cannot be. */
  async set(on: boolean, by: string): Promise<void> {
    const stopped = on ? (this.#stopped ?? { by, since: this.#time() }) : null;
    if (on) this.#show(stopped);
    // One after the other: the last one asked for is what stays.
    await this.#writing.run(async () => {
      this.#version = await this.deps.settings.put(key, { stopped }, this.#version);
      this.#show(stopped);
    });
  }

  #show(stopped: Stopped): void {
    if (stopped === this.#stopped) return;
    this.#stopped = stopped;
    this.deps.changed(stopped);
  }

  #time(): string {
    return new Date(this.deps.now()).toISOString();
  }
}
