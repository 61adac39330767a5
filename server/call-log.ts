import type { PbxEvent } from './pbx/events';
import type { CallOutcome } from './protocol/call-log';
import type { CallRecord, ExtensionCall, Party } from './protocol/records';
import type { Op } from './protocol/state';

/** A call that is over; times in epoch ms, `startedAt` ≤ `answeredAt` ≤ `endedAt`. */
export interface EndedCall {
  readonly id: string;
  readonly from: Party;
  readonly to: Party;
  readonly queue: string | null;
  readonly did: string | null;
  readonly startedAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number;
  readonly outcome: CallOutcome;
  /** Extensions that talked, in the order they came. */
  readonly extensions: readonly string[];
}

export type CallNews =
  | { readonly type: 'ended'; readonly call: EndedCall }
  /** Two calls have become one: what was written about `from` belongs to `into`. */
  | { readonly type: 'merged'; readonly from: string; readonly into: string };

/** A call that runs, with what of its past its record no longer tells. */
interface Running {
  record: CallRecord;
  /** Whom it reached or rang last: as its phones hang up, its record tells the number that was dialled again. */
  to: Party | null;
  answeredAt: number | null;
  readonly extensions: Set<string>;
  /** Legs that are or were in it: one that has left may turn up in another call. */
  readonly legs: Set<string>;
  /** Somebody else than the caller was reached or rung. */
  rang: boolean;
  service: boolean;
  /** Its caller gave up waiting in a queue. */
  abandoned: boolean;
  /** The call that took over its legs. */
  into: string | null;
}

const connected: ReadonlySet<string> = new Set(['talking', 'held', 'onHold', 'conference']);

/**
 * Turns what the model tells into calls that are over: one for each call record that goes, but for those that became
 * part of another. Pure; to be given every event with its ops, from the first one on.
 *
 * While the link is down nothing is over. A call that the next read does not list has ended unseen: when it was answered
 * before, it is told with the last moment at which it is known to have run; else nobody knows what became of it, and
 * nothing is told.
 */
export class CallTracker {
  private readonly running = new Map<string, Running>();
  /** Which call a leg is in. */
  private readonly callOf = new Map<string, string>();
  /** Epoch ms; since then nothing was heard of the PBX. */
  private lostAt: number | null = null;

  /** How many legs are remembered; none of calls that are over. For tests. */
  get legs(): number {
    return this.callOf.size;
  }

  /** Ids of the calls that run. */
  get ids(): Iterable<string> {
    return this.running.keys();
  }

  observe(event: PbxEvent, ops: readonly Op[]): readonly CallNews[] {
    if (event.type === 'features.clear') this.forget();
    if (event.type === 'link' && event.link === 'down') this.lostAt ??= event.at;
    if (event.type === 'queue.abandon') this.abandon(event.uniqueid);
    const news: CallNews[] = [];
    const gone: string[] = [];
    for (const [domain, key, fields] of ops) {
      if (domain === 'calls') {
        if (fields === null) gone.push(key);
        else this.learn(key, fields, news);
      } else if (domain === 'extensions' && fields !== null && 'calls' in fields) {
        this.learnTalks(key, fields.calls as readonly ExtensionCall[]);
      }
    }
    for (const id of gone) this.end(id, event, news);
    if (event.type === 'list.channels') this.lostAt = null;
    return news;
  }

  /** Another PBX: nothing of the former one goes on, and nothing of it has ended. */
  private forget(): void {
    this.running.clear();
    this.callOf.clear();
  }

  private abandon(uniqueid: string): void {
    const call = this.running.get(this.callOf.get(uniqueid) ?? '');
    if (call && call.answeredAt === null) call.abandoned = true;
  }

  private learn(id: string, fields: Readonly<Record<string, unknown>>, news: CallNews[]): void {
    const known = this.running.get(id);
    const record = { ...known?.record, ...fields } as CallRecord;
    const call = known ?? newCall(record);
    if (!known) this.running.set(id, call);
    call.record = record;
    const answered = record.answeredAt === null ? null : Date.parse(record.answeredAt);
    if (answered !== null && connected.has(record.state)) call.answeredAt = earlier(call.answeredAt, answered);
    if (record.legs.length > 1 || record.state === 'ringing') call.rang = true;
    if (record.state === 'ringing' || connected.has(record.state)) call.to = record.to;
    if (record.state === 'service') call.service = true;
    // It lives on by itself: only a leg of it has gone elsewhere.
    if (record.legs.length > 1 && connected.has(record.state)) call.into = null;
    for (const leg of record.legs) {
      call.legs.add(leg);
      this.place(leg, id, call, news);
    }
  }

  /** A leg that was in another call takes that call's past with it. */
  private place(leg: string, id: string, call: Running, news: CallNews[]): void {
    const before = this.callOf.get(leg);
    this.callOf.set(leg, id);
    if (before === undefined || before === id) return;
    const old = this.running.get(before);
    if (!old || old.into === id) return;
    old.into = id;
    if (old.answeredAt !== null) call.answeredAt = earlier(call.answeredAt, old.answeredAt);
    for (const extension of old.extensions) call.extensions.add(extension);
    call.rang ||= old.rang;
    call.abandoned &&= call.answeredAt === null;
    news.push({ type: 'merged', from: before, into: id });
  }

  private learnTalks(extension: string, lines: readonly ExtensionCall[]): void {
    for (const line of lines) if (connected.has(line.state)) this.running.get(line.callId)?.extensions.add(extension);
  }

  private end(id: string, event: PbxEvent, news: CallNews[]): void {
    const call = this.running.get(id);
    if (!call) return;
    this.running.delete(id);
    for (const leg of call.legs) if (this.callOf.get(leg) === id) this.callOf.delete(leg);
    if (call.into !== null) return;
    const unseen = event.type === 'list.channels' && this.lostAt !== null;
    if (unseen && call.answeredAt === null) return;
    const ended = unseen ? (this.lostAt ?? event.at) : event.at;
    news.push({ type: 'ended', call: over(call, ended) });
  }
}

function newCall(record: CallRecord): Running {
  const past = { to: null, answeredAt: null, rang: false, service: false, abandoned: false, into: null };
  return { record, ...past, extensions: new Set(), legs: new Set() };
}

function earlier(one: number | null, other: number): number {
  return one === null ? other : Math.min(one, other);
}

function over(call: Running, at: number): EndedCall {
  const { id, from, queue, did, createdAt } = call.record;
  const to = call.to ?? call.record.to;
  const startedAt = Math.min(Date.parse(createdAt), at);
  const answeredAt = call.answeredAt === null ? null : Math.min(Math.max(call.answeredAt, startedAt), at);
  const outcome = outcomeOf(call);
  return { id, from, to, queue, did, startedAt, answeredAt, endedAt: at, outcome, extensions: [...call.extensions] };
}

function outcomeOf({ answeredAt, abandoned, rang, service, record }: Running): CallOutcome {
  if (answeredAt !== null) return 'answered';
  if (abandoned || record.state === 'queued') return 'abandoned';
  return service && !rang ? 'service' : 'missed';
}
