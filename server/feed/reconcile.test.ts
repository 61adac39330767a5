import { describe, expect, it } from 'vitest';
import { MIN_GAP_MS, PERIOD_MS, Reconciler, type ResyncRequest } from './reconcile';
import { ManualClock } from './testing';

function make(run: (request: ResyncRequest) => Promise<void> = async () => {}) {
  const clock = new ManualClock();
  const runs: (ResyncRequest & { at: number })[] = [];
  const began = clock.now();
  const reconciler = new Reconciler({
    clock,
    random: () => 0.5,
    run: (request) => {
      runs.push({ ...request, at: clock.now() - began });
      return run(request);
    },
  });
  return { clock, runs, reconciler };
}

const wish = (more: Partial<ResyncRequest> = {}): ResyncRequest => ({
  scope: 'all',
  repair: true,
  reason: 'test',
  ...more,
});

describe('reconciliation', () => {
  it('reads everything every five minutes', async () => {
    const { clock, runs, reconciler } = make();
    reconciler.start();
    await clock.advance(3 * PERIOD_MS);
    expect(runs.map(({ at }) => at)).toEqual([PERIOD_MS, 2 * PERIOD_MS, 3 * PERIOD_MS]);
    expect(runs[0]).toMatchObject({ scope: 'all', repair: true, reason: 'periodic' });
  });

  it('answers a request at once, but never twice within ten seconds', async () => {
    const { clock, runs, reconciler } = make();
    reconciler.start();
    reconciler.request(wish({ reason: 'a' }));
    await clock.advance(MIN_GAP_MS - 1);
    expect(runs).toEqual([]);
    await clock.advance(1);
    for (let i = 0; i < 100; i++) reconciler.request(wish({ reason: 'b' }));
    await clock.advance(MIN_GAP_MS);
    expect(runs.map(({ at, reason }) => [at, reason])).toEqual([
      [MIN_GAP_MS, 'a'],
      [2 * MIN_GAP_MS, 'b'],
    ]);
    await clock.advance(MIN_GAP_MS);
    reconciler.request(wish({ reason: 'c' }));
    await clock.advance(0);
    expect(runs.at(-1)).toMatchObject({ reason: 'c', at: 3 * MIN_GAP_MS });
  });

  it('never runs two reads at once, and runs the one wished meanwhile after it', async () => {
    let finish = (): void => {};
    const { clock, runs, reconciler } = make(() => new Promise((resolve) => (finish = resolve)));
    reconciler.start();
    await clock.advance(PERIOD_MS);
    reconciler.request(wish());
    await clock.advance(PERIOD_MS);
    expect(runs).toHaveLength(1);
    finish();
    await clock.advance(0);
    expect(runs).toHaveLength(2);
  });

  it('a wider request swallows a narrower one, and a changed configuration explains every difference', async () => {
    const { clock, runs, reconciler } = make();
    reconciler.start();
    reconciler.request(wish({ reason: 'tamper' }));
    reconciler.request(wish({ scope: 'extensions', repair: false, reason: 'unknown hint' }));
    await clock.advance(MIN_GAP_MS);
    expect(runs).toMatchObject([{ scope: 'all', repair: false, reason: 'tamper; unknown hint' }]);
  });

  it('goes on after a read that failed, and leaves no timer when stopped', async () => {
    const { clock, runs, reconciler } = make(() => Promise.reject(new Error('no')));
    reconciler.start();
    await clock.advance(2 * PERIOD_MS);
    expect(runs).toHaveLength(2);
    reconciler.stop();
    reconciler.request(wish());
    await clock.advance(PERIOD_MS);
    expect([runs.length, clock.timers]).toEqual([2, 0]);
  });

  it('spreads its reads by a tenth to either side', async () => {
    for (const [random, period] of [
      [0, 0.9],
      [0.999999, 1.1],
    ] as const) {
      const clock = new ManualClock();
      const began = clock.now();
      const at: number[] = [];
      const reconciler = new Reconciler({
        clock,
        random: () => random,
        run: async () => void at.push(clock.now() - began),
      });
      reconciler.start();
      await clock.advance(PERIOD_MS * 1.2);
      expect(at[0]).toBeCloseTo(PERIOD_MS * period, -1);
    }
  });
});
