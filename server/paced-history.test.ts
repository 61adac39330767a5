import { describe, expect, it } from 'vitest';
import { pacedHistory } from './paced-history';
import type { FeatureChange } from './protocol/availability';

const change = (over: Partial<FeatureChange> = {}): Omit<FeatureChange, 'id'> => ({
  at: '2026-11-21T12:00:00.000Z',
  number: '101',
  feature: 'dnd',
  from: 'off',
  to: 'on',
  source: 'fop2',
  by: null,
  note: null,
  until: null,
  ...over,
});

function setup() {
  const lines: Omit<FeatureChange, 'id'>[] = [];
  const warnings: object[] = [];
  const clock = { now: 0 };
  const write = pacedHistory({
    append: (_, line) => lines.push(line),
    now: () => clock.now,
    log: { warn: (fields) => warnings.push(fields) },
  });
  return { lines, warnings, clock, write };
}

describe('the history', () => {
  it('is not filled by a script in a loop, and the log says so once', () => {
    const { lines, warnings, write } = setup();
    for (let turn = 0; turn < 10_000; turn += 1) write('pbx', change());
    expect(lines).toHaveLength(200);
    expect(warnings).toEqual([{ extension: '101', source: 'fop2' }]);
  });

  it('keeps what others do, what people do in the panel, and what comes later', () => {
    const { lines, clock, write } = setup();
    for (let turn = 0; turn < 300; turn += 1) write('pbx', change());
    write('pbx', change({ number: '102' }));
    write('other', change());
    write('pbx', change({ source: 'panel', by: 'anna' }));
    expect(lines).toHaveLength(203);
    clock.now += 60_000;
    for (let turn = 0; turn < 300; turn += 1) write('pbx', change());
    expect(lines).toHaveLength(209);
  });
});
