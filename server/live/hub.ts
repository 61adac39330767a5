import type { Frame, Op, Snapshot, SnapshotLists } from '../protocol/state';
import { type Audience, AudienceView, type FindRecord } from './audiences';
import { Batch, type Change } from './batch';
import { type EncodedFrame, Tail } from './tail';

/** Runs `run` once after `ms`; the answer cancels it. */
export type Schedule = (run: () => void, ms: number) => () => void;

export interface HubOptions {
  /** New for every process: browsers of an earlier one start again from a snapshot. */
  readonly epoch: string;
  /** Server clock, epoch ms; stamped on frames, never used for pacing. */
  readonly now: () => number;
  readonly schedule: Schedule;
  /** The whole state as it is now. */
  readonly lists: () => SnapshotLists;
  /** One record as it is now; asked for audiences with a view only. */
  readonly find: FindRecord;
  /** Least time between two frames of one audience, ms; default 50. */
  readonly frameIntervalMs?: number;
  /** A burst of more records than this is spread over several frames; default 1,000. */
  readonly recordsPerFrame?: number;
  /** Bounds of what is kept for browsers that come back: frames (default 600) and characters of JSON (default 8 Mi). */
  readonly tailFrames?: number;
  readonly tailChars?: number;
  /** How long a stream outlives its last reader, ms; default 60,000. */
  readonly lingerMs?: number;
  /** How long one encoded snapshot, followed by the frames since, serves newcomers, ms; default 1,000. */
  readonly snapshotMs?: number;
  readonly encode?: (value: unknown) => string;
}

export type FrameSink = (frame: EncodedFrame) => void;

/** Where a browser is brought to the present: `frames` follow on what it has, or on the snapshot. */
export interface Sync {
  /** JSON of a Snapshot; null when the frames alone are enough. */
  readonly snapshot: string | null;
  readonly frames: readonly EncodedFrame[];
}

interface Stream {
  readonly epoch: string;
  readonly view: AudienceView;
  readonly tail: Tail;
  readonly sinks: Set<FrameSink>;
  seq: number;
  cut: { readonly seq: number; readonly text: string; readonly forget: () => void } | null;
  forget: (() => void) | null;
}

const defaults = {
  frameIntervalMs: 50,
  recordsPerFrame: 1_000,
  tailFrames: 600,
  tailChars: 8 * 1024 * 1024,
  lingerMs: 60_000,
  snapshotMs: 1_000,
  encode: (value: unknown) => JSON.stringify(value),
};

/**
 * From the model's ops to frames: the first change leaves at once, what follows waits for the next frame, one encoding
 * per audience. Each audience has its own epoch and sequence, so a browser that changes audience can never go on with
 * frames of the other.
 *
 * A snapshot may be cut while ops are pending: it already shows them, carries the sequence of the last frame sent, and
 * the next frame repeats them, which changes nothing (see Batch).
 */
export class Hub {
  private readonly options: Required<HubOptions>;
  private readonly batch = new Batch();
  private readonly streams = new Map<string, Stream>();
  private streamCount = 0;
  private cooling: (() => void) | null = null;

  constructor(options: HubOptions) {
    this.options = { ...defaults, ...options };
  }

  /** Take over the model's changes. The model must already be in the state the ops lead to. */
  publish(ops: readonly Op[]): void {
    for (const op of ops) this.batch.add(op);
    if (this.cooling === null && this.batch.size > 0) this.flush();
  }

  /** The state as an audience sees it now, with the place in its stream where frames go on. */
  snapshot(audience: Audience): Snapshot {
    return this.cutSnapshot(this.stream(audience));
  }

  /** The same as JSON; as long as nothing changes, and for `snapshotMs` at most, all who ask share one encoding. */
  snapshotText(audience: Audience): string {
    const stream = this.stream(audience);
    const { cut } = stream;
    const current = cut !== null && cut.seq === stream.seq && this.batch.size === 0;
    return current ? cut.text : this.encode(stream).text;
  }

  /** Hear every frame of an audience from now on; the answer ends it. */
  attach(audience: Audience, sink: FrameSink): () => void {
    const stream = this.stream(audience);
    stream.forget?.();
    stream.forget = null;
    stream.sinks.add(sink);
    return () => {
      if (stream.sinks.delete(sink)) this.lingerUnread(audience.key, stream);
    };
  }

