import type { Layout, SavedLayout } from '@/server/protocol/layout';
import { defaultLayout } from '@/server/protocol/layout-default';
import type { Notice } from './mirror';
import type { Topics } from './topics';
import { type Wire, WireLost } from './wire';

const settleMs = 500;
const retryMs = 3_000;

/** The user's own layout: changed here at once, saved a moment later over the version it was read at. */
export class LayoutKeeper {
  #layout: Layout = defaultLayout;
  #version = 0;
  #known = false;
  #dirty = false;
  #sent: Layout | null = null;
  #cancel: (() => void) | null = null;

  constructor(
    private readonly wire: Wire,
    private readonly topics: Topics,
    private readonly later: (run: () => void, ms: number) => () => void,
    private readonly notify: (notice: Notice) => void,
  ) {}

  get layout(): Layout {
    return this.#layout;
  }

  /** False until the server has told it. */
  get known(): boolean {
    return this.#known;
  }

  /** The server's word. With `hello` a change made here and not yet saved is kept when nobody saved a newer version. */
  take(saved: SavedLayout, hello = false): void {
    if (hello && this.#dirty && saved.version === this.#version) {
      this.#schedule(0);
      return;
    }
    if (!hello && saved.version <= this.#version) return;
    if (this.#sent && sameLayout(this.#sent, saved.layout)) {
      this.#version = saved.version;
      return;
    }
    if (this.#dirty) this.#tellConflict();
    this.#adopt(saved);
  }

  change(change: Partial<Layout>): void {
    this.#layout = { ...this.#layout, ...change };
    this.#dirty = true;
    this.#touch();
    this.#schedule(settleMs);
  }

  /** Save what waits now: the page is being left. */
  flush(): void {
    this.#cancel?.();
    void this.#save();
  }

  #schedule(ms: number): void {
    this.#cancel?.();
    this.#cancel = this.later(() => void this.#save(), ms);
  }

  async #save(): Promise<void> {
    if (this.#sent || !this.#dirty || !this.#known) return;
    this.#dirty = false;
    this.#sent = this.#layout;
    try {
      const answer = await this.wire.request('layout', { version: this.#version, layout: this.#sent });
      if (answer.ok) this.#version = Math.max(this.#version, answer.version);
      else if (answer.current) {
        this.#tellConflict();
        this.#adopt(answer.current);
      } else this.notify({ kind: 'error', text: `Your layout was not saved. ${answer.message}` });
    } catch (error) {
      if (!(error instanceof WireLost)) throw error;
      this.#dirty = true;
    } finally {
      this.#sent = null;
    }
    if (this.#dirty) this.#schedule(retryMs);
  }

  #adopt(saved: SavedLayout): void {
    this.#cancel?.();
    this.#dirty = false;
    this.#known = true;
    this.#version = saved.version;
    this.#layout = saved.layout;
    this.#touch();
  }

  #tellConflict(): void {
    this.notify({ kind: 'info', text: 'Your layout was changed in another window; that one is shown now.' });
  }

  #touch(): void {
    this.topics.touch('layout');
    this.topics.flush();
  }
}

/** An echo of one's own save may come before its answer. */
function sameLayout(a: Layout, b: Layout): boolean {
  const keys = Object.keys(a) as (keyof Layout)[];
  return keys.every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));
}
