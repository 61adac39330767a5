import { beforeEach, describe, expect, it } from 'vitest';
import type { RestoreOutcome } from './protocol/backups';
import { Restartable } from './restart';
import { silentLog } from './store/temporary';

let log: string[];
let starts: (RestoreOutcome | null)[];
/** What the next starts do: undefined: they work. */
let failures: (Error | undefined)[];

beforeEach(() => {
  log = [];
  starts = [];
  failures = [];
});

const panelOf = () =>
  new Restartable({
    start: async (restored) => {
      starts.push(restored);
      const failure = failures.shift();
      if (failure) throw failure;
      log.push('started');
      return { stop: async () => void log.push('stopped') };
    },
    die: (error) => void log.push(`died: ${error instanceof Error ? error.message : error}`),
    now: () => Date.parse('2026-03-01T12:00:00Z'),
    log: silentLog,
  });

const swapped = { undo: () => void log.push('undone'), keep: () => void log.push('kept') };
const about = { by: 'anna', name: 'x.db' };
const exchange = () => {
  log.push('exchanged');
  return swapped;
};

describe('a restart with another database', () => {
  it('exchanges it while nobody is served, and lets go of the old one when the panel runs', async () => {
    const panel = panelOf();
    await panel.begin();
    expect(await panel.restart(about, exchange)).toBe(true);
    expect(log).toEqual(['started', 'stopped', 'exchanged', 'started', 'kept']);
    expect(starts).toEqual([null, { ...about, at: '2026-03-01T12:00:00.000Z', ok: true, message: '' }]);
  });

  it('goes back when the panel does not start with it, and says why', async () => {
    const panel = panelOf();
    await panel.begin();
    failures = [new Error('the settings make no sense')];
    await panel.restart(about, exchange);
    expect(log).toEqual(['started', 'stopped', 'exchanged', 'undone', 'started']);
    expect(starts.at(-1)).toMatchObject({ ok: false, message: 'the settings make no sense' });
    await panel.stop();
    expect(log.at(-1)).toBe('stopped');
  });

  it('starts as it was when the exchange fails', async () => {
    const panel = panelOf();
    await panel.begin();
    await panel.restart(about, () => {
      throw new Error('somebody has it open');
    });
    expect(log).toEqual(['started', 'stopped', 'started']);
    expect(starts.at(-1)).toMatchObject({ ok: false, message: 'somebody has it open' });
  });

  it('keeps the new one, though what is left of the old one cannot be removed', async () => {
    const panel = panelOf();
    await panel.begin();
    const stuck = () => ({
      ...swapped,
      keep: () => {
        throw new Error('no');
      },
    });
    expect(await panel.restart(about, stuck)).toBe(true);
    expect(log).not.toContain('undone');
    expect(starts.at(-1)).toMatchObject({ ok: true });
  });

  it('is one at a time, and ends the process when nothing starts any more', async () => {
    const panel = panelOf();
    await panel.begin();
    const both = [panel.restart(about, exchange), panel.restart(about, exchange)];
    expect(await Promise.all(both)).toEqual([true, false]);
    failures = [new Error('new one'), new Error('old one too')];
    await panel.restart(about, exchange);
    expect(log.at(-1)).toBe('died: old one too');
  });
});
