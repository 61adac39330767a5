import type { CommandParams, CommandResult } from '@/server/protocol/commands';
import type { ErrorCode } from '@/server/protocol/errors';

/** A note as it is written: `saved` is what the server has. */
export interface Draft {
  readonly text: string;
  readonly saved: string;
  readonly state: 'saved' | 'waiting' | 'saving' | 'failed';
  /** Why it is not saved, one sentence. */
  readonly problem: string | null;
}

export interface NoteKeeperPorts {
  readonly command: (name: 'call.note', params: CommandParams<'call.note'>) => Promise<CommandResult>;
  readonly later: (run: () => void, ms: number) => () => void;
  /** What outlives the page: what was written and is not on the server yet. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}

const pauseMs = 800;
const retryMs = 5_000;
/** A call may be unknown for a moment: a server that has just started reads the PBX first. */
const triesUnknown = 12;
const longest = 2_000;
const mostKept = 50;

/** Notes on calls: saved when the typing pauses, kept and tried again when that fails. Knows no framework. */
export class NoteKeeper {
  readonly #drafts = new Map<string, Draft>();
  readonly #timers = new Map<string, () => void>();
  readonly #listeners = new Set<() => void>();

  readonly #saving = new Set<string>();
  readonly #unknown = new Map<string, number>();
  readonly #storageKey: string;

  /** `username`: whose notes; another user of the same browser does not get them. */
  constructor(
    private readonly ports: NoteKeeperPorts,
    username: string,
  ) {
    this.#storageKey = `cordboard-notes-${username}`;
    for (const [call, text] of Object.entries(this.#kept())) {
      this.#drafts.set(call, { text, saved: '', state: 'waiting', problem: null });
      this.#arm(call, pauseMs);
    }
  }

  /** The note of a call by its id; undefined: nothing was written or read here. */
  get(call: string): Draft | undefined {
    return this.#drafts.get(call);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** What the server has; what is being written here goes before it. */
  learn(call: string, saved: string): void {
    const known = this.#drafts.get(call);
    if (known && known.state !== 'saved') return;
    this.#set(call, { text: saved, saved, state: 'saved', problem: null });
  }

  write(call: string, written: string): void {
    const text = written.slice(0, longest);
    const known = this.#drafts.get(call);
    this.#set(call, { text, saved: known?.saved ?? '', state: 'waiting', problem: known?.problem ?? null });
    this.#arm(call, pauseMs);
  }

  /** Now, not when the typing pauses. */
  flush(call: string): void {
    const state = this.#drafts.get(call)?.state;
    if (state === 'waiting' || state === 'failed') void this.#save(call);
  }

  /** Everything that is not saved, e.g. after the server came back. */
  flushAll(): void {
    for (const call of [...this.#drafts.keys()]) this.flush(call);
  }

  async #save(call: string): Promise<void> {
    this.#disarm(call);
    const draft = this.#drafts.get(call);
    if (!draft) return;
    if (this.#saving.has(call)) return this.#arm(call, pauseMs);
    const text = draft.text.trim();
    if (text === draft.saved) return this.#set(call, { ...draft, state: 'saved', problem: null });
    this.#set(call, { ...draft, state: 'saving' });
    this.#saving.add(call);
    const result = await this.ports.command('call.note', { call, text });
    this.#saving.delete(call);
    const now = this.#drafts.get(call) ?? draft;
    // Written on meanwhile: the newer text has its own turn.
    const goesOn = now.state === 'waiting';
    if (result.ok) {
      this.#set(call, { ...now, saved: text, state: goesOn ? 'waiting' : 'saved', problem: null });
      return;
    }
    this.#set(call, { ...now, state: goesOn ? 'waiting' : 'failed', problem: result.message });
    if (this.#mayPass(call, result.error) && !goesOn) this.#arm(call, retryMs);
  }

  /** What the server will never take is not asked for again by itself. */
  #mayPass(call: string, error: ErrorCode): boolean {
    if (error !== 'notFound') return error === 'pbxAway' || error === 'rateLimited' || error === 'internal';
    const tries = (this.#unknown.get(call) ?? 0) + 1;
    this.#unknown.set(call, tries);
    return tries < triesUnknown;
  }

  #set(call: string, draft: Draft): void {
    this.#drafts.set(call, draft);
    this.#keep();
    for (const listener of [...this.#listeners]) listener();
  }

  #arm(call: string, ms: number): void {
    this.#disarm(call);
    const cancel = this.ports.later(() => void this.#save(call), ms);
    this.#timers.set(call, cancel);
  }

  #disarm(call: string): void {
    this.#timers.get(call)?.();
    this.#timers.delete(call);
  }

  #keep(): void {
    const unsaved = [...this.#drafts].filter(([, draft]) => draft.state !== 'saved').slice(-mostKept);
    try {
      if (unsaved.length === 0) this.ports.storage.removeItem(this.#storageKey);
      else {
        const texts = Object.fromEntries(unsaved.map(([call, draft]) => [call, draft.text]));
        this.ports.storage.setItem(this.#storageKey, JSON.stringify(texts));
      }
    } catch {
      // A full or forbidden storage: it is still in the page.
    }
  }

  #kept(): Record<string, string> {
    try {
      const kept: unknown = JSON.parse(this.ports.storage.getItem(this.#storageKey) ?? '{}');
      if (typeof kept !== 'object' || kept === null) return {};
      return Object.fromEntries(Object.entries(kept).filter(([, text]) => typeof text === 'string'));
    } catch {
      return {};
    }
  }
}