  /** The frames after `seq` of that epoch; null: they are gone, or never were, and a snapshot is needed. */
  since(audience: Audience, epoch: string, seq: number): readonly EncodedFrame[] | null {
    const stream = this.streams.get(audience.key);
    if (stream === undefined || stream.epoch !== epoch) return null;
    return seq === stream.seq ? [] : stream.tail.since(seq);
  }

  /** Bring somebody to the present; frames that a sink hears after this call follow without a gap or a repeat. */
  sync(audience: Audience, have?: { readonly epoch: string; readonly seq: number }): Sync {
    const missed = have === undefined ? null : this.since(audience, have.epoch, have.seq);
    if (missed !== null) return { snapshot: null, frames: missed };
    const stream = this.stream(audience);
    const cut = this.encodedSnapshot(stream);
    return { snapshot: cut.text, frames: cut.seq === stream.seq ? [] : (stream.tail.since(cut.seq) ?? []) };
  }

  /** Stop all timers; nothing is sent after this. */
  close(): void {
    this.cooling?.();
    this.cooling = () => undefined;
    for (const stream of this.streams.values()) this.drop(stream);
    this.streams.clear();
  }

  private flush(): void {
    // Armed first: a sink that publishes must not start a second flush.
    this.cooling = this.options.schedule(() => {
      this.cooling = null;
      if (this.batch.size > 0) this.flush();
    }, this.options.frameIntervalMs);
    const changes = this.batch.take(this.options.recordsPerFrame);
    const at = this.options.now();
    for (const stream of this.streams.values()) this.send(stream, changes, at);
  }

  private send(stream: Stream, changes: readonly Change[], at: number): void {
    const ops = stream.view.ops(changes);
    if (ops.length === 0) return;
    const frame: Frame = { epoch: stream.epoch, prev: stream.seq, seq: stream.seq + 1, at, ops };
    const encoded = { frame, text: this.options.encode(frame) };
    stream.seq = frame.seq;
    stream.tail.push(encoded);
    for (const sink of stream.sinks) sink(encoded);
  }

  private stream(audience: Audience): Stream {
    const known = this.streams.get(audience.key);
    if (known !== undefined) return known;
    this.streamCount += 1;
    const stream: Stream = {
      epoch: `${this.options.epoch}.${this.streamCount}`,
      view: new AudienceView(audience, this.options.find),
      tail: new Tail(this.options.tailFrames, this.options.tailChars),
      sinks: new Set(),
      seq: 0,
      cut: null,
      forget: null,
    };
    this.streams.set(audience.key, stream);
    this.lingerUnread(audience.key, stream);
    return stream;
  }

  private lingerUnread(key: string, stream: Stream): void {
    if (stream.sinks.size > 0 || stream.forget !== null || this.streams.get(key) !== stream) return;
    stream.forget = this.options.schedule(() => {
      this.drop(stream);
      this.streams.delete(key);
    }, this.options.lingerMs);
  }

  private drop(stream: Stream): void {
    stream.forget?.();
    stream.cut?.forget();
    stream.cut = null;
  }

  private cutSnapshot(stream: Stream): Snapshot {
    const serverTime = new Date(this.options.now()).toISOString();
    return { epoch: stream.epoch, seq: stream.seq, serverTime, ...stream.view.lists(this.options.lists()) };
  }

  /** When hundreds of browsers come back at once they share one encoding. */
  private encodedSnapshot(stream: Stream): { readonly seq: number; readonly text: string } {
    const { cut } = stream;
    if (cut !== null && (cut.seq === stream.seq || stream.tail.since(cut.seq) !== null)) return cut;
    return this.encode(stream);
  }

  private encode(stream: Stream): { readonly seq: number; readonly text: string } {
    stream.cut?.forget();
    const { seq } = stream;
    const text = this.options.encode(this.cutSnapshot(stream));
    const forget = this.options.schedule(() => {
      stream.cut = null;
    }, this.options.snapshotMs);
    stream.cut = { seq, text, forget };
    return stream.cut;
  }
}
