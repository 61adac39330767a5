import type { AmiPort } from '../ami/types';
import type { MemberInfo, PbxEvent } from '../pbx/events';
import type { QueueMember, QueueRecord } from '../protocol/records';
import {
  isUnderWay,
  keyOf,
  type Membership,
  newMembership,
  type Pause,
  pauseOf,
  reasonThatFits,
} from './queue-membership';
import { type PausedStore, PauseWriter } from './queue-pause-writer';

export interface QueuePauseDeps {
  /** Null: no link. */
  readonly ami: () => AmiPort | null;
  /** The model's queues, as they are after the event that is observed. */
  readonly queues: () => Iterable<QueueRecord>;
  readonly dndOn: (number: string) => boolean;
  readonly settings: () => { readonly enabled: boolean; readonly reason: string };
  readonly store: PausedStore;
  readonly pbxKey: () => string;
  readonly log: { warn(fields: object, message: string): void; error(fields: object, message: string): void };
}

/**
 * Do-not-disturb pauses the person's queue memberships, and its end takes back what it paused and nothing else: SPEC Q.
 *
 * During one do-not-disturb each membership is decided once: *ours* (not paused then: we pause it) or *left* (paused
 * already, or somebody else's since). A queue joined anew is decided anew.
 */
export class QueuePause {
  /** Whose rows `#ours` was read from; null: nothing was read yet, nothing is decided. */
  #pbx: string | null = null;
  #up = false;
  readonly #ours = new Map<string, Membership>();
  /** Key → extension. */
  readonly #left = new Map<string, string>();
  readonly #writer: PauseWriter;

