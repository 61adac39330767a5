import { AmiRefusedError } from '../ami/errors';
import type { AmiPort } from '../ami/types';
import { refusalInWords } from './pbx-answers';
import { keyOf, type Membership, type PausedRow } from './queue-membership';
import { Serial } from './serial';

/** What was paused, over restarts. */
export interface PausedStore {
  load(pbx: string): Promise<readonly PausedRow[]>;
  add(pbx: string, row: PausedRow): Promise<void>;
  remove(pbx: string, queue: string, member: string): Promise<void>;
}

export interface PauseWriterDeps {
  /** Null: the PBX is away. */
  readonly ami: () => AmiPort | null;
  readonly store: Pick<PausedStore, 'add' | 'remove'>;
  /** Still this one's to write. */
  readonly isOurs: (membership: Membership) => boolean;
  /** Nothing is to be done about it any more. */
  readonly over: (membership: Membership) => void;
  readonly log: { warn(fields: object, message: string): void; error(fields: object, message: string): void };
}

/** Pauses and takes back, one write at a time per membership, and none for a wish that was overtaken. */
export class PauseWriter {
  readonly #serial = new Serial();
  #problem: string | null = null;

  constructor(private readonly deps: PauseWriterDeps) {}

  /** What Asterisk refused last, in words; null: nothing. */
  get problem(): string | null {
    return this.#problem;
  }

  settle(membership: Membership): void {
    this.#inTurn(membership, () => this.#settle(membership));
  }

  /** Forgets it, after whatever is under way. */
  forget(membership: Membership): void {
    const { pbx, row } = membership;
    this.#inTurn(membership, () => this.deps.store.remove(pbx, row.queue, row.interface));
  }

  #inTurn(membership: Membership, work: () => Promise<void>): void {
    const { queue, interface: member } = membership.row;
    this.#serial.run(keyOf(queue, member), work).catch((error: unknown) => {
      this.deps.log.error({ err: error, queue, interface: member }, 'a queue pause could not be written down');
    });
  }

  async #settle(membership: Membership): Promise<void> {
    membership.busy = true;
    try {
      while (this.#due(membership)) if (!(await this.#write(membership, membership.wanted))) return;
    } finally {
      membership.busy = false;
    }
    const { wanted, placed, expected, doubtful } = membership;
    if (!wanted && !placed && expected.length === 0 && !doubtful) this.#end(membership);
  }

  /** Not in doubt, nor over somebody else's pause that came before ours: the next word of the PBX says how it is. */
  #due(membership: Membership): boolean {
    const { wanted, placed, told, doubtful } = membership;
    return this.deps.isOurs(membership) && wanted !== placed && told !== 'other' && !doubtful;
  }

  #end(membership: Membership): void {
    if (this.deps.isOurs(membership)) this.deps.over(membership);
  }

  /** False: not to be tried again now. */
  async #write(membership: Membership, paused: boolean): Promise<boolean> {
    const { pbx, row } = membership;
    // Written down before it is done: a pause that nobody remembers would never be taken back.
    if (paused) await this.deps.store.add(pbx, row);
    if (!this.#due(membership) || membership.wanted !== paused) return true;
    const ami = this.deps.ami();
    if (ami === null) return false;
    const echo = paused ? 'ours' : 'free';
    membership.expected.push(echo);
    try {
      const { queue: Queue, interface: Interface, reason: Reason } = row;
      await ami.action('QueuePause', { Queue, Interface, Paused: paused, Reason: paused ? Reason : undefined });
    } catch (error) {
      this.#failed(membership, paused, error);
      return false;
    }
    this.#problem = null;
    // Told by an event already, and perhaps overtaken by somebody else since.
    if (membership.expected.includes(echo)) membership.placed = paused;
    if (!paused) await this.deps.store.remove(pbx, row.queue, row.interface);
    return true;
  }

  #failed(membership: Membership, paused: boolean, error: unknown): void {
    const { queue, interface: member } = membership.row;
    const fields = { queue, interface: member, err: error };
    if (!(error instanceof AmiRefusedError)) {
      membership.doubtful = true;
      this.deps.log.warn(fields, 'a queue pause is in doubt until the queues are read again');
      return;
    }
    membership.expected.pop();
    const gone = /not found/i.test(error.reason);
    if (!gone) this.#problem = refusalInWords(error);
    this.deps.log.warn(fields, paused ? 'a queue member was not paused' : 'a queue member was not un-paused');
    // A pause that could not be taken back stays ours, and is tried again with the next reading.
    if (paused || gone) this.#end(membership);
  }
}
