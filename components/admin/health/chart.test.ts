import { expect, it } from 'vitest';
import { lengthWords, sizeWords } from '../size-words';
import { barsPath, nicePeak } from './chart';
import { incidentWords } from './health-words';

it('draws a bar for each minute that is known, none higher than the frame', () => {
  const frame = { width: 40, height: 10, top: 2 };
  expect(barsPath([null, 0, 2, 99], frame)).toBe('M10.0,10v-1.0h9.0v1.0zM20.0,10v-6.0h9.0v6.0zM30.0,10v-6.0h9.0v6.0z');
  expect(barsPath([], frame)).toBe('');
});

it('ends the scale at a round number', () => {
  expect([0, 0.3, 1, 1.1, 2.5, 7, 12, 49.9, 501].map(nicePeak)).toEqual([1, 1, 1, 2, 5, 10, 20, 50, 1_000]);
});

it('says sizes and lengths with their two largest units', () => {
  expect([0, 999, 1_000, 1_536, 1_048_576, 5_368_709_120].map(sizeWords)).toEqual([
    '0 bytes',
    '999 bytes',
    '0.98 KB',
    '1.5 KB',
    '1 MB',
    '5 GB',
  ]);
  expect([12, 8_000, 90_000, 600_000, 5_400_000, 93_600_000].map(lengthWords)).toEqual([
    '12 ms',
    '8 s',
    '1 min 30 s',
    '10 min',
    '1 h 30 min',
    '1 d 2 h',
  ]);
});

it('tells what happened in a sentence, whatever is missing of it', () => {
  const row = (kind: Parameters<typeof incidentWords>[0]['kind'], about: Record<string, unknown>) => ({
    ...{ id: 1, at: '2026-03-01T12:00:00.000Z', pbx: 'pbx', kind, about },
  });
  const down = row('link', { link: 'down', problem: 'The PBX does not answer any more' });
  expect(incidentWords(down, Date.parse('2026-03-01T12:00:12.000Z')).text).toBe(
    'Link lost for 12 s: The PBX does not answer any more.',
  );
  expect(
    incidentWords(row('tamper', { reason: 'repeatedHeader', channel: 'PJSIP/a-1', event: 'Hangup', blocks: 1 }), null)
      .text,
  ).toBe('A block was dropped that may be forged: a header that repeats (Hangup, PJSIP/a-1).');
  for (const kind of ['link', 'restart', 'repair', 'tamper', 'backup', 'fault'] as const) {
    expect(incidentWords(row(kind, {}), null).text, kind).not.toMatch(/undefined|null|\[object/);
  }
});
