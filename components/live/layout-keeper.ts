import type { Layout, SavedLayout } from '@/server/protocol/layout';
import { defaultLayout } from '@/server/protocol/layout-default';
import type { Notice } from './mirror';
import type { Topics } from './topics';
import { type Wire, WireLost } from './wire';

const settleMs = 500;
const retryMs = 3_000;

/**
 * The user's own layout: changed here at once, saved a moment later over the version it was read at. What was changed here
 * is kept when a newer one comes that says nothing else about it.
 */
export class LayoutKeeper {
  #layout: Layout = defaultLayout;
  /** As the server has it: what differs from it was changed here. */
  #base: Layout = defaultLayout;
  #version = 0;
  #known = false;
  #dirty = false;
  #sent: Layout | null = null;
  #saving: Promise<void> = Promise.resolve();
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
      this.#base = saved.layout;
      return;
    }
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

  /** Resolves when everything that was changed here is with the server, or cannot be for now. */
  async settled(): Promise<void> {
    this.#cancel?.();
    await this.#saving;
    await this.#save();
  }

  #schedule(ms: number): void {
    this.#cancel?.();
    this.#cancel = this.later(() => void this.#save(), ms);
  }

  #save(): Promise<void> {
    if (this.#sent || !this.#dirty || !this.#known) return Promise.resolve();
    this.#saving = this.#send();
    return this.#saving;
  }

  async #send(): Promise<void> {
    this.#dirty = false;
    this.#sent = this.#layout;
    try {
      const answer = await this.wire.request('layout', { version: this.#version, layout: this.#sent });
      if (answer.ok) {
        if (answer.version > this.#version) this.#base = this.#sent;
        this.#version = Math.max(this.#version, answer.version);
      } else if (answer.current) this.#adopt(answer.current);
      else this.notify({ kind: 'error', text: `Your layout was not saved. ${answer.message}` });
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
    const { mine, lost } = this.#changedHere(saved.layout);
    this.#known = true;
    this.#version = saved.version;
    this.#base = saved.layout;
    this.#layout = { ...saved.layout, ...mine };
    this.#dirty = Object.keys(mine).length > 0;
    if (lost) this.#tellConflict();
    if (this.#dirty) this.#schedule(settleMs);
    this.#touch();
  }

  /** What was changed here and stays; `lost`: something of it was changed elsewhere too. */
  #changedHere(newest: Layout): { readonly mine: Partial<Layout>; readonly lost: boolean } {
    const keys = Object.keys(this.#layout) as (keyof Layout)[];
    const changed = keys.filter((key) => !equal(this.#layout[key], this.#base[key]));
    const kept = changed.filter((key) => equal(newest[key], this.#base[key]));
    const lost = changed.some((key) => !kept.includes(key) && !equal(newest[key], this.#layout[key]));
    return { mine: Object.fromEntries(kept.map((key) => [key, this.#layout[key]])), lost };
  }

  #tellConflict(): void {
    this.notify({ kind: 'info', text: 'Your layout was changed elsewhere at the same time; that one is shown now.' });
  }

  #touch(): void {
    this.topics.touch('layout');
    this.topics.flush();
  }
}

/** An echo of one's own save may come before its answer. */
function sameLayout(a: Layout, b: Layout): boolean {
  const keys = Object.keys(a) as (keyof Layout)[];
  return keys.every((key) => equal(a[key], b[key]));
}

function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
