import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyOp, emptyMaps, loadSnapshot, type StateMaps } from '../protocol/apply';
import { type Domain, domainKeys, domains } from '../protocol/domains';
import type { Frame, Op, RecordOf, Snapshot, SnapshotLists } from '../protocol/state';
import { type Audience, everyone, viewLists } from './audiences';
import { type FrameSink, Hub, type HubOptions, type Sync } from './hub';

/** Time that only the test moves. */
class FakeClock {
  now = 1_000_000;
  private timers: { at: number; run: () => void }[] = [];

  schedule = (run: () => void, ms: number): (() => void) => {
    const timer = { at: this.now + ms, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  };

  get pending(): number {
    return this.timers.length;
  }

  advance(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const due = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.timers = this.timers.filter((timer) => timer !== due);
      this.now = Math.max(this.now, due.at);
      due.run();
    }
    this.now = end;
  }
}

/** A model that only knows how to make legal ops: a new record has all fields, a changed one those that changed. */
class TinyModel {
  readonly maps = emptyMaps();

  set(domain: Domain, key: string, values: Readonly<Record<string, unknown>>): Op {
    const known = this.maps[domain].get(key) as Record<string, unknown> | undefined;
    const fields = known === undefined ? { [domainKeys[domain]]: key, a: 0, b: 0, secret: false, ...values } : values;
    const op: Op = [domain, key, fields];
    applyOp(this.maps, op);
    return op;
  }

  remove(domain: Domain, key: string): Op {
    const op: Op = [domain, key, null];
    applyOp(this.maps, op);
    return op;
  }

  lists = (): SnapshotLists =>
    Object.fromEntries(domains.map((domain) => [domain, [...this.maps[domain].values()]])) as unknown as SnapshotLists;

  find = <D extends Domain>(domain: D, key: string): RecordOf<D> | undefined =>
    this.maps[domain].get(key) as RecordOf<D> | undefined;
}

/** What a browser does: applies frames that follow on what it holds, notices gaps. */
class Client {
  readonly maps = emptyMaps();
  epoch = '';
  seq = -1;
  gaps = 0;

  frame(frame: Frame): void {
    if (frame.epoch !== this.epoch || frame.prev !== this.seq) {
      this.gaps += 1;
      return;
    }
    for (const op of frame.ops) applyOp(this.maps, op);
    this.seq = frame.seq;
  }

  take({ snapshot, frames }: Sync): void {
    if (snapshot !== null) {
      const parsed = JSON.parse(snapshot) as Snapshot;
      loadSnapshot(this.maps, parsed);
      this.epoch = parsed.epoch;
      this.seq = parsed.seq;
    }
    for (const { text } of frames) this.frame(JSON.parse(text));
  }
}

function sorted(maps: StateMaps): unknown {
  return domains.map((domain) => [...maps[domain].entries()].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function mapsOf(lists: SnapshotLists): StateMaps {
  const maps = emptyMaps();
  loadSnapshot(maps, lists);
  return maps;
}

function harness(options: Partial<HubOptions> = {}) {
  const clock = new FakeClock();
  const model = new TinyModel();
  const encoded: unknown[] = [];
  const hub = new Hub({
    epoch: 'e',
    now: () => clock.now,
    schedule: clock.schedule,
    lists: model.lists,
    find: model.find,
    encode: (value) => {
      encoded.push(value);
      return JSON.stringify(value);
    },
    ...options,
  });
  return { clock, model, hub, encoded };
}

function collect(hub: Hub, audience: Audience = everyone): Frame[] {
  const frames: Frame[] = [];
  hub.attach(audience, ({ frame }) => frames.push(frame));
  return frames;
}

/** Hides records marked secret, and field b of all others. */
const masked: Audience = {
  key: 'masked',
  open: () => ({
    view: (_domain, record) => {
      const row = record as unknown as Record<string, unknown>;
      return row.secret === true ? null : ({ ...row, b: null } as unknown as typeof record);
    },
  }),
};

type Step =
  | { kind: 'set'; domain: Domain; key: string; values: Record<string, unknown> }
  | { kind: 'remove'; domain: Domain; key: string }
  | { kind: 'wait'; ms: number }
  | { kind: 'drop'; client: number }
  | { kind: 'back'; client: number; empty: boolean };

const someDomain = fc.constantFrom<Domain>('channels', 'extensions');
const someKey = fc.constantFrom('1', '2', '3');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('set' as const),
      domain: someDomain,
      key: someKey,
      values: fc.record(
        { a: fc.integer({ min: 0, max: 3 }), b: fc.integer({ min: 0, max: 3 }), secret: fc.boolean() },
        { requiredKeys: [] },
      ),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('remove' as const), domain: someDomain, key: someKey }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(10, 50, 120, 1_500) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('drop' as const), client: fc.integer({ min: 0, max: 2 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('back' as const),
      client: fc.integer({ min: 0, max: 2 }),
      empty: fc.boolean(),
    }),
  },
);