  constructor(private readonly deps: QueuePauseDeps) {
    const { store, log } = deps;
    this.#writer = new PauseWriter({
      ami: () => (this.#up ? deps.ami() : null),
      store,
      isOurs: (membership) => this.#ours.get(keyIn(membership)) === membership,
      over: (membership) => this.#over(membership),
      log,
    });
  }

  /** What Asterisk refused last, in words; null: nothing. */
  problem(): string | null {
    return this.#writer.problem;
  }

  /** A person's do-not-disturb went on or off; what the PBX is away for is done when it is back. */
  dndChanged(number: string, on: boolean): void {
    if (on) this.#decideAll((extension) => extension === number);
    else this.#takeBack((extension) => extension === number);
  }

  /** The rule was switched on or off. */
  retune(): void {
    if (this.deps.settings().enabled) this.#decideAll(() => true);
    else this.#takeBack(() => true);
  }

  /** Every event, after the model has reduced it. */
  observe(event: PbxEvent): void {
    switch (event.type) {
      case 'link':
        if (event.link === 'up') this.#connected();
        else if (event.link === 'down') this.#disconnected();
        return;
      case 'queue.member':
        this.#member(event.queue, event.member, event.added === true);
        return;
      case 'queue.member.gone':
        this.#gone(keyOf(event.queue, event.interface));
        return;
      case 'queue.gone':
        for (const { row } of [...this.#ours.values()]) {
          if (row.queue === event.name) this.#gone(keyOf(row.queue, row.interface));
        }
        return;
      case 'extension':
        if (this.#up) this.#decideAll((extension) => extension === event.extension.number);
        return;
      case 'list.queues':
        this.#review(false);
        return;
    }
  }

  #connected(): void {
    if (this.#up) return;
    this.#up = true;
    void this.#begin();
  }

  #disconnected(): void {
    this.#up = false;
    for (const membership of this.#ours.values()) {
      membership.doubtful ||= membership.expected.length > 0;
      membership.expected = [];
      membership.told = null;
    }
  }

  async #begin(): Promise<void> {
    const pbx = this.deps.pbxKey();
    try {
      if (pbx !== this.#pbx) await this.#recall(pbx);
    } catch (error) {
      this.deps.log.error({ err: error }, 'what was paused in queues cannot be read: nothing is paused or un-paused');
      return;
    }
    if (this.#up && pbx === this.#pbx) this.#review(true);
  }

  async #recall(pbx: string): Promise<void> {
    this.#pbx = null;
    this.#ours.clear();
    this.#left.clear();
    const rows = await this.deps.store.load(pbx);
    if (this.deps.pbxKey() !== pbx || this.#pbx !== null) return;
    for (const row of rows) this.#ours.set(keyOf(row.queue, row.interface), newMembership(pbx, row));
    this.#pbx = pbx;
  }

  /** Compares what we paused with what was read. `fresh`: the first reading of a connection; a pause may be lost then. */
  #review(fresh: boolean): void {
    if (!this.#up || this.#pbx === null) return;
    const members = new Map([...this.#members()].map(([queue, member]) => [keyOf(queue, member.interface), member]));
    const queues = new Set([...this.deps.queues()].map(({ name }) => name));
    for (const [key, membership] of [...this.#ours]) {
      if (isUnderWay(membership) && (membership.busy || !membership.doubtful)) continue;
      membership.doubtful = false;
      membership.expected = [];
      const member = members.get(key);
      if (member === undefined) {
        // A queue that cannot be read now says nothing of its members: our pause may be there.
        if (queues.has(membership.row.queue)) this.#forget(key);
        continue;
      }
      if (fresh) {
        membership.wanted = this.#wants(membership.row.number);
        membership.placed = false;
      }
      this.#tell(membership, member);
      if (this.#ours.get(key) === membership) this.#writer.settle(membership);
    }
    this.#decideAll(() => true);
  }

  #member(queue: string, member: MemberInfo, added: boolean): void {
    const key = keyOf(queue, member.interface);
    if (added) this.#joined(key);
    const membership = this.#ours.get(key);
    if (membership) this.#tell(membership, member);
  }

  #joined(key: string): void {
    const membership = this.#ours.get(key);
    if (membership === undefined || !isUnderWay(membership)) this.#decideAnew(key);
    else membership.rejoined = true;
  }

  /** What we wrote may take effect on a member that joins again before it arrives: the answer decides then. */
  #gone(key: string): void {
    const membership = this.#ours.get(key);
    if (membership === undefined || !isUnderWay(membership)) this.#forget(key);
    else membership.told = null;
  }

  #decideAnew(key: string): void {
    this.#forget(key);
    this.#decideAll((_, found) => found === key);
  }

  #over(membership: Membership): void {
    if (membership.rejoined) this.#decideAnew(keyIn(membership));
    else this.#leave(membership);
  }

  /** SPEC Q2, Q4: what the PBX says of a membership of ours; the same word again says nothing. */
  #tell(membership: Membership, member: Pick<MemberInfo, 'paused' | 'pausedReason'>): void {
    const before = membership.told;
    const pause = pauseOf(member, membership.row.reason);
    if (pause === before) return;
    membership.told = pause;
    if (!accept(membership, before, pause)) this.#leave(membership);
    else if (!isUnderWay(membership)) this.#writer.settle(membership);
  }

  /** Not ours any more; nobody's wish of us before this do-not-disturb is over. */
  #leave(membership: Membership): void {
    const key = keyIn(membership);
    this.#ours.delete(key);
    this.#writer.forget(membership);
    if (membership.wanted) this.#left.set(key, membership.row.number);
  }

  #forget(key: string): void {
    this.#left.delete(key);
    const membership = this.#ours.get(key);
    if (membership === undefined) return;
    this.#ours.delete(key);
    this.#writer.forget(membership);
  }

  /** SPEC Q1, Q3 */
  #decideAll(concerns: (extension: string, key: string) => boolean): void {
    const { enabled, reason } = this.deps.settings();
    if (!enabled || this.#pbx === null) return;
    for (const [queue, member] of this.#members()) {
      const { extension, interface: called } = member;
      const key = keyOf(queue, called);
      if (extension === null || !concerns(extension, key) || !this.deps.dndOn(extension)) continue;
      const row = { queue, interface: called, number: extension, reason: reasonThatFits(reason) };
      this.#decide(key, newMembership(this.#pbx, row), member);
    }
  }

  #decide(key: string, fresh: Membership, member: QueueMember): void {
    const membership = this.#ours.get(key);
    if (membership !== undefined) {
      if (membership.wanted) return;
      membership.wanted = true;
      this.#writer.settle(membership);
      return;
    }
    // What is read while the PBX is away may be old: decided when it is back.
    if (this.#left.has(key) || !this.#up) return;
    if (member.paused) {
      this.#left.set(key, fresh.row.number);
      return;
    }
    fresh.told = 'free';
    this.#ours.set(key, fresh);
    this.#writer.settle(fresh);
  }

  /** SPEC Q2 */
  #takeBack(concerns: (extension: string) => boolean): void {
    for (const [key, number] of [...this.#left]) if (concerns(number)) this.#left.delete(key);
    for (const membership of this.#ours.values()) {
      if (!concerns(membership.row.number)) continue;
      membership.wanted = false;
      this.#writer.settle(membership);
    }
  }

  #wants(number: string): boolean {
    return this.deps.settings().enabled && this.deps.dndOn(number);
  }

  *#members(): Generator<readonly [queue: string, member: QueueMember]> {
    for (const { name, members } of this.deps.queues()) for (const member of members) yield [name, member];
  }
}

/** False: it is somebody else's. `before`: what was told before. */
function accept(membership: Membership, before: Pause | null, pause: Pause): boolean {
  const { expected, placed } = membership;
  if (expected[0] === pause) {
    expected.shift();
    membership.doubtful &&= expected.length > 0;
  }
  // Older than what we wrote, or nothing of ours was there.
  else if (pause !== 'ours') return expected.length > 0 || (pause === 'free' && !placed);
  membership.placed = pause === 'ours';
  // Ours came over somebody else's pause: that one is not for us to take back, if we have not done so already.
  return !(pause === 'ours' && before === 'other' && expected.length === 0);
}

function keyIn({ row }: Membership): string {
  return keyOf(row.queue, row.interface);
}
