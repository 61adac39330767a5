import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { NewIncident } from '../store/incidents';
import { IncidentBook } from './incident-book';

let told: NewIncident[];
let book: IncidentBook;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  told = [];
  book = new IncidentBook({ append: (one) => void told.push(one), pbxKey: () => 'pbx', now: () => Date.now() });
});
afterEach(() => vi.useRealTimers());

const nothing = { ops: [], repairs: 0 };
const link = (state: 'up' | 'down' | 'syncing', problem: string | null = null): void =>
  book.observe({ type: 'link', at: Date.now(), link: state, problem }, nothing);
const about = () => told.map((one) => one.about);

describe('the link', () => {
  it('is told when it changes, with the reason and how long it was as before', () => {
    link('down', 'Connecting to the PBX');
    link('syncing');
    vi.advanceTimersByTime(250);
    link('up');
    link('up');
    vi.advanceTimersByTime(60_000);
    link('down', 'The PBX does not answer any more');
    vi.advanceTimersByTime(5_000);
    link('down', 'Connection refused');
    expect(about()).toEqual([
      { link: 'syncing', problem: null, lastedMs: 0 },
      { link: 'up', problem: null, lastedMs: 250 },
      { link: 'down', problem: 'The PBX does not answer any more', lastedMs: 60_000 },
    ]);
    expect(book.counts.firstReadMs).toBe(250);
    vi.advanceTimersByTime(60_000);
    link('down', 'Connection refused');
    expect(about().at(-1)).toEqual({ link: 'down', problem: 'Connection refused', lastedMs: null });
  });

  it('with another start of Asterisk is a restart, of each PBX by itself', () => {
    book.asteriskStarted('2026-03-01 08:00:00');
    book.asteriskStarted('2026-03-01 08:00:00');
    expect(told).toEqual([]);
    book.asteriskStarted('2026-03-01 09:30:00');
    expect(told).toMatchObject([{ kind: 'restart', about: { startedAt: '2026-03-01 09:30:00' } }]);
  });
});

it('a repair says which records and which of their fields', () => {
  const ops = [['extensions', '101', { state: 'idle' }]] as const;
  book.observe({ type: 'list.devices', at: 1, repair: true, devices: [] }, { ops: [...ops], repairs: 1 });
  expect(told).toMatchObject([
    { kind: 'repair', about: { list: 'list.devices', repairs: 1, keys: ['extensions/101 state'] } },
  ]);
  expect(book.counts.repairs).toBe(1);
});

it('forged blocks are told at once and then by the minute, however many there are', () => {
  const excerpt = 'Event: Hangup\\r\\nPrivilege: call,all\\r\\nChannel: PJSIP/carrier-00000001\\r\\nChannelState: 6';
  for (let at = 0; at < 5_000; at += 1) book.tamper({ at: Date.now(), reason: 'missingChannelTail', excerpt });
  expect(about()).toEqual([
    { reason: 'missingChannelTail', event: 'Hangup', channel: 'PJSIP/carrier-00000001', blocks: 1 },
  ]);
  vi.advanceTimersByTime(60_000);
  expect(about().at(-1)).toMatchObject({ reason: 'missingChannelTail', blocks: 4_999 });
  expect(told).toHaveLength(2);
  expect(book.counts.tampered).toBe(5_000);
});