describe('Hub', () => {
  for (const audience of [everyone, masked]) {
    it(`brings every client of "${audience.key}" to the model's state, wherever its snapshot was cut`, () => {
      fc.assert(
        fc.property(
          fc.array(step, { maxLength: 60 }),
          fc.constantFrom(1, 2, 1_000),
          fc.constantFrom(2, 600),
          (steps, recordsPerFrame, tailFrames) => {
            const { clock, model, hub } = harness({ recordsPerFrame, tailFrames });
            const here = new Map<Client, () => void>();
            const regulars = [new Client(), new Client(), new Client()];
            const everybody = [...regulars];
            const join = (client: Client, empty: boolean) => {
              if (here.has(client)) return;
              client.take(hub.sync(audience, empty ? undefined : { epoch: client.epoch, seq: client.seq }));
              const sink: FrameSink = ({ text }) => client.frame(JSON.parse(text));
              here.set(client, hub.attach(audience, sink));
            };
            for (const client of regulars) join(client, true);
            for (const one of steps) {
              if (one.kind === 'set') hub.publish([model.set(one.domain, one.key, one.values)]);
              else if (one.kind === 'remove') hub.publish([model.remove(one.domain, one.key)]);
              else if (one.kind === 'wait') clock.advance(one.ms);
              else if (one.kind === 'drop') {
                here.get(regulars[one.client]!)?.();
                here.delete(regulars[one.client]!);
              } else join(regulars[one.client]!, one.empty);
              // A newcomer at every point of the schedule.
              const newcomer = new Client();
              join(newcomer, true);
              // And one whose snapshot is cut at this very point, not shared with others.
              const other = new Client();
              other.take({ snapshot: JSON.stringify(hub.snapshot(audience)), frames: [] });
              hub.attach(audience, ({ text }) => other.frame(JSON.parse(text)));
              everybody.push(other);
              everybody.push(newcomer);
            }
            for (const client of regulars) join(client, false);
            clock.advance(50 * 400);
            const truth = sorted(mapsOf(viewLists(audience.open?.() ?? null, model.lists())));
            for (const client of everybody) {
              expect(client.gaps).toBe(0);
              expect(sorted(client.maps)).toEqual(truth);
            }
          },
        ),
        { numRuns: 300 },
      );
    });
  }

  it('sends the first change at once and at most 20 frames a second after it', () => {
    const { clock, model, hub } = harness();
    const frames = collect(hub);
    hub.publish([model.set('channels', '1', { a: 1 })]);
    expect(frames).toHaveLength(1);
    for (let i = 0; i < 1_000; i += 1) {
      clock.advance(1);
      hub.publish([model.set('channels', '1', { a: i })]);
    }
    expect(frames.length).toBeLessThanOrEqual(21);
    expect(frames.length).toBeGreaterThanOrEqual(20);
    for (let i = 1; i < frames.length; i += 1) {
      expect(frames[i]!.at - frames[i - 1]!.at).toBeGreaterThanOrEqual(50);
      expect(frames[i]!.prev).toBe(frames[i - 1]!.seq);
    }
  });

  it('keeps the pace when the wall clock is set back', () => {
    let wall = 2_000_000;
    const { clock, model, hub } = harness({ now: () => wall });
    const frames = collect(hub);
    hub.publish([model.set('channels', '1', { a: 1 })]);
    wall -= 3_600_000;
    hub.publish([model.set('channels', '1', { a: 2 })]);
    clock.advance(49);
    expect(frames).toHaveLength(1);
    clock.advance(1);
    expect(frames).toHaveLength(2);
  });

  it('merges the ops of a record within a frame; a record that was replaced is removed first', () => {
    const { clock, model, hub } = harness();
    const frames = collect(hub);
    hub.publish([model.set('channels', '1', { a: 1 })]);
    hub.publish([model.set('channels', '1', { a: 2, b: 5 })]);
    hub.publish([model.set('channels', '1', { a: 3 })]);
    clock.advance(50);
    expect(frames[1]!.ops).toEqual([['channels', '1', { a: 3, b: 5 }]]);
    hub.publish([model.remove('channels', '1')]);
    hub.publish([model.set('channels', '1', { a: 9 })]);
    clock.advance(50);
    expect(frames.at(-1)!.ops).toEqual([
      ['channels', '1', null],
      ['channels', '1', { uniqueid: '1', a: 9, b: 0, secret: false }],
    ]);
  });

  it('encodes a frame once per audience, however many sinks hear it', () => {
    const { model, hub, encoded } = harness();
    for (let i = 0; i < 50; i += 1) hub.attach(everyone, () => undefined);
    for (let i = 0; i < 50; i += 1) hub.attach(masked, () => undefined);
    hub.publish([model.set('extensions', '1', { b: 7 })]);
    expect(encoded).toHaveLength(2);
  });

  it('gives two audiences two encodings, and no trace of what is hidden', () => {
    const { clock, model, hub } = harness();
    const all = collect(hub);
    const some = collect(hub, masked);
    hub.publish([model.set('extensions', '1', { b: 7 }), model.set('extensions', 'hush', { secret: true })]);
    hub.publish([model.set('extensions', 'hush', { a: 2 })]);
    hub.publish([model.remove('extensions', 'hush')]);
    clock.advance(50);
    expect(JSON.stringify(all)).toContain('hush');
    expect(JSON.stringify(some)).not.toContain('hush');
    expect(JSON.stringify(hub.snapshot(masked))).not.toContain('"b":7');
    expect(some[0]!.ops).toEqual([['extensions', '1', { number: '1', a: 0, b: null, secret: false }]]);
    expect(some[0]!.epoch).not.toBe(all[0]!.epoch);
  });

  it('removes a record from an audience when it becomes hidden, and shows it whole when it comes back', () => {
    const { clock, model, hub } = harness();
    const some = collect(hub, masked);
    for (const secret of [false, true, false]) {
      hub.publish([model.set('extensions', '1', { secret })]);
      clock.advance(50);
    }
    expect(some.map(({ ops }) => ops[0]![2] === null)).toEqual([false, true, false]);
    expect(some[2]!.ops[0]![2]).toEqual({ number: '1', a: 0, b: null, secret: false });
  });

  it('keeps a bounded tail: frames while they last, null after', () => {
    const { clock, model, hub } = harness({ tailFrames: 3 });
    collect(hub);
    const { epoch } = hub.snapshot(everyone);
    for (let i = 0; i < 5; i += 1) {
      hub.publish([model.set('channels', '1', { a: i })]);
      clock.advance(50);
    }
    expect(hub.since(everyone, epoch, 2)?.map(({ frame }) => frame.seq)).toEqual([3, 4, 5]);
    expect(hub.since(everyone, epoch, 5)).toEqual([]);
    expect(hub.since(everyone, epoch, 1)).toBeNull();
    expect(hub.since(everyone, epoch, 6)).toBeNull();
    expect(hub.since(everyone, 'other', 4)).toBeNull();
    expect(hub.since(masked, epoch, 4)).toBeNull();
  });

  it('bounds the tail by its size as well', () => {
    const { clock, model, hub } = harness({ tailChars: 1_000 });
    collect(hub);
    const { epoch } = hub.snapshot(everyone);
    for (let i = 0; i < 3; i += 1) {
      hub.publish([model.set('channels', '1', { a: 'x'.repeat(400) + i })]);
      clock.advance(50);
    }
    expect(hub.since(everyone, epoch, 0)).toBeNull();
    expect(hub.since(everyone, epoch, 2)).toHaveLength(1);
    hub.publish([model.set('channels', '1', { a: 'x'.repeat(2_000) })]);
    expect(hub.since(everyone, epoch, 3)).toBeNull();
    expect(hub.since(everyone, epoch, 4)).toEqual([]);
  });

  it('spreads a burst over several frames', () => {
    const { clock, model, hub } = harness({ recordsPerFrame: 100 });
    const frames = collect(hub);
    hub.publish(Array.from({ length: 250 }, (_, i) => model.set('channels', String(i), {})));
    clock.advance(100);
    expect(frames.map(({ ops }) => ops.length)).toEqual([100, 100, 50]);
  });

  it('lets newcomers share one encoded snapshot, brought up to date by the frames since', () => {
    const { clock, model, hub, encoded } = harness();
    collect(hub);
    hub.publish([model.set('channels', '1', { a: 1 })]);
    const before = encoded.length;
    const clients = Array.from({ length: 100 }, (_, i) => {
      hub.publish([model.set('channels', '1', { a: i })]);
      clock.advance(5);
      const client = new Client();
      client.take(hub.sync(everyone));
      hub.attach(everyone, ({ frame }) => client.frame(frame));
      return client;
    });
    const snapshots = encoded.slice(before).filter((value) => 'channels' in (value as object));
    expect(snapshots).toHaveLength(1);
    clock.advance(50);
    for (const client of clients) expect(sorted(client.maps)).toEqual(sorted(model.maps));
  });

  it('forgets the stream that nobody reads, never reusing its epoch', () => {
    const { clock, model, hub, encoded } = harness();
    const detach = hub.attach(masked, () => undefined);
    const { epoch } = hub.snapshot(masked);
    detach();
    clock.advance(60_000);
    encoded.length = 0;
    hub.publish([model.set('channels', '1', {})]);
    expect(encoded).toHaveLength(0);
    expect(hub.snapshot(masked).epoch).not.toBe(epoch);
  });

  it('leaves no timer behind when it is closed', () => {
    const { clock, model, hub } = harness();
    const frames = collect(hub);
    hub.publish([model.set('channels', '1', {})]);
    hub.sync(everyone);
    hub.close();
    expect(clock.pending).toBe(0);
    hub.publish([model.set('channels', '2', {})]);
    expect(frames).toHaveLength(1);
  });
});

describe('the snapshot as text', () => {
  it('is made once while nothing changes, and never lags behind a change, a pending one neither', () => {
    const { clock, model, hub, encoded } = harness();
    const shown = () => JSON.parse(hub.snapshotText(everyone)) as Snapshot;
    hub.attach(everyone, () => undefined);
    hub.publish([model.set('extensions', '1', { a: 1 })]);
    clock.advance(1_000);
    const before = encoded.length;
    expect(hub.snapshotText(everyone)).toBe(hub.snapshotText(everyone));
    expect(encoded.length).toBe(before + 1);
    for (const a of [2, 3]) {
      hub.publish([model.set('extensions', '1', { a })]);
      expect(shown()).toMatchObject({ extensions: [{ a }] });
      expect(shown().seq).toBe(hub.snapshot(everyone).seq);
    }
    clock.advance(1_000);
    expect(shown()).toMatchObject({ extensions: [{ a: 3 }] });
  });
});
